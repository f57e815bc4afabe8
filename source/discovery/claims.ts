import { quietInterval } from './budget.ts';
import { SeenIds } from './fresh.ts';

/** Ids that wait at most, and that go into one request. */
const mostWaiting = 200;
const batchSize = 50;

/**
 * Ids that somebody says to be tasks, in a callback that anybody can have sent. Each is asked about once. A check that finds
 * nothing takes the place of a look for new tasks, and the next one waits until there was a look.
 */
export class Claims {
  readonly #waiting = new Set<string>();
  readonly #checked = new SeenIds(2000);
  #mayCheck = true;
  #checkedAt = Number.NEGATIVE_INFINITY;

  add(id: string): void {
    if (!this.#checked.has(id) && this.#waiting.size < mostWaiting) this.#waiting.add(id);
  }

  /** When they may be asked about, monotonic milliseconds. `looks`: new tasks are looked for as well. */
  nextAt(looks: boolean): number {
    if (this.#waiting.size === 0) return Number.POSITIVE_INFINITY;
    if (this.#mayCheck) return Number.NEGATIVE_INFINITY;
    return looks ? Number.POSITIVE_INFINITY : this.#checkedAt + quietInterval;
  }

  /** The ids to ask about at `now`; they are not waiting any more. */
  take(now: number): readonly string[] {
    const ids = [...this.#waiting].slice(0, batchSize);
    for (const id of ids) {
      this.#waiting.delete(id);
      this.#checked.add(id);
    }
    this.#checkedAt = now;
    this.#mayCheck = false;
    return ids;
  }

  /** There was a look, or the check proved true: each task is spoken of for the first time only once. */
  allow(): void {
    this.#mayCheck = true;
  }
}
