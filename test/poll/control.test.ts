import { describe, expect, test } from 'vitest';
import { faults } from './vendor.ts';
import { gaps, idsUpTo, watching } from './watching.ts';

describe('adding ids while it runs', () => {
  test('asks about them at once, then with the others, in one request', async () => {
    const all = watching();
    all.addKnown(idsUpTo(10));
    all.start();
    await all.clock.advance(2_000);
    all.addKnown(['task_new']);
    expect((await all.during(1_000)).map(({ ids }) => ids)).toEqual([['task_new']]);
    expect((await all.during(11_000)).map(({ ids }) => ids.length)).toEqual([11, 11]);
  });

  test('does not disturb a request that is under way', async () => {
    const all = watching();
    all.vendor.delay = 2_000;
    all.addKnown(['task_a']);
    all.start();
    await all.clock.advance(1_000);
    all.addKnown(['task_b']);
    await all.clock.advance(500);
    expect(all.vendor.asks).toHaveLength(1);
    await all.clock.advance(3_000);
    expect(all.vendor.asks.map(({ ids }) => ids)).toEqual([['task_a'], ['task_b']]);
  });

  test('an id that is there already changes nothing', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.start();
    await all.clock.advance(1_000);
    all.add(['task_a']);
    expect(await all.during(3_000)).toEqual([]);
  });
});

test('ids that were removed are not asked about, not even in the reply that is under way', async () => {
  const all = watching();
  all.vendor.delay = 1_000;
  all.addKnown(['task_a', 'task_b']);
  all.start();
  await all.clock.advance(500);
  const key = all.task('task_a').key;
  all.store.dispatch({ type: 'remove', keys: [key], undoable: false });
  all.poller.remove([{ source: all.source, id: 'task_a' }]);
  await all.clock.advance(1_000);
  expect((await all.during(20_000)).every(({ ids }) => ids.join() === 'task_b')).toBe(true);
});

describe('the interval', () => {
  test('a shorter one counts from the last round', async () => {
    const all = watching({ interval: 60_000 });
    all.addKnown(['task_a']);
    all.start();
    await all.clock.advance(8_000);
    all.poller.setInterval(10_000);
    const asks = await all.during(25_000);
    expect(asks.map(({ at }) => at - (all.vendor.asks[0]?.at ?? 0))).toEqual([10_000, 20_000, 30_000]);
  });

  test('one that is over already asks at once, and only once', async () => {
    const all = watching({ interval: 60_000 });
    all.addKnown(['task_a']);
    all.start();
    await all.clock.advance(30_000);
    all.poller.setInterval(5_000);
    expect(await all.during(100)).toHaveLength(1);
    expect(gaps(await all.during(16_000))).toEqual([5_000, 5_000]);
  });

  test('a longer one leaves the round that was to come, and is at least a second', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.start();
    await all.clock.advance(1_000);
    all.poller.setInterval(20_000);
    expect(await all.during(18_500)).toEqual([]);
    expect(await all.during(1_000)).toHaveLength(1);
    all.poller.setInterval(1);
    expect(all.poller.interval).toBe(1_000);
  });

  test('turned up and down quickly asks once more at most', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.start();
    await all.clock.advance(4_500);
    for (const interval of [4_000, 3_000, 2_000, 3_000, 4_000, 5_000]) all.poller.setInterval(interval);
    expect((await all.during(400)).length).toBeLessThanOrEqual(1);
  });
});

describe('pausing', () => {
  test('asks nothing, lets come in what is under way, and resumes with one round', async () => {
    const all = watching();
    all.vendor.delay = 500;
    all.addKnown(idsUpTo(100));
    all.start();
    await all.clock.advance(5_100);
    all.poller.pause(true);
    expect(all.poller.paused).toBe(true);
    expect(await all.during(300_000)).toEqual([]);
    expect(all.vendor.inFlight).toBe(0);
    all.poller.pause(false);
    expect(await all.during(4_800)).toHaveLength(2);
    expect(await all.during(5_000)).toHaveLength(2);
  });

  test('before the start and of a source that comes later', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.poller.pause(true);
    all.start();
    all.poller.addSource(all.vendor.client('newapi/producer', { host: 'other.test' }));
    all.store.dispatch({ type: 'add-sources', names: ['newapi/producer'] });
    all.addKnown(['task_b'], 'newapi/producer');
    expect(await all.during(60_000)).toEqual([]);
  });
});

describe('a person asks again', () => {
  test('about one task: that one, now', async () => {
    const all = watching();
    all.addKnown(idsUpTo(60));
    all.start();
    await all.clock.advance(1_000);
    all.refresh(['task_00007']);
    expect((await all.during(1_000)).map(({ ids }) => ids)).toEqual([['task_00007']]);
  });

  test('about all: every open one, no finished one', async () => {
    const all = watching();
    all.addKnown(idsUpTo(60));
    all.vendor.know(idsUpTo(5), { status: 'failed' });
    all.start();
    await all.clock.advance(1_000);
    all.poller.refreshAll();
    const asks = await all.during(1_000);
    expect(asks.map(({ ids }) => ids.length)).toEqual([50, 5]);
  });

  test('about a finished one: once, for it may have gained a video', async () => {
    const all = watching();
    all.vendor.know(['task_a'], { status: 'succeeded' });
    all.add(['task_a']);
    all.start();
    await all.clock.advance(10_000);
    all.vendor.know(['task_a'], { status: 'succeeded', cost: 7 });
    all.refresh(['task_a']);
    expect(await all.during(60_000)).toHaveLength(1);
    expect(all.task('task_a').cost).toBe(7);
  });

  test('about a finished one while the source is down: when it is back', async () => {
    const all = watching();
    all.vendor.know(['task_a'], { status: 'succeeded' });
    all.add(['task_a']);
    all.start();
    await all.clock.advance(10_000);
    all.vendor.fault = () => faults.network();
    all.refresh(['task_a']);
    await all.clock.advance(10_000);
    all.vendor.fault = () => undefined;
    all.vendor.know(['task_a'], { status: 'succeeded', cost: 7 });
    await all.clock.advance(20_000);
    expect(all.task('task_a').cost).toBe(7);
    expect(await all.during(60_000)).toEqual([]);
  });

  test('ends the waiting after a failure', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.vendor.fault = () => faults.exhausted();
    all.start();
    await all.clock.advance(1_000);
    all.poller.refreshAll();
    expect(await all.during(1_000)).toHaveLength(1);
  });

  test('does not end the rest that a server asked for', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.vendor.fault = () => faults.busy(60_000);
    all.start();
    await all.clock.advance(1_000);
    for (let presses = 0; presses < 10; presses++) all.poller.refreshAll();
    expect(await all.during(50_000)).toEqual([]);
  });
});

test('stopping ends the request that is under way, and nothing follows', async () => {
  const all = watching();
  all.vendor.delay = 10_000;
  all.addKnown(['task_a']);
  all.start();
  await all.clock.advance(1_000);
  await all.poller.stop();
  expect(all.vendor.inFlight).toBe(0);
  expect(all.clock.timers).toBe(0);
  expect(all.events).toEqual([]);
  expect(await all.during(60_000)).toEqual([]);
});
