/** All durations here are milliseconds. */
const shortest = 5_000;
const longest = 30_000;
/** Before the first answer nothing is known; doubled with each timeout, so that a slow API is waited for at the third try. */
const first = 10_000;
const factor = 10;

/**
 * How long to wait for an answer: ten times the median of the latencies seen, 5 to 30 s, and 10 s before the first answer.
 * `timeouts` in a row double it each, up to 30 s: an API that has become slow is not given up on for ever.
 */
export function timeLimit(latencies: readonly number[], timeouts: number): number {
  const usual = median(latencies);
  const limit = usual === null ? first : Math.max(shortest, factor * usual);
  return Math.min(longest, limit * 2 ** Math.min(timeouts, 10));
}

/** The middle of the numbers; null when there are none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
