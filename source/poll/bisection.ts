import { BatchSize, batchLimit, inGroups, sizeBelow } from './batch-size.ts';
import type { Clock } from './clock.ts';

/**
 * What a failed batch means. `unsure`: perhaps the source answers nothing at all. `divided`: the source answers others, so
 * the batch is asked in parts. `blamed`: it is a single id, and the source answered another just before.
 */
type Verdict = 'unsure' | 'divided' | 'blamed';

/** Failures in a row during a search after which one id must show that the source still answers. */
const maxFailures = 3;

/**
 * Divides batches that fail, so that ids which make every batch fail are found and the others are answered. A failure
 * counts against a batch only when the source has just answered something else: as long as nothing is answered, it is the
 * source that fails, and one id at a time finds out whether it is back.
 */
export class Bisection {
  readonly #size: BatchSize;
  /** Batches that failed, and parts of them, still to be asked. */
  #parts: readonly (readonly string[])[] = [];
  #suspects: ReadonlySet<string> = new Set();
  /** Something was answered since the search began, or since a single id failed. */
  #answered = false;
  /** In a row, without an answer in between. */
  #failures = 0;
  /** Divided parts that hold no id which was found to be at fault: perhaps they are too large. */
  #unexplained: readonly (readonly string[])[] = [];
  #largestAnswered = 0;

  constructor(clock: Clock) {
    this.#size = new BatchSize(clock);
  }

  get active(): boolean {
    return this.#parts.length > 0;
  }

  /** Whether another batch was answered since the search began: what fails now is the batch, not the source. */
  get answered(): boolean {
    return this.active && this.#answered;
  }

  /** Nothing was answered since the last failures: the next request asks for one id. */
  get unsure(): boolean {
    if (!this.#answered) return this.#failures > 0;
    const isSingle = this.#parts[0]?.length === 1;
    return this.#failures >= (isSingle ? 1 : maxFailures);
  }

  /** Nothing is answered, neither the batch that failed nor the single id that was asked for afterwards. */
  get isOutage(): boolean {
    return !this.#answered && this.#failures > 1;
  }

  /** How many ids to put into a batch of the others. */
  get limit(): number {
    const lengths = this.#unexplained.map(({ length }) => length).toSorted((a, b) => b - a);
    // One part of a size may hold a bad id; where two of a size fail, the size itself is likely to be the cause.
    const repeated = lengths.findLast((length, index) => length === lengths[index - 1]);
    const tooMany = repeated ?? lengths[0];
    if (tooMany === undefined) return this.#size.limit;
    return Math.min(this.#size.limit, Math.max(sizeBelow(tooMany), this.#largestAnswered));
  }

  isSuspect(id: string): boolean {
    return this.#suspects.has(id);
  }

  /** The part to ask next, without the ids that nobody watches any more. */
  next(isWatched: (id: string) => boolean): readonly string[] | undefined {
    if (this.active && ![...this.#suspects].every(isWatched)) {
      this.#set(this.#parts.map(part => part.filter(isWatched)));
      this.#endWhenDone();
    }
    return this.#parts[0];
  }

  /** A batch, or a part of one, failed. `slow`: only after some seconds without an answer, so that fewer steps are worth it. */
  fail(ids: readonly string[], { slow = false } = {}): Verdict {
    const isProof = this.#answered && !this.unsure;
    const isTrial = this.#parts.length === 0 && ids.length > this.#size.works;
    this.#failures++;
    this.#size.failed();
    if (isTrial) {
      // More ids than are known to work: no surprise, and no sign that the source is down.
      this.#answered = true;
      this.#set(inGroups(ids, this.#size.works));
      return 'divided';
    }
    if (!isProof) {
      this.#answered = false;
      if (this.#parts.length === 0) this.#set([ids]);
      return 'unsure';
    }
    this.#remove(ids);
    const [only] = ids;
    if (ids.length === 1 && only !== undefined && this.#failures === 1) {
      this.#unexplained = this.#unexplained.filter(part => !part.includes(only));
      this.#endWhenDone();
      return 'blamed';
    }
    if (ids.length > 1) this.#unexplained = [...this.#unexplained, ids];
    const size = sizeBelow(ids.length);
    this.#set([...this.#parts, ...inGroups(ids, slow && size < sizeBelow(batchLimit) ? sizeBelow(size) : size)]);
    return 'divided';
  }

  /** A batch, or a part of one, was answered. */
  answer(ids: readonly string[]): void {
    this.#failures = 0;
    this.#size.answered(ids.length);
    if (!this.active) return;
    this.#answered = true;
    this.#largestAnswered = Math.max(this.#largestAnswered, ids.length);
    this.#remove(ids);
    this.#endWhenDone();
  }

  /** What came back for these decides nothing. */
  skip(ids: readonly string[]): void {
    if (!this.active) return;
    this.#remove(ids);
    this.#endWhenDone();
  }

  #endWhenDone(): void {
    if (this.active) return;
    // Every id of these was answered, but only in smaller batches.
    const isTooLarge = this.#unexplained.some(({ length }) => length > this.#largestAnswered);
    if (isTooLarge && this.#largestAnswered > 0) this.#size.restrict(this.#largestAnswered);
    this.#unexplained = [];
    this.#largestAnswered = 0;
    this.#answered = false;
    this.#failures = 0;
  }

  #remove(ids: readonly string[]): void {
    if (!ids.some(id => this.#suspects.has(id))) return;
    const gone = new Set(ids);
    this.#set(this.#parts.map(part => part.filter(id => !gone.has(id))));
  }

  #set(parts: readonly (readonly string[])[]): void {
    this.#parts = parts.filter(part => part.length > 0);
    this.#suspects = new Set(this.#parts.flat());
  }
}
