import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultTargetDelay, paceOf, requestPrice } from '../../source/poll/pacing.ts';
import { noUpdates, type UpdateTimes } from '../../source/poll/update-phase.ts';
import { noDurations, survivalTable, withDuration } from '../../source/task/durations.ts';

type PacedTask = Parameters<typeof paceOf>[0][number];

const tableOf = (seen: readonly number[]) => survivalTable(seen.reduce(withDuration, noDurations));
/** 40 to 60 seconds. */
const minute = tableOf(Array.from({ length: 40 }, (_, index) => 40_000 + 500 * index));

const waitOf = (open: readonly PacedTask[], now: number, updates: UpdateTimes = noUpdates) =>
  paceOf(open, { now, price: requestPrice(open, defaultTargetDelay), updates });

const task = (submittedAt: number, survival = minute): PacedTask => ({ submittedAt, survival });

const anyTime = fc.oneof(
  fc.double({ min: -1e15, max: 1e15, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
);

describe('the pace', () => {
  it('is 5 seconds while nothing is known about one of the open tasks', () => {
    expect(waitOf([task(0), task(0, null)], 45_000)).toEqual({ wait: 5000, reason: 'unknown' });
  });

  it('is slow where nothing can end yet, and quick where an end is likely', () => {
    expect(waitOf([task(0)], 1000).wait).toBeGreaterThanOrEqual(10_000);
    expect(waitOf([task(0)], 48_000).wait).toBeLessThanOrEqual(6000);
  });

  it('is quicker the more tasks are likely to end', () => {
    const many = Array.from({ length: 40 }, () => task(0));
    const price = requestPrice([task(0)], defaultTargetDelay);
    const [one, all] = [[task(0)], many].map(open => paceOf(open, { now: 42_000, price, updates: noUpdates }).wait);
    expect(all).toBeLessThan(one ?? 0);
  });

  it('stays between 1 and 15 seconds, whatever the times say', () => {
    const anyTask = fc.record({ submittedAt: anyTime, survival: fc.constantFrom(minute, tableOf([1, 1, 1]), null) });
    const anySeen = fc.array(fc.record({ stamp: anyTime, after: anyTime, before: anyTime }), { maxLength: 10 });
    fc.assert(
      fc.property(fc.array(anyTask, { maxLength: 20 }), anyTime, anySeen, anyTime, (open, now, seen, lastAsked) => {
        const { wait } = waitOf(open, now, { seen, lastAsked, silent: true });
        expect(wait).toBeGreaterThanOrEqual(1000);
        expect(wait).toBeLessThanOrEqual(15_000);
      }),
      { numRuns: 60 },
    );
  });

  it('costs little for thousands of tasks: some stand for their neighbours', () => {
    const open = Array.from({ length: 10_000 }, (_, index) => task(-index * 1000));
    const before = performance.now();
    waitOf(open, 5000);
    const started = performance.now();
    waitOf(open.slice(0, 200), 5000);
    const some = performance.now() - started;
    expect(started - before).toBeLessThan(20 * some + 20);
  });
});
