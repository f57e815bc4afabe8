import { describe, expect } from 'vitest';
import { ids, many, standing } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test } from './world.ts';

const f1 = ['\u001bOP', '\u001b[11~', '\u001b[[A'];
const f5 = ['\u001b[15~', '\u001b[[E'];
const up = '\u001b[A';
const down = '\u001b[B';
const escape = '\u001b';

/** Waits until the row of a title is the selected one. */
const selected = (app: Terminal, title: string) =>
  app.waitFor(lines => lines.some(line => line.startsWith('>') && line.includes(title)));

const rows = (app: Terminal): readonly string[] =>
  app
    .screen()
    .filter(line => /^[> ][* ]\S (?:running|succeeded|failed)/.test(line))
    .map(line => /(Weekend|雨の夜|lyric|First light|Slow)/.exec(line)?.[1] ?? line);

describe.concurrent('keys', () => {
  test('move the selection, one by one, by page and to the ends', async ({ world }) => {
    const app = await world.open([], { tasks: many(60), rows: 20 });
    app.send('g');
    const first = app.line('Song').slice(2, 40);
    await app.press('jjj', lines => lines[7]?.startsWith('>') === true);
    await app.press(`kk${down}${down}${up}`, lines => lines[6]?.startsWith('>') === true);
    await app.press('G', lines => lines[18]?.startsWith('>') === true && !lines[4]?.includes(first));
    await app.press(`g\u001b[6~`, lines => lines[18]?.startsWith('>') === true);
    await app.press(`\u001b[H`, lines => lines[4]?.startsWith('>') === true);
    await app.press(`\u001b[F`, lines => lines[18]?.startsWith('>') === true);
  });

  test('typed before the first frame is done, they count and leave no trace on it', async ({ world }) => {
    await world.simulate(standing);
    const app = world.run(standing.map(({ id }) => id));
    await app.until(() => app.output.includes('\u001b[?1049h'));
    // The task that was last stays selected, wherever the first answers bring it.
    const isBelowTheFirst = (lines: readonly string[]) => lines.slice(5, 9).some(line => line.startsWith('>'));
    await app.press('Gw', lines => (lines[3] ?? '').includes('SOURCE') && isBelowTheFirst(lines));
    expect(app.screen().join('\n')).not.toMatch(/Gw/);
    expect(app.screen().at(-1)).toMatch(/help$/);
  });

  test('one that is held, and several in one piece, count each', async ({ world }) => {
    const app = await world.open(['--no-preview'], { tasks: many(100), rows: 30 });
    await app.press('g', lines => lines[4]?.startsWith('>') === true);
    const titles = (await app.waitFor('Song')).slice(4, 27).map(line => /Song \d+/.exec(line)?.[0] ?? '');
    app.send('jjj');
    await selected(app, titles[3] ?? '');
    app.send('j'.repeat(12));
    await selected(app, titles[15] ?? '');
    app.send('k'.repeat(40));
    await selected(app, titles[0] ?? '');
  });

  test('mark rows, and keep the selection on the task through a new order', async ({ world }) => {
    const app = await world.open();
    await app.press('g  ', '2 marked');
    expect(app.screen().filter(line => /^.?◉/.test(line))).toHaveLength(2);
    await app.press('U', lines => !lines.join('').includes('marked'));
    await app.press('*', '5 marked');
    await app.press(escape, lines => !lines.join('').includes('marked'));
    app.send('gjv');
    app.send('jj');
    await app.press('v', '3 marked');
  });

  test('filter while typing, with ! for the rest, and Esc drops it', async ({ world }) => {
    const app = await world.open();
    await app.press('/', lines => lines.at(-1) === '/');
    expect(app.modes.cursorVisible).toBe(true);
    await app.press('light', '1 of 5');
    expect(rows(app)).toEqual(['First light']);
    await app.press('\r', 'a add');
    expect(rows(app)).toEqual(['First light']);
    await app.press('/\u0015!light\r', '4 of 5');
    await app.press(escape, lines => !lines.join('').includes('4 of 5'));
    expect(app.modes.cursorVisible).toBe(false);
  });

  test('choose a group of tasks by digit and by Tab', async ({ world }) => {
    const app = await world.open();
    await app.press('2', '[Active 2]');
    expect(rows(app)).toEqual(['雨の夜', 'Slow']);
    await app.press('\t', '[Done 2]');
    await app.press('\t', '[Failed 1]');
    await app.press('\u001b[Z', '[Done 2]');
    await app.press('1', '[All 5]');
  });

  test('show the details of a task, then what the API said, and go back', async ({ world }) => {
    const app = await world.open();
    await app.press('\r', ids.weekend);
    await app.waitFor(/http:\/\/127\.0\.0\.1:\d+\/media\/\S+\.wav/);
    await app.press('J', lines => !lines.join('').includes(ids.weekend));
    await app.press('K', ids.weekend);
    await app.press('\r', /"id": ?"task_WEEKEND/);
    await app.press(escape, /^took /m);
    await app.press(escape, 'PROGRESS');
    await app.press('l', ids.weekend);
    await app.press('q', 'PROGRESS');
  });

  test('show the log and the help, which filters itself', async ({ world }) => {
    const app = await world.open();
    await app.press('e', lines => !lines.join('\n').includes('PROGRESS'));
    expect(app.screen().join('\n')).toMatch(/\d\d:\d\d:\d\d/);
    await app.press('e?', 'next task');
    await app.press('/clip', lines => !lines.join('').includes('next task'));
    expect(app.screen().join('\n')).toContain('show or fold the clips of a task');
    await app.press(escape, 'next task');
    await app.press(escape, 'PROGRESS');
  });

  test('F1 opens the help, F5 asks about everything, in every dialect of terminals', async ({ world }) => {
    const app = await world.open(['-n', '1m']);
    for (const key of f1) {
      await app.press(key, 'next task');
      await app.press('?', 'PROGRESS');
    }
    for (const key of f5) {
      const before = world.simulator?.requests.length ?? 0;
      await app.press(key, 'asking about 2 open tasks');
      await app.until(() => (world.simulator?.requests.length ?? 0) === before + 2);
      await app.press('g', 'a add');
    }
    await app.press('a\u001bOPx', lines => lines.at(-1) === 'add ids: x');
  });

  test('sort, turn round, widen and unfold', async ({ world }) => {
    const app = await world.open();
    await app.press('ss', 'by title');
    await app.waitFor(/TITLE ▴/);
    const ascending = rows(app);
    await app.press('S', /TITLE ▾/);
    // Tasks without a title come last.
    expect(rows(app)).toEqual([...ascending.slice(0, -1).reverse(), 'lyric']);
    await app.press('<<', 'the usual order');
    await app.press('w', 'SOURCE');
    await app.press('w', lines => !lines.join('').includes('SOURCE'));
    await app.press('/light\r', '1 of 5');
    await app.press('gt', '└ First light (reprise)');
    await app.press('t', lines => !lines.join('').includes('└'));
  });
});
