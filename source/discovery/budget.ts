/** All durations here are milliseconds. */
const minute = 60_000;

/** How often an account is listed while none of its tasks is open, and the least time between two listings. */
export const quietInterval = minute;
const leastInterval = 5000;
/** Requests about tasks for each listing while some are open: it is one in four. */
export const pollsPerListing = 3;

/** The longest that listings rest after failures in a row. */
const longestRest = 15 * minute;

type Load = {
  /** Whether tasks of the source are being asked about. */
  readonly open: boolean;
  /** When the last listing was sent, monotonic; negative infinity: none was. */
  readonly listedAt: number;
  /** Requests about tasks since then. */
  readonly polls: number;
  /** How many services of the provider are looked at: they share one listing a minute. */
  readonly services: number;
};

/**
 * When the next listing may be sent, monotonic milliseconds; infinite: not before another request about tasks. The first one
 * goes out at once.
 */
export function nextListingAt({ open, listedAt, polls, services }: Load): number {
  if (!open || listedAt === Number.NEGATIVE_INFINITY) return listedAt + quietInterval * services;
  return polls < pollsPerListing ? Number.POSITIVE_INFINITY : listedAt + leastInterval;
}

/** How long listings rest after their nth failure in a row, from 1. */
export const restAfter = (failures: number): number => Math.min(minute * 2 ** (failures - 1), longestRest);

/** How long one that a person waits for rests: 1, 2, 4 … seconds, up to a minute. */
export const shortRestAfter = (failures: number): number => Math.min(1000 * 2 ** (failures - 1), minute);

/** Requests that are saved up at most: two listings may follow one another. */
const mostSaved = 2 * pollsPerListing;

/**
 * What the listings of a provider's services share: while tasks of any of them are open, all listings together are one in
 * four requests. Who has waited longest goes first.
 */
export class SharedBudget {
  readonly #open = new Set<object>();
  readonly #waiting = new Set<object>();
  #saved = 0;

  /** A request about tasks of one of the services is sent. */
  polled(): void {
    this.#saved = Math.min(mostSaved, this.#saved + 1);
  }

  /** One of them is listed. */
  listed(lister: object): void {
    this.#waiting.delete(lister);
    if (this.#open.size > 0) this.#saved = Math.max(0, this.#saved - pollsPerListing);
  }

  /** Whether tasks of one of the services are being asked about. */
  tell(lister: object, open: boolean): void {
    if (open) this.#open.add(lister);
    else this.#open.delete(lister);
  }

  /** When one may be listed that wants it at `at`; infinite: not before another request. Times are monotonic milliseconds. */
  allow(lister: object, at: number, now: number): number {
    if (at > now || this.#open.size === 0) {
      this.#waiting.delete(lister);
      return at;
    }
    this.#waiting.add(lister);
    const before = [...this.#waiting].indexOf(lister);
    // One that waits for something else as well holds up the others only so long.
    const needed = Math.min(mostSaved, pollsPerListing * (1 + before));
    return this.#saved >= needed ? at : Number.POSITIVE_INFINITY;
  }
}
