import type { ListedTask } from '../api/listing.ts';
import { isFinal, type Snapshot } from '../task/task.ts';

/** Milliseconds after which a task that is still open is none that anybody waits for: new-api gives up after 24 hours, too. */
const oldest = 24 * 3_600_000;

type Known = {
  /** Whether the task is or was on the list, or was in a listing before. */
  readonly isSeen: (id: string) => boolean;
  /** When the program began to look, by the vendor's clock, milliseconds since 1970. */
  readonly since: number;
  /** No task that has ended is submitted after this, milliseconds since 1970: its time is wrong. null: that is not known. */
  readonly latest?: number | null;
  /** By the times of the rows, the newest task that there was then. null: that is not known. */
  readonly newestBefore?: number | null;
};

/**
 * The tasks of a listing that belong on the list: those submitted since the program began to look, and older ones that are
 * still open. One that was seen before is not among them: somebody may have taken it off the list.
 */
export function freshTasks(
  tasks: readonly ListedTask[],
  { isSeen, since, latest = null, newestBefore = null }: Known,
): readonly Snapshot[] {
  const ids = new Set<string>();
  return tasks
    .map(({ snapshot }) => snapshot)
    .filter(({ id, status, submittedAt }) => {
      if (isSeen(id) || ids.has(id)) return false;
      ids.add(id);
      if (submittedAt === null) return !isFinal(status);
      if (newestBefore !== null && submittedAt > newestBefore) return true;
      if (!isFinal(status)) return submittedAt >= since - oldest;
      return submittedAt >= since && (latest === null || submittedAt <= latest);
    });
}

/** Ids that were seen, at most so many: the oldest are forgotten first. */
export class SeenIds {
  readonly #ids = new Set<string>();
  readonly #most: number;

  constructor(most = 20_000) {
    this.#most = most;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.delete(id);
    this.#ids.add(id);
    const [first] = this.#ids;
    if (this.#ids.size > this.#most && first !== undefined) this.#ids.delete(first);
  }
}
