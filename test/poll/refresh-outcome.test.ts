import { describe, expect, test } from 'vitest';
import { faults } from './vendor.ts';
import { failing, idsUpTo } from './watching.ts';

describe('what a refresh says will happen', () => {
  test('of five minutes or less: until when the source is not asked', async () => {
    const all = failing(() => faults.busy(300_000));
    const until = all.clock.wall() + 300_000;
    await all.clock.advance(60_000);
    expect(all.poller.refreshAll()).toEqual([{ source: all.source, tasks: 1, kind: 'waits', until }]);
    expect(await all.during(239_000)).toEqual([]);
    expect(await all.during(1_100)).toHaveLength(1);
  });

  test('of a source that fails: that it is asked once', async () => {
    const all = failing(() => faults.refused());
    await all.clock.advance(60_000);
    expect(all.poller.refreshAll()).toEqual([{ source: all.source, tasks: 1, kind: 'again' }]);
    expect(await all.during(60_000)).toHaveLength(1);
  });

  test('of one that answers: how many tasks are asked about', async () => {
    const all = failing(() => undefined);
    all.addKnown(idsUpTo(3));
    await all.clock.advance(1_000);
    expect(all.poller.refreshAll()).toEqual([{ source: all.source, tasks: 4, kind: 'asked' }]);
    expect((await all.during(300)).map(({ ids }) => ids.length)).toEqual([4]);
    expect(all.refreshed('task_00001')).toEqual([{ source: all.source, tasks: 1, kind: 'asked' }]);
    expect((await all.during(300)).map(({ ids }) => ids)).toEqual([['task_00001']]);
    all.poller.pause(true);
    expect(all.refreshed('task_00001')).toEqual([{ source: all.source, tasks: 1, kind: 'paused' }]);
    expect(await all.during(60_000)).toEqual([]);
  });

  test('of one that there is nothing to ask with, and of a list without open tasks', async () => {
    const all = failing(() => undefined);
    expect(all.refreshed('task_a', 'newapi/producer')).toEqual([
      { source: 'newapi/producer', tasks: 1, kind: 'unknown' },
    ]);
    all.vendor.know(['task_a'], { status: 'succeeded' });
    await all.clock.advance(10_000);
    expect(all.poller.refreshAll()).toEqual([]);
  });
});
