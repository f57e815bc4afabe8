import { minInterval, nextTick } from './schedule.ts';
import { pacingLimits } from './pacing.ts';

/** How often the tasks of a source are asked about that are not asked about less often than the others. */
export type Beats = {
  /** Milliseconds from one round to the next, as things are. */
  readonly interval: () => number;
  /** Each wait is decided anew, and counts from the request before; else rounds begin at multiples of the interval. */
  readonly learned: () => boolean;
};

/** The share of an interval by which a round may begin late and still belong to the beat before. */
const tolerance = 0.25;

/**
 * When the round began that `now` belongs to, in monotonic milliseconds. Rounds begin at multiples of the interval, the
 * beats, also when one is a little late: sources that were started together are then asked together, and the screen changes
 * once in an interval. After a pause or a failure the beats are counted anew, so that no round follows another at once.
 */
export function roundStart(start: number, now: number, interval: number): number {
  const rounds = Math.floor((now - start) / interval + 1e-9);
  if (rounds < 1) return start;
  const beat = start + rounds * interval;
  return now - beat <= tolerance * interval ? beat : now;
}

/**
 * When to ask again `delay` after `start`, where waits are learned. A reply that took longer than the wait is not followed by
 * the next request at once, but by one that is not later than with a request every 15 seconds.
 */
export const dueAfterWait = (start: number, delay: number, now: number): number =>
  Math.max(start + delay, Math.min(now + minInterval, nextTick(start, now - start + 1, pacingLimits.max)));
