import { describe, expect } from 'vitest';
import { test } from './world.ts';

describe.concurrent('keys that act', () => {
  test('take a task off the list and bring it back', async ({ world }) => {
    const app = await world.open();
    await app.press('d', 'removed from the list: Weekend Morning · u undo');
    await app.waitFor(lines => !lines.slice(0, -1).join('').includes('Weekend'));
    await app.press('u', '1 task is back');
    await app.waitFor('Weekend');
    await app.press('C', 'removed from the list: 3 tasks · u undo');
    expect(app.screen().join('\n')).toMatch(/雨の夜[^]*Slow/);
    expect(app.screen().join('\n')).not.toMatch(/Weekend|First light|lyric/);
    await app.press('z', '3 tasks are back');
  });

  test('say what came of asking, also while nobody answers', async ({ world }) => {
    const app = await world.open(['-n', '1m']);
    await app.press('r', 'nothing new about 1 task');
    await app.press('R', /(?:nothing new about|news about \d of) 2 tasks/);
    world.simulator?.fault({ kind: 'reset-before-headers' });
    await app.press('R', 'ccapi, xhuo gave no answer: connection reset');
  });

  test('say what they did until a poll comes after that has been read', async ({ world }) => {
    const app = await world.open(['-n', '1s']);
    await app.press('b', /notifications off\na add/);
    await app.waitFor(lines => !lines.join('').includes('notifications off'));
    expect(app.screen().at(-1)).toMatch(/^a add/);
  });

  test('pause the polling, change its pace, and say so', async ({ world }) => {
    const app = await world.open(['-n', '5s']);
    await app.press('p', /paused · every 5s · \d\d/);
    await app.press('g', 'p resume');
    await app.press('p+', 'every 10s');
    await app.press('--', 'every 3s');
    await app.press(':', 'type to find one, Enter runs it');
    await app.press('copyid', /> Y +copy the id/);
    await app.press('\r', /copied 1 id with/);
  });
});
