import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noDurations, seenTable, survivalTable, withDuration } from '../../source/task/durations.ts';

type Durations = typeof noDurations;

const learned = (seen: readonly number[]): Durations => seen.reduce(withDuration, noDurations);

/** The share that takes longer than `age` milliseconds. */
const survival = (durations: Durations, age: number): number => survivalTable(durations)?.[age / 1000] ?? Number.NaN;

const anyDurations = fc.array(fc.double({ min: 1, max: 86_400_000, noNaN: true }), { maxLength: 200 }).map(learned);

describe('durations', () => {
  it('give a share between 0 and 1 that never rises with the age', () => {
    fc.assert(
      fc.property(anyDurations, durations => {
        const table = survivalTable(durations) ?? new Float64Array();
        for (const [index, share] of table.entries()) {
          if (share > 0 && share <= Math.min(1, table[index - 1] ?? 1) + 1e-12) continue;
          throw new Error(`${share} after ${table[index - 1] ?? 1} at ${index} s`);
        }
      }),
    );
  });

  it('put the drop where the durations were', () => {
    const durations = learned(Array.from({ length: 20 }, () => 60_000));
    expect(survival(durations, 50_000)).toBeGreaterThan(0.95);
    expect(survival(durations, 75_000)).toBeLessThan(0.05);
  });

  it('bridge the gaps between many that differ, and stay near to many that do not', () => {
    const gap = learned(
      Array.from({ length: 60 }, (_, index) => 1000 * (index % 2 === 0 ? 40 + index / 4 : 80 + index / 4)),
    );
    expect(survival(gap, 62_000) - survival(gap, 66_000)).toBeGreaterThan(0.01);
    const same = learned(Array.from({ length: 60 }, () => 60_000));
    expect(survival(same, 56_000)).toBeGreaterThan(0.97);
  });

  it('seen alone end at the longest, but for its neighbourhood', () => {
    const many = learned(Array.from({ length: 120 }, (_, index) => 30_000 + 500 * index));
    expect(seenTable(many)?.[94]).toBe(0);
    expect(survival(many, 94_000)).toBeGreaterThan(0);
  });

  it('forget slowly: the latest count most', () => {
    const faster = learned([...Array.from({ length: 60 }, () => 60_000), ...Array.from({ length: 60 }, () => 20_000)]);
    expect(survival(faster, 40_000)).toBeLessThan(0.3);
  });

  it('take in no time that cannot be one', () => {
    for (const time of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 86_400_001]) {
      expect(withDuration(noDurations, time)).toBe(noDurations);
    }
  });

  it('say nothing from one or two', () => {
    expect(survivalTable(learned([30_000, 31_000]))).toBeNull();
    expect(survivalTable(learned([30_000, 31_000, 32_000]))).not.toBeNull();
  });
});
