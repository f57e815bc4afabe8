import { describe, expect, it } from 'vitest';
import { runBundled, watchingFlags } from './run-bundled.ts';

type Day = {
  readonly heaps: readonly number[];
  readonly requests: number;
  readonly renders: number;
  readonly mostInFlight: number;
  readonly timers: number;
};

const long = process.env.CLIPTOP_SOAK === '1';
/** Milliseconds between polls, tasks, polls of the warm-up, heap samples per hour. */
const settings = long ? [5_000, 36, 1_000, 6] : [120_000, 12, 300, 2];
/** Hours on each side of the comparison: enough that a cache which drops half of its entries does so on both sides. */
const hours = long ? 1 : 11;

describe('24 simulated hours with changes in every poll', { timeout: 600_000 }, () => {
  it('end with the heap of the second hour, a request and a frame for each poll, and no timer', async () => {
    const day = (await runBundled('test/soak/day.ts', settings.map(String), watchingFlags)) as Day;
    const second = Math.min(...day.heaps.slice(1, 1 + hours));
    const last = Math.min(...day.heaps.slice(-hours));
    expect(last / second).toBeLessThanOrEqual(1.05);
    const polls = (24 * 3_600_000) / (settings[0] ?? 1) + (settings[2] ?? 0);
    expect(Math.abs(day.requests - polls)).toBeLessThanOrEqual(1);
    expect(Math.abs(day.renders - day.requests)).toBeLessThanOrEqual(2);
    expect(day.mostInFlight).toBe(1);
    expect(day.timers).toBe(0);
  });
});
