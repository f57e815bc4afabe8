import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earnedAfter, noAllowance, spend } from '../../source/poll/allowance.ts';

/** Requests as often as is allowed, but no sooner than after the wanted waits; the moments of them. */
function ask(wanted: readonly number[]): readonly number[] {
  let allowance = noAllowance;
  let now = 0;
  return wanted.map(wait => {
    allowance = spend(allowance, now);
    const asked = now;
    now += Math.max(wait, earnedAfter(allowance));
    return asked;
  });
}

describe('the allowance of requests', () => {
  it('comes to no more than every 5 s does, whatever is wanted', () => {
    const waits = fc.array(fc.integer({ min: 1000, max: 15_000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(waits, wanted => {
        for (const [index, at] of ask(wanted).entries()) expect(index).toBeLessThanOrEqual(3 + at / 5000);
      }),
    );
  });

  it('lets be spent what was saved, up to two minutes of it', () => {
    const moments = ask([...Array<number>(20).fill(15_000), ...Array<number>(40).fill(1000)]).slice(20);
    const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
    const quick = gaps.filter(gap => gap < 2000).length;
    expect(quick).toBeGreaterThanOrEqual(24);
    expect(quick).toBeLessThanOrEqual(31);
    expect(gaps.at(-1)).toBe(5000);
  });

  it('makes nobody wait longer than 5 s', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100_000 })), steps => {
        let allowance = noAllowance;
        let now = 0;
        for (const step of steps) allowance = spend(allowance, (now += step));
        expect(earnedAfter(allowance)).toBeGreaterThanOrEqual(0);
        expect(earnedAfter(allowance)).toBeLessThanOrEqual(5000);
      }),
    );
  });
});
