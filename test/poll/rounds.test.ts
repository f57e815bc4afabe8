import { describe, expect, test } from 'vitest';
import { running } from './vendor.ts';
import { gaps, idsUpTo, watching } from './watching.ts';

describe('the budget: one request for 50 open tasks and round, none for the others', () => {
  test.each([
    [1, 1],
    [50, 1],
    [51, 2],
    [120, 3],
    [1000, 20],
  ])('%i open tasks take %i requests a round', async (count, requests) => {
    const all = watching();
    all.addKnown(idsUpTo(count));
    all.start();
    await all.clock.advance(4_900);
    for (let round = 1; round <= 5; round++) {
      expect(all.vendor.asks).toHaveLength(requests * round);
      await all.clock.advance(5_000);
    }
  });

  test('finished tasks are not asked about, each only as long as it is open', async () => {
    const all = watching();
    const ids = idsUpTo(60);
    all.addKnown(ids);
    all.start();
    await all.clock.advance(4_900);
    all.vendor.know(ids.slice(0, 30), { status: 'succeeded', progress: 100 });
    await all.clock.advance(5_000);
    expect(await all.during(5_000)).toHaveLength(1);
    const [last] = await all.during(5_000);
    expect(new Set(last?.ids)).toEqual(new Set(ids.slice(30)));
    all.vendor.know(ids, { status: 'failed' });
    await all.clock.advance(5_000);
    expect(await all.during(24 * 3_600_000)).toEqual([]);
    // And nothing is left that could wake the program up for them but the look at the clock.
    expect(all.clock.timers).toBe(1);
  });
});

test('a batch holds at most 50 ids, no id twice, and rows may come in any order', async () => {
  const all = watching();
  const ids = idsUpTo(130);
  all.addKnown(ids);
  for (const id of ids) all.vendor.know([id], { prompt: `prompt of ${id}` });
  all.vendor.fault = ask => ({ snapshots: ask.ids.map(id => running(id, { prompt: `prompt of ${id}` })).reverse() });
  all.start();
  await all.clock.advance(4_900);
  expect(all.vendor.asks.map(ask => ask.ids.length)).toEqual([50, 50, 30]);
  expect(new Set(all.vendor.asks.flatMap(ask => ask.ids)).size).toBe(130);
  expect(ids.filter(id => all.task(id).prompt !== `prompt of ${id}`)).toEqual([]);
});

test('ten thousand ids go round evenly: none is asked two times more often than another', async () => {
  const all = watching();
  const ids = idsUpTo(10_000);
  all.addKnown(ids);
  all.start();
  await all.clock.advance(130_000);
  const counts = new Map(ids.map(id => [id, 0]));
  for (const id of all.vendor.asks.flatMap(ask => ask.ids)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const values = [...counts.values()];
  expect(Math.min(...values)).toBeGreaterThanOrEqual(3);
  expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(1);
  expect(all.vendor.asks.every(ask => ask.ids.length === 50)).toBe(true);
});

test('a reply that takes longer than the interval: no overlap, and a rest until the next beat', async () => {
  const all = watching();
  all.vendor.delay = 12_000;
  all.addKnown(idsUpTo(3));
  all.start();
  await all.clock.advance(60_000);
  expect(all.vendor.mostInFlight).toBe(1);
  expect(gaps(all.vendor.asks)).toEqual([15_000, 15_000, 15_000, 15_000]);
});

test('a page that holds less than was asked for: the rest is asked for again at once, not a round later', async () => {
  const all = watching({ dialect: 'tasks' });
  const ids = idsUpTo(30);
  all.addKnown(ids);
  all.vendor.fault = ask => ({ snapshots: ask.ids.slice(0, 12).map(id => running(id)), more: ask.ids.length > 12 });
  all.start();
  await all.clock.advance(4_900);
  expect(all.vendor.asks.map(ask => ask.ids.length)).toEqual([30, 18, 6]);
  expect(ids.filter(id => all.task(id).status !== 'running')).toEqual([]);
  expect(all.poller.roundFinished).toBe(true);
});

test('a count that stays too high does not make it ask without end', async () => {
  const all = watching({ dialect: 'tasks' });
  all.addKnown(idsUpTo(3));
  all.add(['ghost']);
  all.vendor.fault = ask => (ask.kind === 'batch' ? { more: true } : undefined);
  all.start();
  await all.clock.advance(20_000);
  expect(all.vendor.asks.length).toBeLessThanOrEqual(10);
});

test('tasks that have not moved for ten minutes are asked about less often, until they move', async () => {
  const all = watching();
  all.addKnown(['task_a']);
  all.start();
  await all.clock.advance(660_000);
  expect(gaps(await all.during(120_000))).toEqual([30_000, 30_000, 30_000]);
  all.vendor.know(['task_a'], { progress: 50 });
  await all.clock.advance(30_000);
  expect(gaps(await all.during(30_000))).toEqual([5_000, 5_000, 5_000, 5_000, 5_000]);
});

test('open for longer than the deadline: marked as stalled, asked once a minute, and finished all the same', async () => {
  const all = watching({ deadline: 3_600_000 });
  all.vendor.know(['task_a', 'task_b']);
  all.add(['task_a'], { addedAt: all.clock.wall() - 3_600_000 });
  all.add(['task_b']);
  all.start();
  await all.clock.advance(100);
  expect([all.task('task_a').stalled, all.task('task_b').stalled]).toEqual([true, false]);
  const asks = await all.during(300_000);
  expect(asks.filter(ask => ask.ids.includes('task_b'))).toHaveLength(60);
  const stalled = asks.filter(ask => ask.ids.includes('task_a'));
  expect(gaps(stalled)).toEqual([60_000, 60_000, 60_000, 60_000]);
  // They ride along with a round: no request is sent for them alone.
  expect(stalled.every(ask => ask.ids.length === 2)).toBe(true);
  const before = all.task('task_a');
  await all.clock.advance(60_000);
  expect(all.task('task_a')).toBe(before);
  all.vendor.know(['task_a'], { status: 'succeeded' });
  await all.clock.advance(60_000);
  expect(all.task('task_a')).toMatchObject({ status: 'succeeded', stalled: false });
});

test("the deadline counts from when the task was submitted, by the vendor's clock", async () => {
  const all = watching({ deadline: 3_600_000 });
  const ahead = 7_200_000;
  const submittedAt = all.clock.wall() + ahead - 3_500_000;
  all.vendor.know(['task_a'], { submittedAt });
  all.add(['task_a']);
  all.vendor.fault = () => ({ serverTime: all.clock.wall() + ahead });
  all.start();
  await all.clock.advance(50_000);
  expect(all.task('task_a').stalled).toBe(false);
  await all.clock.advance(60_000);
  expect(all.task('task_a').stalled).toBe(true);
});
