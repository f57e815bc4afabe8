import type { ListedTask, Listing, ListingQuery } from '../api/listing.ts';
import type { Snapshot } from '../task/task.ts';
import { freshTasks, SeenIds } from './fresh.ts';

/** Rows asked for by a look for new tasks, and how many more pages follow while they are full of new ones, or in no order. */
const lookSize = 50;
const morePages = 20;
/** Milliseconds by which a look goes back behind the newest task that it knows: tasks may become visible late. */
const overlap = 600_000;
/** One look in so many is for any time: the vendor's times may be wrong. */
const anyTimeEvery = 10;
/** Milliseconds before the start that still count as after it, after now as now, and by which rows may be out of order. */
const grace = 60_000;

/** What the looks for new tasks have seen of a listing: what to ask next, and which rows are new. */
export class Horizon {
  readonly #seen = new SeenIds();
  #looks = 0;
  #offset = 0;
  #from: number | null = null;
  /** By the vendor's clock, milliseconds since 1970: when the first look was, less the grace. */
  #since: number | null = null;
  /** By the times of the rows: the newest task seen, and the newest that there was at the first look, where that is known. */
  #newest: number | null = null;
  #newestBefore: number | null = null;

  /** What to ask next. A page that is not the first belongs to the same question as those before it. */
  get next(): ListingQuery {
    const anyTime = this.#newest === null || this.#looks % anyTimeEvery === 0;
    if (this.#offset === 0) this.#from = anyTime ? null : (this.#newest ?? 0) - overlap;
    return { limit: lookSize, offset: this.#offset, from: this.#from };
  }

  /** Whether an answer says that there are no tasks at all. */
  isNothing({ rows }: Listing): boolean {
    return rows === 0 && this.#newest === null && this.#offset === 0;
  }

  hasSeen(id: string): boolean {
    return this.#seen.has(id);
  }

  /** Takes in a page; the new tasks in it. `now`: the vendor's clock. */
  take(listing: Listing, now: number, isKnown: (id: string) => boolean): readonly Snapshot[] {
    const { tasks, rows, total } = listing;
    const isFirst = this.#looks++ === 0;
    this.#since ??= now - grace;
    const isSeen = (id: string) => this.#seen.has(id) || isKnown(id);
    const unseen = tasks.filter(({ snapshot }) => !isSeen(snapshot.id)).length;
    const latest = isFirst || this.#newestBefore !== null ? now + grace : null;
    const fresh = freshTasks(tasks, { isSeen, since: this.#since, latest, newestBefore: this.#newestBefore });
    const order = orderOf(tasks);
    const isWhole = total !== null && this.#offset + rows >= total;
    for (const { snapshot } of tasks) {
      this.#seen.add(snapshot.id);
      const time = snapshot.submittedAt;
      if (time === null) continue;
      // Where the first page has the newest, whatever comes behind it in time has been submitted since, however it is dated.
      if (isFirst && (order === 'newest first' || isWhole))
        this.#newestBefore = Math.max(this.#newestBefore ?? 0, time);
      // A time to come would hide whatever is submitted before it.
      if (time <= now + grace) this.#newest = Math.max(this.#newest ?? 0, time);
    }
    const isFull = rows >= lookSize && unseen === tasks.length && fresh.length > 0;
    const isUnordered = order === 'oldest first' || order === 'none';
    const hasMore = total === null ? rows >= lookSize : rows > 0 && !isWhole;
    if (order === 'oldest first' && total !== null && this.#offset === 0 && !isWhole) {
      this.#offset = Math.max(rows, total - lookSize);
    } else {
      const goesOn = (isFull || (isUnordered && hasMore)) && this.#offset < lookSize * morePages;
      this.#offset = goesOn ? this.#offset + rows : 0;
    }
    return fresh;
  }
}

/** The order of a page by the times of its rows; null where they do not say. */
function orderOf(tasks: readonly ListedTask[]): 'newest first' | 'oldest first' | 'none' | null {
  const times = tasks.flatMap(({ snapshot }) => snapshot.submittedAt ?? []);
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const isRising = steps.some(step => step > grace);
  const isFalling = steps.some(step => step < -grace);
  if (isRising) return isFalling ? 'none' : 'oldest first';
  if (isFalling) return 'newest first';
  const [first = 0, last = first] = [times[0], times.at(-1)];
  return first > last ? 'newest first' : null;
}
