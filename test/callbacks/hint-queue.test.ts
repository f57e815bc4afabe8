import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HintQueue } from '../../source/callbacks/hint-queue.ts';
import { watching } from '../poll/watching.ts';

const minute = 60_000;

test('a hint is asked at once, and those that follow together, within what polling saves', () => {
  const clock = { now: 0 };
  const queue = new HintQueue({ interval: 6_000, now: () => clock.now });
  queue.add('a');
  expect(queue.take()).toEqual(['a']);
  queue.add('b');
  expect(queue.take()).toEqual(['b']);
  for (const id of ['c', 'd', 'c']) queue.add(id);
  expect([queue.take(), queue.wait]).toEqual([[], 8_000]);
  clock.now += 8_000;
  expect([queue.take(), queue.wait]).toEqual([['c', 'd'], null]);
});

test('a hint that proved true costs nothing', () => {
  const queue = new HintQueue({ interval: 6_000, now: () => 0 });
  for (let index = 0; index < 50; index++) {
    queue.add(`t-${index}`);
    expect(queue.take()).toEqual([`t-${index}`]);
    queue.ended(`t-${index}`);
  }
});

test('a flood keeps no more than a thousand', () => {
  const queue = new HintQueue({ interval: 1, now: () => Number.MAX_SAFE_INTEGER });
  for (let index = 0; index < 5000; index++) queue.add(`t-${index}`);
  let taken = 0;
  for (let ids = queue.take(); ids.length > 0; ids = queue.take()) taken += ids.length;
  expect(taken).toBeLessThanOrEqual(1000);
});

test('whatever calls arrive, no more is asked than polling alone would ask', async () => {
  const call = fc.record({ after: fc.integer({ min: 1, max: 4000 }), index: fc.nat(9) });
  const ids = Array.from({ length: 10 }, (_, index) => `task-${index}`);
  const polled = async (calls: readonly { after: number; index: number }[]) => {
    const all = watching({ interval: 5_000 });
    all.addKnown(ids);
    all.start();
    await all.clock.advance(10);
    const queue = new HintQueue({ interval: 5_000, now: all.clock.monotonic });
    const end = all.clock.monotonic() + 5 * minute;
    for (const { after, index } of calls) {
      if (all.clock.monotonic() + after > end) break;
      await all.clock.advance(after);
      queue.add(`task-${index}`);
      all.poller.slowDown(all.source, 4, 10 * minute);
      const now = queue.take();
      if (now.length > 0) all.poller.hint(now.map(id => ({ source: all.source, id })));
    }
    await all.clock.advance(end - all.clock.monotonic());
    await all.poller.stop();
    return all.vendor.asks.length;
  };
  const alone = await polled([]);
  expect(alone).toBeGreaterThanOrEqual(60);
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 400, size: 'max' }), async calls => {
      // Two at once, and one that was due when the first call came.
      expect(await polled(calls)).toBeLessThanOrEqual(alone + 3);
    }),
    { numRuns: 20 },
  );
});
