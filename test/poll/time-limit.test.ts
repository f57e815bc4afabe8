import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeLimit } from '../../source/poll/time-limit.ts';
import { faults } from './vendor.ts';
import { watching } from './watching.ts';

describe('the time limit of a request', () => {
  test.each([
    ['10 s before the first answer', [], 10_000],
    ['5 s where answers are fast', [40, 50, 60], 5_000],
    ['ten times the median', [700, 900, 20_000], 9_000],
    ['30 s at most', [4_000, 5_000, 6_000], 30_000],
  ])('is %s', (_, latencies, limit) => {
    expect(timeLimit(latencies, 0)).toBe(limit);
  });

  test('is doubled by each timeout in a row, up to 30 s', () => {
    expect([0, 1, 2, 3, 1_000].map(timeouts => timeLimit([100], timeouts))).toEqual([
      5_000, 10_000, 20_000, 30_000, 30_000,
    ]);
  });

  test('is 5 to 30 s, whatever was seen', () => {
    const latencies = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(latencies, fc.nat(100), (seen, timeouts) => {
        expect(timeLimit(seen, timeouts)).toBeGreaterThanOrEqual(5_000);
        expect(timeLimit(seen, timeouts)).toBeLessThanOrEqual(30_000);
      }),
    );
  });

  test('goes to the client with each request, and follows the answers', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.start();
    await all.clock.advance(1_000);
    all.vendor.fault = () => ({ latency: 800 });
    await all.clock.advance(10_000);
    all.vendor.fault = () => faults.timeout();
    await all.clock.advance(8_500);
    expect(all.vendor.asks.map(({ timeLimit: limit }) => limit)).toEqual([10_000, 5_000, 8_000, 8_000, 16_000, 30_000]);
  });

  test('is back at the usual one when answers are', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.vendor.fault = () => faults.timeout();
    all.start();
    await all.clock.advance(1_500);
    all.vendor.fault = () => undefined;
    await all.clock.advance(7_000);
    expect(all.vendor.asks.map(({ timeLimit: limit }) => limit)).toEqual([10_000, 20_000, 30_000, 5_000]);
  });
});
