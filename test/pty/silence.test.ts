import { describe, expect } from 'vitest';
import { rain, standing } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test } from './world.ts';

/** Waits until the program has written nothing for a while. */
async function settled(app: Terminal): Promise<void> {
  for (let length = -1; length !== app.output.length;) {
    length = app.output.length;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

const pass = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));

describe.concurrent('silence', () => {
  test('not one byte between two polls, whatever is on the screen', async ({ world }) => {
    const app = await world.open(['-n', '30s']);
    for (const keys of ['', '?', '?\r', 'qe']) {
      app.send(keys);
      await settled(app);
      const before = app.output.length;
      const asked = world.simulator?.requests.length;
      await pass(keys === '' ? 3500 : 500);
      expect(app.since(before)).toBe('');
      expect(world.simulator?.requests).toHaveLength(asked ?? 0);
    }
  });

  test('a key that is held at the end says once that there is no more', async ({ world }) => {
    const app = await world.open(['-n', '30s']);
    for (const keys of ['Gj', '?Gj', 'q#']) {
      app.send(keys);
      await settled(app);
      const before = app.output.length;
      app.send((keys.at(-1) ?? '').repeat(3));
      await settled(app);
      app.send(keys.at(-1) ?? '');
      await settled(app);
      expect(app.since(before)).toBe('');
      expect(app.screen().at(-2)).toMatch(/^that is the (?:last row|end)|^# does nothing/);
    }
  });

  test('a poll that brings nothing new moves the clocks of the header, and no row', async ({ world }) => {
    const app = await world.open(['-n', '2s', '--columns', 'status,title,progress'], { tasks: [rain] });
    const nextPoll = async () => {
      const length = app.output.length;
      await app.until(() => app.output.length > length);
      await settled(app);
    };
    // From right after one poll to right after the next: in between, a request may be on its way already.
    await nextPoll();
    const before = app.output.length;
    const asked = world.simulator?.requests.length ?? 0;
    await app.until(() => app.output.length > before);
    await settled(app);
    expect(world.simulator?.requests).toHaveLength(asked + 1);
    const written = app.since(before).replace(/\u001b\[[\d;?]*[A-Za-z]/g, '');
    expect(written).toMatch(/^(?:[\d:]+ left · )?[\d:\s]+(?:ok )?\d*(?:ms)?\s*$/);
    expect(app.since(before).length).toBeLessThan(130);
  });

  test('nothing is asked, drawn or written once everything is finished', async ({ world }) => {
    const app = await world.open(['-n', '1s'], { tasks: standing.filter(({ ending }) => ending !== 'never') });
    await settled(app);
    const before = app.output.length;
    const asked = world.simulator?.requests.length ?? 0;
    await pass(2500);
    expect(app.since(before)).toBe('');
    expect(world.simulator?.requests).toHaveLength(asked);
  });

  test('paused means silent', async ({ world }) => {
    const app = await world.open(['-n', '1s']);
    await app.press('p', 'paused');
    await settled(app);
    const before = app.output.length;
    await pass(2200);
    expect(app.since(before)).toBe('');
  });
});
