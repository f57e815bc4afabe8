import type { ListedTask, Listing, ListingQuery } from '../api/listing.ts';
import type { Snapshot } from '../task/task.ts';

/** The newest so many tasks, or those of the last so many milliseconds. */
export type Wanted =
  { readonly kind: 'newest'; readonly count: number } | { readonly kind: 'since'; readonly duration: number };

/** What a walk came to. */
export type WalkResult = {
  /** The newest first. */
  readonly tasks: readonly Snapshot[];
  /** Tasks of more than one owner came: nobody can tell whose are whose. */
  readonly strangers: boolean;
  /** There may be more: the listing did not end within the requests of one walk, or began anew. */
  readonly cut: boolean;
};

/** Rows asked for at once: the most that the vendor's own tools recommend for a batch. */
const pageSize = 50;
/** Requests of one walk. */
const maxRequests = 20;
/** Pages in a row that have to be in order before the order is believed, where there is nothing else to go by. */
const orderedPages = 2;
/** Milliseconds: the times of a question are whole seconds. */
const rounding = 1000;

type WalkOptions = {
  readonly wanted: Wanted;
  /** Our clock, milliseconds since 1970. */
  readonly now: number;
  /** Tasks that do not count among the newest, such as those that are on the list already. */
  readonly isExcluded?: (id: string) => boolean;
};

/**
 * Reads a listing page by page until the wanted tasks are known, whatever its order: the newest first is usual and not
 * promised. For the newest so many, the first page gives a time that so many tasks are not older than, and all tasks since
 * that time are read: whichever are the newest are among them. Where the API ignores times, pages are read as long as they
 * bring new ids, or until two of them in a row were in order.
 */
export class Walk {
  readonly #options: WalkOptions;
  readonly #found = new Map<string, ListedTask>();
  readonly #owners = new Set<string>();
  /** What came since the last page with offset 0. */
  readonly #pass = new Set<string>();
  #requests = 0;
  #offset = 0;
  /** The earliest time asked for; null: none. */
  #from: number | null = null;
  /** Tasks before it are not wanted. */
  #earliest: number | null = null;
  #honoursTimes = true;
  #inOrder = 0;
  #lastTime = Number.POSITIVE_INFINITY;
  #cut = false;
  #done = false;

  constructor(options: WalkOptions) {
    this.#options = options;
    const { wanted, now } = options;
    if (wanted.kind === 'since') this.#from = this.#earliest = now - wanted.duration;
  }

  /** What to ask next; null: the walk is over. */
  get next(): ListingQuery | null {
    return this.#done ? null : { limit: pageSize, offset: this.#offset, from: this.#from };
  }

  get result(): WalkResult {
    const { wanted } = this.#options;
    const all = this.#ranked();
    const tasks = wanted.kind === 'newest' ? all.slice(0, wanted.count) : all.filter(each => this.#isRecent(each));
    return { tasks, strangers: this.#owners.size > 1, cut: this.#cut };
  }

  take({ tasks, rows, total, serverTime }: Listing): void {
    const { wanted } = this.#options;
    this.#requests++;
    // By the first reply: the hours that are wanted do not move on while they are read.
    const isFirst = this.#requests === 1;
    if (isFirst && wanted.kind === 'since' && serverTime !== null && this.#correctFrom(serverTime - wanted.duration))
      return;
    const isNew = tasks.some(({ snapshot }) => !this.#pass.has(snapshot.id));
    for (const task of tasks) {
      this.#pass.add(task.snapshot.id);
      this.#found.set(task.snapshot.id, task);
      if (task.owner !== null) this.#owners.add(task.owner);
    }
    this.#judge(tasks);
    this.#offset += rows;
    const isEnd = rows === 0 || (total !== null && this.#offset >= total);
    // A page that was there before: `offset` is ignored, or rows have moved.
    const isRepeated = !isEnd && !isNew;
    if (this.#owners.size > 1) this.#done = true;
    else if (wanted.kind === 'newest' && this.#honoursTimes && this.#from === null) this.#afterFirst(isEnd, isRepeated);
    else if (isEnd || isRepeated || this.#isBelievable()) this.#end(isRepeated);
    if (!this.#done && this.#requests >= maxRequests) this.#end(true);
  }

  /** Once so many tasks are there, all that are not older than the last of them. */
  #afterFirst(isEnd: boolean, isRepeated: boolean): void {
    const { wanted } = this.#options;
    if (isEnd) {
      this.#end(false);
      return;
    }
    const last = wanted.kind === 'newest' ? this.#ranked()[wanted.count - 1]?.submittedAt : undefined;
    if (last === undefined || last === null) {
      if (isRepeated) this.#end(true);
      return;
    }
    this.#restart(Math.floor(last / rounding) * rounding);
  }

  /** From the first page on, of the tasks since that time. */
  #restart(from: number): void {
    this.#from = from;
    this.#offset = 0;
    this.#pass.clear();
    this.#inOrder = 0;
    this.#lastTime = Number.POSITIVE_INFINITY;
  }

  /** Our clock may be wrong: the vendor's counts. Whether the question was one for too late a time, and is asked again. */
  #correctFrom(from: number): boolean {
    const isTooLate = this.#from !== null && this.#from > from + rounding;
    this.#earliest = from;
    if (!isTooLate) return false;
    this.#restart(from);
    return true;
  }

  /** What a page says about the order, and about whether times are heeded. */
  #judge(tasks: readonly ListedTask[]): void {
    const times = tasks.flatMap(({ snapshot }) => snapshot.submittedAt ?? []);
    const from = this.#from;
    if (this.#honoursTimes && from !== null && times.some(time => time < from - rounding)) {
      this.#honoursTimes = false;
      // What was asked for since a time is what was asked for anyway.
      if (this.#options.wanted.kind === 'newest') this.#from = null;
    }
    let ordered = times.length === tasks.length && tasks.length > 0;
    for (const time of times) {
      ordered &&= time <= this.#lastTime;
      this.#lastTime = time;
    }
    this.#inOrder = ordered ? this.#inOrder + 1 : 0;
  }

  /** Where times are ignored: pages in order, down to tasks that are not wanted. */
  #isBelievable(): boolean {
    if (this.#honoursTimes || this.#inOrder < orderedPages) return false;
    const { wanted } = this.#options;
    return wanted.kind === 'newest'
      ? this.#ranked().length >= wanted.count
      : this.#earliest !== null && this.#lastTime < this.#earliest;
  }

  #end(cut: boolean): void {
    this.#done = true;
    this.#cut = cut;
  }

  /** The newest first; those without a time last. */
  #ranked(): readonly Snapshot[] {
    const { isExcluded = () => false } = this.#options;
    return [...this.#found.values()]
      .map(({ snapshot }) => snapshot)
      .filter(({ id }) => !isExcluded(id))
      .sort((one, other) => (other.submittedAt ?? 0) - (one.submittedAt ?? 0));
  }

  #isRecent({ submittedAt }: Snapshot): boolean {
    return this.#earliest !== null && submittedAt !== null && submittedAt >= this.#earliest;
  }
}
