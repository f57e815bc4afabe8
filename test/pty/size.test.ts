import { describe, expect } from 'vitest';
import { many } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test } from './world.ts';

const clear = '\u001b[3J';
const isWhole = (app: Terminal) =>
  app.waitFor(lines => lines[0]?.startsWith('cliptop') === true && lines.at(-1)?.startsWith('a add') === true);

describe.concurrent('the size of the pane', () => {
  test('shrinks to almost nothing and grows back', async ({ world }) => {
    const app = await world.open([], { tasks: many(40) });
    for (const [columns, rows, tooSmall] of [
      [10, 3, '30 × 6'],
      [100, 24, null],
      [29, 24, 'cliptop needs 30 × 6'],
      [30, 6, null],
      [100, 5, 'cliptop needs 30 × 6, this is 100 × 5'],
      [120, 40, null],
      [1, 1, 'c'],
      [80, 24, null],
    ] as const) {
      app.resize(columns, rows);
      if (tooSmall !== null) {
        await app.waitFor(lines => lines[0] === tooSmall);
        expect(app.screen().filter(line => line !== '')).toHaveLength(1);
      } else {
        await app.waitFor(lines => lines[0]?.startsWith('cliptop') === true && (lines.at(-1) ?? '').startsWith('a'));
        expect(app.screen().filter(line => line.startsWith('cliptop'))).toHaveLength(1);
        expect(app.screen().filter(line => line.startsWith('a add'))).toHaveLength(1);
      }
    }
    expect(app.output).not.toContain(clear);
    app.send('q');
    expect((await app.ended).code).toBe(0);
  });

  test('40 × 8 still shows status, title and percent', async ({ world }) => {
    const app = await world.open([], { columns: 40, rows: 8 });
    expect(app.line('雨の夜')).toMatch(/^..▸ running +雨の夜に走る電車… +42%$|^..▸ running +雨の夜に走る\S+ +42%$/);
    expect(app.screen()[0]).toMatch(/^cliptop/);
    expect(app.screen().at(-1)).toMatch(/^a add/);
  });

  test('200 × 60 spends its width on a long title, whole ids and lengths', async ({ world }) => {
    const app = await world.open(['--no-preview'], { columns: 200, rows: 60 });
    await isWhole(app);
    expect(app.cellOf('ACTION') - app.cellOf('TITLE')).toBe(62);
    expect(app.cellOf('ID')).toBeGreaterThan(app.cellOf('SOURCE'));
    expect(app.cellOf('LENGTH')).toBeGreaterThan(app.cellOf('ID') + 20);
  });

  test('120 × 40 shows the selected song beside the table, until P', async ({ world }) => {
    const app = await world.open([], { columns: 120, rows: 40 });
    await isWhole(app);
    expect(app.screen()[3]).toMatch(/STATUS +TITLE +PROGRESS +TIME ╎ Weekend Morning$/);
    expect(app.line('[Verse]')).toMatch(/╎ \[Verse\]$/);
    await app.press('j', /TIME ╎ (?!Weekend)/);
    app.send('P');
    await app.waitFor(lines => !lines.join('').includes('╎'));
    await isWhole(app);
  });

  test('100 × 30 shows it below the table', async ({ world }) => {
    const app = await world.open(['--images', 'off'], { columns: 100, rows: 30 });
    await isWhole(app);
    const lines = app.screen();
    const rule = lines.indexOf('╌'.repeat(100));
    expect(lines.slice(rule + 1, rule + 3)).toEqual(['Weekend Morning', '✓ succeeded · music · ccapi']);
  });

  test('a terminal that does not know its size gets that of a VT100', async ({ world }) => {
    const app = await world.open([], { columns: 0, rows: 0 });
    await isWhole(app);
    expect(app.screen()).toHaveLength(24);
    expect(app.output).not.toContain(clear);
  });

  test('a prompt stays in its place through a resize', async ({ world }) => {
    const app = await world.open([]);
    await app.press('aabc', 'add ids: abc');
    app.resize(60, 12);
    await app.waitFor(lines => lines.at(-1) === 'add ids: abc' && lines[0]?.startsWith('cliptop') === true);
    expect(app.cursor).toMatchObject({ x: 12, y: 11 });
    app.resize(100, 30);
    await app.waitFor(lines => lines.at(-1) === 'add ids: abc' && lines[0]?.startsWith('cliptop') === true);
    expect(app.screen().filter(line => line.includes('add ids'))).toHaveLength(1);
    await app.until(() => app.cursor.x === 12 && app.cursor.y === 29);
  });

  test('leaves no old frame behind below the prompt, as the height shrinks and grows', async ({ world }) => {
    const app = await world.open(['--no-alt-screen'], { tasks: many(12) });
    for (const rows of [10, 24, 8, 16, 12, 40]) {
      const before = app.output.length;
      app.resize(100, rows);
      const shown = Math.min(12, rows - (rows < 12 ? 4 : 5));
      // One frame and nothing else: each of its lines once, the footer last.
      await app.waitFor(lines => {
        const count = (pattern: RegExp) => lines.filter(line => pattern.test(line)).length;
        const isOne = count(/^cliptop/) === 1 && count(/^all 12 ended/) === 1 && count(/^a add/) === 1;
        // The rows that the terminal itself brings back can look like a frame before there is one.
        const isDrawn = app.since(before).includes('help');
        return (
          isDrawn &&
          isOne &&
          count(/^..✓/) === shown &&
          lines.findLast(line => line !== '')?.startsWith('a add') === true
        );
      });
    }
  });

  test('keeps the lines of the shell above it, as the height shrinks and grows', async ({ world }) => {
    const tasks = many(12);
    await world.simulate(tasks);
    const shell = await world.shell();
    shell.send('echo first $((1+1)); echo second $((1+1))\r');
    await shell.waitFor('second 2');
    shell.send(`cliptop --no-alt-screen ${tasks.map(({ id }) => id).join(' ')}\r`);
    await shell.waitFor('Song 11');
    for (const rows of [8, 24, 12, 40]) {
      const before = shell.output.length;
      shell.resize(100, rows);
      await shell.waitFor(lines => {
        const count = (pattern: RegExp) => lines.filter(line => pattern.test(line)).length;
        return (
          shell.since(before).includes('help') &&
          count(/^cliptop {2}12 ended: 12 songs/) === 1 &&
          count(/^..✓/) === Math.min(12, rows - (rows < 12 ? 4 : 5))
        );
      });
    }
    expect(shell.screen()).toEqual(expect.arrayContaining(['first 2', 'second 2']));
  });
});
