import { describe, expect, it } from 'vitest';
import { filesLeft, type Running } from '../../source/media/time-left.ts';

const megabyte = 1_000_000;

/** A file whose attempt began at 0, and which was looked at 5 s ago. */
const fetched = (now: number, speed: number, { total = megabyte, lately = speed, from = 0 } = {}): Running => ({
  begun: { at: 0, bytes: from },
  before: { at: now - 5000, bytes: from + ((now - 5000) * speed) / 1000 },
  bytes: from + ((now - 5000) * speed) / 1000 + 5 * lately,
  total,
});

describe('how long downloads still take', () => {
  it('is said with "about" when a quarter has come at a steady pace', () => {
    expect(filesLeft([fetched(10_000, 50_000)], 0, 10_000)).toEqual({ left: 10_000, guess: false });
  });

  it('is a guess before that, at a changing pace, and while others wait whose size nobody knows', () => {
    expect(filesLeft([fetched(10_000, 10_000)], 0, 10_000)).toEqual({ left: 90_000, guess: true });
    expect(filesLeft([fetched(10_000, 50_000, { lately: 25_000 })], 0, 10_000)).toMatchObject({ guess: true });
    expect(filesLeft([fetched(10_000, 50_000)], 2, 10_000)).toEqual({ left: 50_000, guess: true });
  });

  it('is not said in the first seconds, and never of a byte a second', () => {
    expect(filesLeft([fetched(4000, 100_000)], 0, 4000)).toBeNull();
    for (const now of [5000, 30_000, 3_600_000]) expect(filesLeft([fetched(now, 1)], 0, now)).toBeNull();
    // However fast the others are.
    expect(filesLeft([fetched(10_000, 50_000), fetched(10_000, 1)], 0, 10_000)).toBeNull();
  });

  it('is not said when the host has begun to dawdle, or of a file whose size nobody knows', () => {
    expect(filesLeft([fetched(20_000, 40_000, { lately: 1 })], 0, 20_000)).toBeNull();
    expect(filesLeft([fetched(20_000, 40_000, { lately: 0 })], 0, 20_000)).toBeNull();
    expect(filesLeft([{ ...fetched(10_000, 50_000), total: null }], 0, 10_000)).toBeNull();
    expect(filesLeft([], 3, 10_000)).toBeNull();
  });

  it('is that of the slowest where that takes longer than its share', () => {
    const files = [fetched(10_000, 500_000, { total: 10 * megabyte }), fetched(10_000, 30_000)];
    expect(filesLeft(files, 0, 10_000)?.left).toBeCloseTo(700_000 / 30, 0);
  });

  it('goes by what has come in this attempt, not by what an earlier one left', () => {
    const from = 900_000;
    expect(filesLeft([fetched(10_000, 1, { from })], 0, 10_000)).toBeNull();
    expect(filesLeft([fetched(10_000, 5000, { from })], 0, 10_000)).toEqual({ left: 10_000, guess: false });
  });

  it('takes a file that has just begun, and those that wait, for as large as the others where nobody says', () => {
    const fresh = { begun: { at: 9000, bytes: 0 }, before: { at: 9000, bytes: 0 }, bytes: 0, total: null };
    expect(filesLeft([fetched(10_000, 50_000), fresh], 0, 10_000)).toEqual({ left: 30_000, guess: true });
  });
});
