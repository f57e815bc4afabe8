import { describe, expect, test } from 'vitest';
import { retryDelay } from '../../source/poll/schedule.ts';
import { faults } from './vendor.ts';
import { failing, gaps, idsUpTo, watching } from './watching.ts';

describe('after failures in a row', () => {
  test.each([
    ['no connection', () => faults.network()],
    ['a broken connection', () => faults.reset()],
    ['500', () => faults.server()],
    ['502', () => faults.server(502)],
  ])('%s: waits 1, 2, 4, 8 and then each time 10 seconds', async (_, fault) => {
    const all = failing(fault);
    await all.clock.advance(60_000);
    expect(gaps(all.vendor.asks)).toEqual([1, 2, 4, 8, 10, 10, 10, 10].map(seconds => seconds * 1000));
  });

  test('up to a second longer, and at last up to five, so that many clients do not come back together', async () => {
    const all = failing(() => faults.server(502), 0.8);
    await all.clock.advance(62_000);
    expect(gaps(all.vendor.asks)).toEqual([1_800, 2_800, 4_800, 8_800, 14_000, 14_000, 14_000]);
  });

  test.each([
    ['429', () => faults.busy()],
    ['400', () => faults.request()],
  ])('%s is a refusal: waits up to a minute', async (_, fault) => {
    const all = failing(fault);
    await all.clock.advance(250_000);
    expect(gaps(all.vendor.asks)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map(seconds => seconds * 1000));
  });

  test('each kind of failure counts for itself, and an answer ends them all', async () => {
    const all = failing(() => faults.server(502));
    await all.clock.advance(7_500);
    expect(gaps(all.vendor.asks)).toEqual([1_000, 2_000, 4_000]);
    all.vendor.fault = () => faults.timeout();
    // The fourth 502 would be followed by 8 s.
    expect(gaps(await all.during(11_400))).toEqual([1_000, 2_000]);
    all.vendor.fault = () => faults.server(502);
    expect(gaps(await all.during(15_000))).toEqual([10_000]);
    all.vendor.fault = () => undefined;
    await all.clock.advance(20_000);
    all.vendor.fault = () => faults.server(502);
    expect(gaps(await all.during(8_000))).toEqual([1_000, 2_000]);
  });

  test('after an outage of 70 s the first answer is at most 15 s late', async () => {
    for (const random of [0, 0.3, 0.6, 0.99]) {
      const all = failing(() => faults.server(502), random);
      await all.clock.advance(70_000);
      all.vendor.fault = () => undefined;
      await all.clock.advance(15_000);
      expect(all.task('task_a').status).toBe('running');
    }
  });

  test('the health says since when and until when', async () => {
    const all = failing(() => faults.network());
    const since = all.clock.wall();
    await all.clock.advance(3_500);
    expect(all.health()).toEqual({
      state: 'offline',
      message: 'connection refused',
      since,
      retryAt: since + 7_000,
    });
  });

  test('an answer begins anew, in step with the rounds before', async () => {
    const all = failing(() => faults.network());
    await all.clock.advance(20_000);
    all.vendor.fault = () => undefined;
    await all.clock.advance(20_000);
    expect(all.health()).toEqual({ state: 'ok', message: null, since: null, retryAt: null });
    await all.clock.advance(10_000);
    all.vendor.fault = () => faults.network();
    const asks = await all.during(9_000);
    expect(gaps(asks)).toEqual([1_000, 2_000]);
  });

  test('what is known stays, whatever the failure', async () => {
    const all = watching();
    all.vendor.know(idsUpTo(3), { progress: 30 });
    all.add(idsUpTo(3));
    all.start();
    await all.clock.advance(10_000);
    const before = all.store.getState().tasks;
    for (const fault of [faults.network(), faults.server(503), faults.busy(), faults.exhausted(), faults.refused()]) {
      all.vendor.fault = () => fault;
      await all.clock.advance(20_000);
    }
    expect(all.store.getState().tasks).toBe(before);
  });
});

describe('Retry-After', () => {
  test('is waited for, not longer and not shorter', async () => {
    const all = failing(() => faults.busy(17_000));
    await all.clock.advance(60_000);
    expect(gaps(all.vendor.asks)).toEqual([17_000, 17_000, 17_000]);
    expect(all.health()).toMatchObject({ state: 'retrying', message: '429 too many requests' });
  });

  test('of nothing is no leave to ask without a pause', async () => {
    const all = failing(() => faults.busy(0));
    expect((await all.during(10_000)).length).toBeLessThanOrEqual(10);
  });

  test('absent, the formula goes', async () => {
    const all = failing(() => faults.busy());
    await all.clock.advance(8_000);
    expect(gaps(all.vendor.asks)).toEqual([1_000, 2_000, 4_000]);
  });
});

describe('a refused token', () => {
  test('is not sent again until a person asks', async () => {
    const all = failing(() => faults.refused());
    await all.clock.advance(10);
    expect(all.health()).toMatchObject({ state: 'refused', retryAt: null });
    expect(await all.during(86_400_000)).toEqual([]);
    all.addKnown(['task_b']);
    expect(await all.during(60_000)).toEqual([]);
    all.vendor.fault = () => undefined;
    all.poller.refreshAll();
    await all.clock.advance(10);
    expect(all.health().state).toBe('ok');
    expect([all.task('task_a').status, all.task('task_b').status]).toEqual(['running', 'running']);
    expect(await all.during(9_000)).toHaveLength(1);
  });

  test('is refused again: one request, and rest', async () => {
    const all = failing(() => faults.refused());
    await all.clock.advance(60_000);
    all.refresh(['task_a']);
    expect(await all.during(3_600_000)).toHaveLength(1);
    expect(all.health().state).toBe('refused');
  });
});

test('an exhausted balance is asked about each five minutes', async () => {
  const all = failing(() => faults.exhausted());
  await all.clock.advance(1_000_000);
  expect(gaps(all.vendor.asks)).toEqual([300_000, 300_000, 300_000]);
});

test('a wrong kind of answer is tried again after five seconds at the earliest', () => {
  const delay = (status: number) => (attempt: number) =>
    retryDelay({ kind: 'protocol', retryAfter: null, status }, attempt, () => 0);
  expect([1, 2, 3, 4, 5, 9, 60].map(delay(404))).toEqual([5_000, 5_000, 5_000, 8_000, 16_000, 60_000, 60_000]);
  // The page of a network that wants a login first may be gone at any moment.
  expect([1, 2, 3, 4, 5, 9, 60].map(delay(200))).toEqual([5_000, 5_000, 5_000, 8_000, 10_000, 10_000, 10_000]);
});

test('an error of our own is shown as such, and asking goes on', async () => {
  const all = watching();
  all.addKnown(['task_a']);
  all.vendor.fault = () => {
    throw new TypeError('cannot read properties of undefined');
  };
  all.start();
  await all.clock.advance(100);
  expect(all.health()).toMatchObject({
    state: 'retrying',
    message: 'TypeError: cannot read properties of undefined',
  });
  all.vendor.fault = () => undefined;
  await all.clock.advance(10_000);
  expect(all.health().state).toBe('ok');
});
