import { describe, expect } from 'vitest';
import { test } from './world.ts';

describe.concurrent('keys that act', () => {
  test('take a task off the list and bring it back', async ({ world }) => {
    const app = await world.open();
    app.send('d');
    await app.waitFor('removed from the list: Weekend Morning · u undo');
    await app.waitFor(lines => !lines.slice(0, -1).join('').includes('Weekend'));
    app.send('u');
    await app.waitFor('1 task is back');
    await app.waitFor('Weekend');
    app.send('C');
    await app.waitFor('removed from the list: 3 tasks · u undo');
    expect(app.screen().join('\n')).toMatch(/雨の夜[^]*Slow/);
    expect(app.screen().join('\n')).not.toMatch(/Weekend|First light|lyric/);
    app.send('z');
    await app.waitFor('3 tasks are back');
  });

  test('pause the polling, change its pace, and say so', async ({ world }) => {
    const app = await world.open();
    app.send('p');
    await app.waitFor(/paused · every 5s · \d\d/);
    app.send('g');
    await app.waitFor('p resume');
    app.send('p+');
    await app.waitFor('every 10s');
    app.send('--');
    await app.waitFor('every 3s');
    app.send(':');
    await app.waitFor('no command line; press ?');
  });
});
