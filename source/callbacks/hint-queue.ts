import { RateLimit } from './rate-limit.ts';

type HintQueueOptions = {
  /** Milliseconds between two requests about the tasks of a source. */
  readonly interval: number;
  /** A clock that never jumps, milliseconds. */
  readonly now: () => number;
};

/** Ids that go into one request, and that wait at most. */
const batchSize = 50;
const maxWaiting = 1000;
/** Requests for hints at once, and the share of the polling that they may take: polling goes on at a quarter of its pace. */
const burst = 2;
const share = 3 / 4;

/**
 * The tasks of one source that calls were about and that are to be asked about now. What that costs stays within what
 * polling saves meanwhile; a hint that proved true costs nothing, and each task ends only once.
 */
export class HintQueue {
  readonly #waiting = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #limit: RateLimit;

  constructor({ interval, now }: HintQueueOptions) {
    this.#limit = new RateLimit({ burst, interval: interval / share, now });
  }

  add(id: string): void {
    if (this.#waiting.size < maxWaiting) this.#waiting.add(id);
  }

  /** The ids to ask about now; they are not waiting any more. */
  take(): readonly string[] {
    if (this.#waiting.size === 0 || !this.#limit.take()) return [];
    const ids = [...this.#waiting].slice(0, batchSize);
    for (const id of ids) {
      this.#waiting.delete(id);
      this.#asked.add(id);
    }
    return ids;
  }

  /** Milliseconds until `take` gives something; null: nothing waits. */
  get wait(): number | null {
    return this.#waiting.size === 0 ? null : this.#limit.wait;
  }

  /** A task has ended: if it was asked about because of a hint, that was a true one. */
  ended(id: string): void {
    this.#waiting.delete(id);
    if (this.#asked.delete(id)) this.#limit.giveBack();
  }
}
