import { describe, expect, test } from 'vitest';
import { faults } from './vendor.ts';
import { failing } from './watching.ts';

describe('a rest of more than five minutes that a server asks for', () => {
  const hour = 3_600_000;

  test('is kept, and the health says so and until when', async () => {
    const all = failing(() => faults.busy(hour));
    const since = all.clock.wall();
    await all.clock.advance(hour - 1);
    expect(all.vendor.asks).toHaveLength(1);
    expect(all.health()).toEqual({
      state: 'retrying',
      message: '429 too many requests',
      since,
      retryAt: since + hour,
      resting: true,
    });
    expect(await all.during(10)).toHaveLength(1);
  });

  test('lets through one request when a person asks, and goes on when that fails', async () => {
    for (const fault of [faults.server(502), faults.network(), faults.timeout(), faults.busy()]) {
      const all = failing(() => faults.busy(hour));
      const until = all.clock.wall() + hour;
      await all.clock.advance(60_000);
      all.vendor.fault = () => fault;
      expect(all.poller.refreshAll()).toEqual([{ source: all.source, tasks: 1, kind: 'again' }]);
      expect(await all.during(hour - 60_001)).toHaveLength(1);
      expect(all.health()).toMatchObject({ retryAt: until, resting: true, message: fault.message });
      expect(all.refreshed('task_a')).toEqual([{ source: all.source, tasks: 1, kind: 'again' }]);
    }
  });

  test('is over when that one is answered', async () => {
    const all = failing(() => faults.busy(hour));
    await all.clock.advance(60_000);
    all.vendor.fault = () => undefined;
    all.refresh(['task_a']);
    expect((await all.during(11_000)).length).toBeGreaterThanOrEqual(3);
    expect(all.health().state).toBe('ok');
  });

  test('begins anew when the server asks for it anew', async () => {
    const all = failing(() => faults.busy(hour));
    await all.clock.advance(60_000);
    all.refresh(['task_a']);
    await all.clock.advance(10);
    expect(all.health().retryAt).toBe(all.clock.wall() - 10 + hour);
  });

  test('is not cut short by many keys in a row, but for one request each', async () => {
    const all = failing(() => faults.busy(hour));
    await all.clock.advance(60_000);
    for (let presses = 0; presses < 10; presses++) all.poller.refreshAll();
    expect(await all.during(60_000)).toHaveLength(1);
  });
});
