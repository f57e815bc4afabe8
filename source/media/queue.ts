/** A file that waits, and what decides when it is its turn. */
export type Waiting = {
  readonly host: string;
  /** When it may be tried (again), milliseconds by the clock of `now`. */
  readonly dueAt: number;
};

type NextFile<T> = { readonly kind: 'start'; readonly file: T } | { readonly kind: 'wait'; readonly until: number };

/** Files fetched at a time. */
const maxActive = 3;

/**
 * Which file to fetch next: of those that are due, the first whose host is the least busy. `until` is infinite when
 * nothing can start before another has ended.
 */
export function nextFile<T extends Waiting>(
  waiting: readonly T[],
  activeHosts: readonly string[],
  now: number,
): NextFile<T> {
  if (activeHosts.length >= maxActive) return { kind: 'wait', until: Number.POSITIVE_INFINITY };
  const busy = new Map<string, number>();
  for (const host of activeHosts) busy.set(host, (busy.get(host) ?? 0) + 1);
  let best: T | undefined;
  let until = Number.POSITIVE_INFINITY;
  for (const file of waiting) {
    if (file.dueAt > now) until = Math.min(until, file.dueAt);
    else if (best === undefined || (busy.get(file.host) ?? 0) < (busy.get(best.host) ?? 0)) best = file;
  }
  return best === undefined ? { kind: 'wait', until } : { kind: 'start', file: best };
}

/** Attempts after which a host that fails is given up for this file. */
export const maxAttempts = 6;

/**
 * Milliseconds until the next attempt after the nth failure in a row (from 1): 1, 2, 4, 8 s and then 10 to 15 s, as for
 * polling, or what the host asked for. null: no further attempt.
 */
export function attemptDelay(attempt: number, retryAfter: number | null, random: () => number): number | null {
  if (attempt >= maxAttempts) return null;
  if (retryAfter !== null) return Math.max(retryAfter, 1000) + random() * 1000;
  return attempt <= 4 ? 1000 * 2 ** (attempt - 1) + random() * 500 : 10_000 + random() * 5000;
}
