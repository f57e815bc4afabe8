import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../source/task/task.ts';
import { newTask } from '../../source/task/task.ts';
import { running } from './vendor.ts';
import { gaps, idsUpTo, watching, type Watching } from './watching.ts';

const day = Date.parse('2026-09-21T12:00:00Z');

/** A list whose earlier tasks took 40 to 60 seconds each. */
function learned(options: Parameters<typeof watching>[0] = {}): Watching {
  const all = watching({ interval: 'auto', ...options });
  const earlier = Array.from({ length: 40 }, (_, index) => ({
    ...newTask(all.source, `earlier${index}`, day),
    ...({ status: 'succeeded', action: 'music', submittedAt: day, finishedAt: day + 40_000 + 500 * index } as const),
  }));
  all.poller.learn(earlier);
  return all;
}

/** Submits tasks now, of which each ends after so many seconds. */
function submit(all: Watching, seconds: readonly number[], more: Partial<Snapshot> = {}): readonly string[] {
  const ids = idsUpTo(seconds.length, `task_${all.clock.monotonic()}_`);
  const submittedAt = all.clock.wall();
  for (const [index, id] of ids.entries()) {
    all.vendor.know([id], { action: 'music', submittedAt, ...more });
    const took = 1000 * (seconds[index] ?? 0);
    all.clock.after(took, () => {
      const finishedAt = submittedAt + took;
      all.vendor.tasks.set(id, running(id, { action: 'music', submittedAt, status: 'succeeded', finishedAt, ...more }));
    });
  }
  all.add(ids);
  return ids;
}

const plan = (all: Watching) => all.store.getState().sources[0]?.plan;

describe('the learned interval', () => {
  test('is 5 s while nothing is known', async () => {
    const all = watching({ interval: 'auto' });
    submit(all, [600]);
    all.start();
    expect(gaps(await all.during(60_000)).every(gap => gap === 5000)).toBe(true);
    expect(plan(all)).toMatchObject({ wait: 5000, reason: 'unknown' });
  });

  test('is long while nothing can end yet, and short where an end is likely', async () => {
    const all = learned();
    submit(all, [50]);
    all.start();
    const asks = (await all.during(60_000)).map(({ at }) => (at - 7000) / 1000);
    expect(asks.filter(at => at < 36).length).toBeLessThanOrEqual(3);
    expect(asks.filter(at => at >= 40).length).toBeGreaterThanOrEqual(2);
    expect(asks.at(-1)).toBeLessThan(56);
    expect(plan(all)).toBeNull();
  });

  test('is learned from the tasks of this run as well', async () => {
    const all = watching({ interval: 'auto' });
    all.start();
    for (let round = 0; round < 4; round++) {
      submit(all, [45 + round]);
      await all.clock.advance(90_000);
    }
    submit(all, [45]);
    await all.clock.advance(2000);
    expect(plan(all)).toMatchObject({ reason: 'durations' });
    expect(plan(all)?.wait).toBeGreaterThan(10_000);
  });

  test('tells what it learned, also where the interval is fixed', async () => {
    for (const interval of ['auto', 5000] as const) {
      const all = learned({ interval });
      submit(all, [31]);
      all.start();
      await all.clock.advance(90_000);
      const { seen } = all.store.getState().learned.get(`${all.source} music`) ?? { seen: [] };
      expect(seen).toHaveLength(41);
      expect(seen.at(-1)).toBe(31_000);
    }
  });

  test('does not learn from failures, nor from times that cannot be', async () => {
    const all = watching({ interval: 'auto' });
    const [failed = '', wrong = ''] = submit(all, [40, 40]);
    all.start();
    await all.clock.advance(30_000);
    all.vendor.tasks.set(failed, running(failed, { status: 'failed', action: 'music', submittedAt: 5, finishedAt: 9 }));
    all.vendor.tasks.set(
      wrong,
      running(wrong, { status: 'succeeded', action: 'music', submittedAt: 9, finishedAt: 5 }),
    );
    await all.clock.advance(30_000);
    const { seen } = all.store.getState().learned.get(`${all.source} music`) ?? { seen: [] };
    // As long as it was seen open, and no longer than it was on the list.
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeGreaterThanOrEqual(25_000);
    expect(seen[0]).toBeLessThanOrEqual(35_000);
  });

  test('says when it asks next, and by our clock', async () => {
    const all = learned();
    submit(all, [50]);
    all.start();
    await all.clock.advance(1000);
    const { wait = 0, nextAt } = plan(all) ?? {};
    expect(nextAt).toBe(all.clock.wall() - 1000 + wait);
    const [next] = await all.during(wait);
    expect(next?.at).toBe(7000 + wait);
  });

  test('asks just after each update of a relay that has a rhythm', async () => {
    const all = learned();
    const ids = submit(all, [900, 900]);
    const submittedAt = all.clock.wall();
    const update = () => {
      // Two seconds after a quarter of a minute of its own clock.
      const stamp = Math.floor(all.clock.wall() / 1000) * 1000;
      for (const id of ids) {
        const progress = Math.floor((stamp - submittedAt) / 10_000);
        all.vendor.tasks.set(id, running(id, { action: 'music', submittedAt, updatedAt: stamp, progress }));
      }
      all.clock.after(15_000, update);
    };
    all.clock.after(12_300, update);
    all.start();
    await all.clock.advance(240_000);
    expect(plan(all)).toMatchObject({ reason: 'updates', period: 15_000 });
    const asks = await all.during(150_000);
    expect(asks).toHaveLength(10);
    const since = asks.map(({ at }) => (at - 7000 - 12_300) % 15_000);
    expect(Math.max(...since)).toBeLessThan(2000);
  });

  test('asks about the whole list in each request', async () => {
    const all = learned();
    const [first = ''] = submit(all, [300]);
    all.start();
    await all.clock.advance(4000);
    submit(all, [300]);
    const [ask] = await all.during(1000);
    expect(ask?.ids).toContain(first);
    expect(ask?.ids).toHaveLength(2);
  });

  test('remembers no more of a vendor that names each action anew', async () => {
    const all = watching({ interval: 'auto' });
    all.start();
    for (let round = 0; round < 250; round++) {
      submit(all, [7], { action: `take ${round}` });
      await all.clock.advance(12_000);
    }
    expect(all.store.getState().learned.size).toBe(200);
  });

  test('asks about a long list in whole batches', async () => {
    const all = watching({ interval: 'auto' });
    submit(
      all,
      idsUpTo(120).map(() => 600),
    );
    all.start();
    const asks = await all.during(60_000);
    expect(asks.length).toBeLessThanOrEqual(3 * 13);
    expect(Math.max(...asks.map(({ ids }) => ids.length))).toBe(50);
    const one = asks.filter(({ ids }) => ids.includes(asks[0]?.ids[0] ?? ''));
    expect(Math.max(...gaps(one))).toBeLessThan(6000);
  });

  test('keeps asking less often about a task that is missing, and less about one that has not moved', async () => {
    const all = learned();
    all.add(['unknown']);
    all.start();
    await all.clock.advance(120_000);
    expect(all.task('unknown').status).toBe('missing');
    expect((await all.during(600_000)).length).toBeLessThanOrEqual(10);

    const still = watching({ interval: 'auto' });
    submit(still, [9000]);
    still.start();
    await still.clock.advance(660_000);
    expect(gaps(await still.during(300_000)).every(gap => gap === 30_000)).toBe(true);
  });

  test('asks nothing while nothing is open', async () => {
    const all = learned();
    submit(all, [10]);
    all.start();
    await all.clock.advance(60_000);
    expect(await all.during(9 * 3_600_000)).toEqual([]);
  });

  test('asks less for a longer delay, and more for a shorter one', async () => {
    const counts = [];
    for (const delay of [1000, 2100, 6000]) {
      const all = learned();
      all.poller.setTargetDelay(delay);
      all.start();
      for (let batch = 0; batch < 10; batch++) {
        submit(all, [44, 47, 50, 53, 56]);
        await all.clock.advance(120_000);
      }
      counts.push(all.vendor.asks.length);
    }
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(1.4 * (counts[2] ?? 0));
  });

  test('gives way to a fixed one, and comes back', async () => {
    const all = learned();
    submit(all, [900]);
    all.start();
    await all.clock.advance(1000);
    all.poller.setInterval(3000);
    expect(plan(all)).toBeNull();
    await all.clock.advance(3000);
    expect(gaps(await all.during(30_000)).every(gap => gap === 3000)).toBe(true);
    all.poller.setInterval('auto');
    expect(plan(all)).toMatchObject({ reason: 'durations' });
  });
});
