import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { ids, over } from './tasks.ts';
import { test } from './world.ts';

const start = '\u001b[200~';
const end = '\u001b[201~';

describe.concurrent('adding ids', () => {
  test('by the prompt: typed, edited, told what became of it', async ({ world }) => {
    const app = await world.open([], { tasks: over });
    await app.press('a', lines => lines.at(-1) === 'add ids:');
    expect(app.cursor).toMatchObject({ x: 9, y: 23, visible: true });
    await app.press('noise q Q', 'add ids: noise q Q');
    await app.press('more\u0001\u000bq', lines => lines.at(-1) === 'add ids: q');
    await app.press('\u0015', lines => lines.at(-1) === 'add ids:');
    await app.press(`${ids.unknown}x\u007f`, `add ids: ${ids.unknown}`);
    await app.press('\r', 'added 1');
    await app.waitFor('1 pending');
    await app.press('a', 'add ids:');
    await app.press(ids.unknown, `add ids: ${ids.unknown}`);
    await app.waitFor('1 already on the list · Enter add');
    await app.press('\r', /1 already on the list\na add/);
    await app.press('a', 'add ids:');
    await app.press('no id here\r', 'no task id in "no id here"');
    expect(app.screen().at(-1)).toBe('add ids: no id here');
    await app.press('\u001b', 'a add   y copy');
  });

  test('a paste anywhere fills the prompt in and runs nothing', async ({ world }) => {
    const app = await world.open([], { tasks: over });
    app.paste(`qQ\u0003 ${ids.unknown}\r\nq`);
    await app.waitFor(/add ids: .*task_UNKNOWN/);
    expect(app.line('cliptop  ')).toContain('3 ended: 2 songs, 1 failed');
    await app.press('\r', 'added 1');
  });

  test('a paste that arrives in pieces is one, also with function keys in it', async ({ world }) => {
    const app = await world.open([], { tasks: over });
    // Longer than Ink waits for the rest of a sequence (20 ms).
    for (const piece of [
      start.slice(0, 3),
      `${start.slice(3)}task_UNKNOWNbbb`,
      'CCCCddddEEEE',
      `ffffGGGG9\u001bOP${end.slice(0, 4)}`,
      end.slice(4),
    ]) {
      app.send(piece);
      await sleep(60);
    }
    await app.waitFor('add ids: task_UNKNOWNbbbCCCCddddEEEEffffGGGG9');
    expect(app.screen().join('')).not.toContain('next task');
    await app.press('\r', 'added 1');
  });

  test('a paste is one also where its first byte comes long before the others', async ({ world }) => {
    const app = await world.open([], { tasks: over });
    app.send('\u001b');
    await sleep(60);
    await app.press(`${start.slice(1)}${ids.unknown}${end}`, lines => lines.at(-1) === `add ids: ${ids.unknown}`);
  });

  for (const [what, text] of [
    ['one id', ids.unknown],
    ['lines', `q\r${ids.unknown}\rq`],
    ['a reply', `{"id":"${ids.unknown}","q":1}`],
  ] as const) {
    test(`a paste that the terminal does not mark runs nothing either: ${what}`, async ({ world }) => {
      const app = await world.open([], { tasks: over });
      await app.press(text, /add ids: .*task_UNKNOWN/);
      await app.press('\r', 'added 1');
    });
  }

  test('3,000 ids with line ends of Windows are one paste', async ({ world }) => {
    const app = await world.open([], { tasks: over });
    const list = Array.from(
      { length: 3000 },
      (_, index) => `task_P${String(index).padStart(5, '0')}CCCCddddEEEEffffGGGGhh`,
    );
    app.paste(`${list.join('\r\n')}\r\n`);
    await app.waitFor('3000 ids for ccapi · Enter add  Esc cancel');
    await app.press('\r', 'added 3000');
    await app.waitFor('3000 pending');
    await app.press('g', lines => lines[4]?.startsWith('>') === true && lines[4].includes('task_P'));
  });

  test('an empty list says how to begin', async ({ world }) => {
    await world.simulate(over);
    const app = world.run([]);
    await app.waitFor('No tasks yet.');
    app.paste(over.map(({ id }) => id).join('\n'));
    await app.waitFor('2 ids for ccapi, 1 for xhuo · Enter add  Esc cancel');
    await app.press('\r', /3 ended: 2 songs, 1 failed[^]*First light[^]*Weekend Morning[^]*lyric too long/);
  });

  test('ctrl-c leaves from inside the prompt', async ({ world }) => {
    const app = await world.open([], { tasks: over });
    app.send('aabc\u0003');
    expect(await app.ended).toEqual({ code: 130, signal: 0 });
    expect(app.modes).toEqual({ alternate: false, bracketedPaste: false, cursorVisible: true });
  });
});
