import { describe, expect, it } from 'vitest';
import { calibrate, isRight, type Said } from '../../bench/pacing/calibration.ts';
import { servers } from '../../bench/pacing/server.ts';
import { traces } from '../../bench/pacing/traces.ts';

const all = traces
  .filter(({ together }) => together !== 1)
  .flatMap(trace =>
    servers.map(server => {
      const { said } = calibrate({ ...trace, draws: trace.draws.slice(0, 2) }, server);
      return { name: `${trace.name}, ${server.name}`, said, abouts: said.filter(({ about }) => about) };
    }),
  );
const shareOf = (said: readonly Said[]) => said.filter(isRight).length / said.length;

describe('what the header says of the time left, after a quarter of the batch has ended', () => {
  it.each(all)('is within a third of the truth in 8 of 10 cases where it says about: $name', ({ abouts }) => {
    // Where it cannot be known, it is not said.
    if (abouts.length > 0) expect(shareOf(abouts)).toBeGreaterThanOrEqual(0.8);
  });

  it('says about often enough for batches of forty, and otherwise that it is a guess', () => {
    for (const { name, said, abouts } of all) {
      if (!name.includes('40 together')) continue;
      expect([name, abouts.length / said.length > 0.3]).toEqual([name, true]);
    }
    const guesses = all.flatMap(({ said }) => said.filter(({ about }) => !about));
    expect(guesses.length).toBeGreaterThan(1000);
    expect(shareOf(guesses)).toBeLessThan(0.8);
  });

  it('is never 0, and nothing of what is not open', () => {
    expect(all.every(({ said }) => said.every(each => each.said > 0 && each.truth > 0))).toBe(true);
    const [one] = traces;
    const [server] = servers;
    if (one === undefined || server === undefined) throw new Error('no trace');
    expect(calibrate({ ...one, draws: one.draws.slice(0, 1) }, server).said).toEqual([]);
  });
});
