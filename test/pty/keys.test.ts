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
    app.send('jjj');
    await app.waitFor(lines => lines[6]?.startsWith('>') === true);
    app.send(`kk${down}${down}${up}`);
    await app.waitFor(lines => lines[5]?.startsWith('>') === true);
    app.send('G');
    await app.waitFor(lines => lines[17]?.startsWith('>') === true && !lines[3]?.includes(first));
    app.send(`g\u001b[6~`);
    await app.waitFor(lines => lines[17]?.startsWith('>') === true);
    app.send(`\u001b[H`);
    await app.waitFor(lines => lines[3]?.startsWith('>') === true);
    app.send(`\u001b[F`);
    await app.waitFor(lines => lines[17]?.startsWith('>') === true);
  });

  test('typed before the first frame is done, they count and leave no trace on it', async ({ world }) => {
    await world.simulate(standing);
    const app = world.run(standing.map(({ id }) => id));
    await app.until(() => app.output.includes('\u001b[?1049h'));
    app.send('Gw');
    await app.waitFor(lines => (lines[2] ?? '').includes('SOURCE') && lines[7]?.startsWith('>') === true);
    expect(app.screen().join('\n')).not.toMatch(/Gw/);
    expect(app.screen().at(-1)).toMatch(/help$/);
  });

  test('one that is held, and several in one piece, count each', async ({ world }) => {
    const app = await world.open([], { tasks: many(100), rows: 30 });
    app.send('g');
    await app.waitFor(lines => lines[3]?.startsWith('>') === true);
    const titles = (await app.waitFor('Song')).slice(3, 26).map(line => /Song \d+/.exec(line)?.[0] ?? '');
    app.send('jjj');
    await selected(app, titles[3] ?? '');
    app.send('j'.repeat(12));
    await selected(app, titles[15] ?? '');
    app.send('k'.repeat(40));
    await selected(app, titles[0] ?? '');
  });

  test('mark rows, and keep the selection on the task through a new order', async ({ world }) => {
    const app = await world.open();
    app.send('g  ');
    await app.waitFor('2 marked');
    expect(app.screen().filter(line => /^.\*/.test(line) || line.startsWith('*'))).toHaveLength(2);
    app.send('U');
    await app.waitFor(lines => !lines.join('').includes('marked'));
    app.send('*');
    await app.waitFor('5 marked');
    app.send(escape);
    await app.waitFor(lines => !lines.join('').includes('marked'));
    app.send('gjv');
    app.send('jj');
    app.send('v');
    await app.waitFor('3 marked');
  });

  test('filter while typing, with ! for the rest, and Esc drops it', async ({ world }) => {
    const app = await world.open();
    app.send('/');
    await app.waitFor(lines => lines.at(-1) === '/');
    expect(app.modes.cursorVisible).toBe(true);
    app.send('light');
    await app.waitFor('1 of 5');
    expect(rows(app)).toEqual(['First light']);
    app.send('\r');
    await app.waitFor('a add');
    expect(rows(app)).toEqual(['First light']);
    app.send('/\u0015!light\r');
    await app.waitFor('4 of 5');
    app.send(escape);
    await app.waitFor(lines => !lines.join('').includes('of 5'));
    expect(app.modes.cursorVisible).toBe(false);
  });

  test('choose a group of tasks by digit and by Tab', async ({ world }) => {
    const app = await world.open();
    app.send('2');
    await app.waitFor('2 of 5');
    expect(rows(app)).toEqual(['雨の夜', 'Slow']);
    app.send('\t');
    await app.waitFor('done  2 of 5');
    app.send('\t');
    await app.waitFor('failed  1 of 5');
    app.send('\u001b[Z');
    await app.waitFor('done  2 of 5');
    app.send('1');
    await app.waitFor(lines => !lines.join('').includes('of 5'));
  });

  test('show the details of a task, then what the API said, and go back', async ({ world }) => {
    const app = await world.open();
    app.send('\r');
    await app.waitFor(ids.weekend);
    await app.waitFor(/http:\/\/127\.0\.0\.1:\d+\/media\/\S+\.wav/);
    app.send('\r');
    await app.waitFor(/"id": ?"task_WEEKEND/);
    app.send(escape);
    await app.waitFor(/^took /m);
    app.send(escape);
    await app.waitFor('PROGRESS');
    app.send('l');
    await app.waitFor(ids.weekend);
    app.send('q');
    await app.waitFor('PROGRESS');
  });

  test('show the log and the help, which filters itself', async ({ world }) => {
    const app = await world.open();
    app.send('e');
    await app.waitFor(lines => !lines.join('\n').includes('PROGRESS'));
    expect(app.screen().join('\n')).toMatch(/\d\d:\d\d:\d\d/);
    app.send('e?');
    await app.waitFor('next task');
    app.send('/clip');
    await app.waitFor(lines => !lines.join('').includes('next task'));
    expect(app.screen().join('\n')).toContain('show or fold the clips of a task');
    app.send(escape);
    await app.waitFor('next task');
    app.send(escape);
    await app.waitFor('PROGRESS');
  });

  test('F1 opens the help, F5 asks about everything, in every dialect of terminals', async ({ world }) => {
    const app = await world.open(['-n', '1m']);
    for (const key of f1) {
      app.send(key);
      await app.waitFor('next task');
      app.send('?');
      await app.waitFor('PROGRESS');
    }
    for (const key of f5) {
      const before = world.simulator?.requests.length ?? 0;
      app.send(key);
      await app.waitFor('asking about 2 open tasks');
      await app.until(() => (world.simulator?.requests.length ?? 0) === before + 2);
      app.send('g');
      await app.waitFor('a add');
    }
    app.send('a\u001bOPx');
    await app.waitFor(lines => lines.at(-1) === 'add ids: x');
  });

  test('sort, turn round, widen and unfold', async ({ world }) => {
    const app = await world.open();
    app.send('ss');
    await app.waitFor('by title');
    await app.waitFor(/TITLE ▴/);
    const ascending = rows(app);
    app.send('S');
    await app.waitFor(/TITLE ▾/);
    // Tasks without a title come last.
    expect(rows(app)).toEqual([...ascending.slice(0, -1).reverse(), 'lyric']);
    app.send('<<');
    await app.waitFor('the usual order');
    app.send('w');
    await app.waitFor('SOURCE');
    app.send('w');
    await app.waitFor(lines => !lines.join('').includes('SOURCE'));
    app.send('/light\r');
    await app.waitFor('1 of 5');
    app.send('gt');
    await app.waitFor('└ First light (reprise)');
    app.send('t');
    await app.waitFor(lines => !lines.join('').includes('└'));
  });
});
