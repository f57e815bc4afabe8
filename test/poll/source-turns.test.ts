import { describe, expect, test } from 'vitest';
import { faults } from './vendor.ts';
import { watching } from './watching.ts';

const minute = 60_000;

async function slowed() {
  const all = watching({ interval: 5_000 });
  all.addKnown(['task_a', 'task_b']);
  all.start();
  await all.clock.advance(10_001);
  all.poller.slowDown(all.source, 4, 5 * minute);
  return all;
}

describe('polling that is slowed down', () => {
  test('goes on at a quarter of its pace, and at its own when the time is over', async () => {
    const all = await slowed();
    expect((await all.during(5 * minute - 1)).length).toBe(15);
    expect((await all.during(minute)).length).toBeGreaterThanOrEqual(12);
  });

  test('is told with the moment at which is asked next, and at last with its own pace again', async () => {
    const all = watching({ interval: 'auto' });
    all.addKnown(['task_a', 'task_b']);
    all.start();
    await all.clock.advance(10_001);
    all.poller.slowDown(all.source, 4, minute);
    const told: (boolean | undefined)[] = [];
    for (let look = 0; look < 20; look++) {
      const before = all.vendor.asks.length;
      while (all.vendor.asks.length === before) await all.clock.advance(100);
      const plan = all.events.findLast(event => event.type === 'plan')?.plan;
      const wait = (plan?.nextAt ?? 0) - all.clock.wall();
      told.push(plan?.slowed);
      if (look === 0) continue;
      await all.clock.advance(wait - 300);
      expect(all.vendor.asks.length).toBe(before + 1);
      await all.clock.advance(600);
      expect(all.vendor.asks.length).toBe(before + 2);
    }
    expect(told).toContain(true);
    expect(told.at(-1)).toBeUndefined();
  });

  test('asks at once about what is hinted at or added, or wanted by a person', async () => {
    const all = await slowed();
    all.poller.hint([{ source: all.source, id: 'task_b' }]);
    expect((await all.during(500)).map(({ ids }) => ids)).toEqual([['task_b']]);
    all.addKnown(['task_c']);
    expect((await all.during(500)).map(({ ids }) => ids)).toEqual([['task_c']]);
    all.poller.refreshAll();
    expect((await all.during(500)).length).toBe(1);
  });

  test('asks nothing about an id that is not watched', async () => {
    const all = await slowed();
    all.poller.hint([{ source: all.source, id: 'forged' }]);
    expect(await all.during(500)).toEqual([]);
  });

  test('leaves a source that fails its own waiting times, and a hint does not end them', async () => {
    const all = await slowed();
    all.vendor.fault = () => faults.later(60_000);
    await all.during(25_000);
    const before = all.vendor.asks.length;
    all.poller.hint([{ source: all.source, id: 'task_a' }]);
    expect((await all.during(1_000)).length).toBe(0);
    all.vendor.fault = () => undefined;
    await all.during(61_000);
    expect(all.vendor.asks.length).toBeGreaterThan(before);
    expect(all.health().state).toBe('ok');
  });
});
