import { nextTick } from './schedule.ts';

/** What decides how long a round takes; durations in milliseconds. */
export type RoundFacts = {
  /** Requests that the source needs for all of its open tasks. */
  readonly batches: number;
  /** Requests to the host meanwhile, those of other sources included. */
  readonly turns: number;
  /** The least time between the starts of two of them. */
  readonly gap: number;
  /** The source's usual one: its own requests follow one another. */
  readonly latency: number;
  readonly interval: number;
};

/** How often each of many tasks is asked about, in milliseconds. */
export function roundTime({ batches, turns, gap, latency, interval }: RoundFacts): number {
  // A single batch waits for the next beat of the interval when its answer took longer than one.
  if (batches <= 1) return nextTick(0, Math.max(latency, turns * gap), interval);
  return Math.max(interval, turns * gap, batches * latency);
}
