import { describe, expect, it } from 'vitest';
import { calibrate, isRight, type Said } from '../../bench/pacing/calibration.ts';
import { servers } from '../../bench/pacing/server.ts';
import { traces } from '../../bench/pacing/traces.ts';

const all = traces
  .flatMap(({ draws, ...trace }) =>
    servers.map(server => ({
      name: trace.name,
      said: calibrate({ ...trace, draws: draws.slice(0, 1) }, server).said,
    })),
  )
  .filter(({ said }) => said.length > 0);
const shareOf = (said: readonly Said[]) => said.filter(isRight).length / said.length;
const abouts = all.map(({ name, said }) => ({ name, said: said.filter(({ about }) => about) }));

describe('what the header says of the time left, after a quarter of the batch has ended', () => {
  it('is within a third of the truth in 8 of 10 cases where it says about', () => {
    expect(shareOf(abouts.flatMap(({ said }) => said))).toBeGreaterThan(0.88);
    // In each trace where it says so often enough to count.
    for (const { name, said } of abouts) {
      if (said.length >= 160) expect([name, shareOf(said) > 0.8]).toEqual([name, true]);
    }
  });

  it('says about often enough for batches of forty, and otherwise that it is a guess', () => {
    for (const [index, { name, said }] of all.entries()) {
      if (!name.includes('40 together')) continue;
      expect([name, (abouts[index]?.said.length ?? 0) / said.length > 0.5]).toEqual([name, true]);
    }
    const guesses = all.flatMap(({ said }) => said.filter(({ about }) => !about));
    expect(guesses.length).toBeGreaterThan(1000);
    expect(shareOf(guesses)).toBeLessThan(0.8);
  });

  it('is never 0, and nothing of what is not open', () => {
    expect(all.every(({ said }) => said.every(each => each.said > 0 && each.truth > 0))).toBe(true);
    expect(all.some(({ name }) => name.includes('one task'))).toBe(false);
  });
});
