import type { Clock } from './clock.ts';

/** The most ids in one request: what the vendor's own tools recommend for the tasks dialect; new-api names no limit. */
export const batchLimit = 50;

/** Sizes that a batch is divided into: where a source takes no more than a round number of ids, it is found in few steps. */
const sizes = [batchLimit, 20, 10, 5, 2, 1] as const;

/** Milliseconds without a failure after which a larger batch is tried again. */
const quietTime = 600_000;

/** The largest of the sizes that is smaller than `size`, at least 1. */
export const sizeBelow = (size: number): number => sizes.find(each => each < size) ?? 1;

/** Some ids in groups of at most `size`. */
export const inGroups = (ids: readonly string[], size: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => ids.slice(index * size, (index + 1) * size));

/** How many ids a source answers at a time: what works is remembered, and more is tried after ten quiet minutes. */
export class BatchSize {
  readonly #clock: Clock;
  #works: number = batchLimit;
  #quietSince = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Ids that the next batch may hold. */
  get limit(): number {
    const isQuiet = this.#clock.monotonic() - this.#quietSince >= quietTime;
    return isQuiet ? this.#larger() : this.#works;
  }

  /** Ids that were answered in one batch; 50 as long as nothing was found to be too many. */
  get works(): number {
    return this.#works;
  }

  answered(size: number): void {
    if (size <= this.#works) return;
    this.#works = this.#larger();
    this.#quietSince = this.#clock.monotonic();
  }

  failed(): void {
    this.#quietSince = this.#clock.monotonic();
  }

  /** More than `size` ids at a time are not answered. */
  restrict(size: number): void {
    this.#works = Math.min(this.#works, sizes.find(each => each <= size) ?? 1);
    this.#quietSince = this.#clock.monotonic();
  }

  #larger(): number {
    return sizes.findLast(each => each > this.#works) ?? batchLimit;
  }
}
