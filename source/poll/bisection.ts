/**
 * Finds the ids that spoil every batch they are in, by halves, so that the others go on. An id is blamed only when
 * others are answered meanwhile: as long as nothing is, it is the server that fails.
 */
export class Bisection {
  #parts: readonly (readonly string[])[] = [];
  #answered = false;
  /** In a row, without an answer in between. */
  #failures = 0;
  #failureLimit = initialFailureLimit;

  get active(): boolean {
    return this.#parts.length > 0;
  }

  /** Whether another part was answered since the search began: what fails now is a part, not the server. */
  get answered(): boolean {
    return this.#answered;
  }

  /** So much failed in a row that the server is at fault. One id at a time finds out whether it is back. */
  get givenUp(): boolean {
    return this.#failures > this.#failureLimit;
  }

  /** The parts still to be asked, without the ids that nobody watches any more. */
  pending(isWatched: (id: string) => boolean): readonly (readonly string[])[] {
    this.#parts = this.#parts
      .map(part => (part.every(isWatched) ? part : part.filter(isWatched)))
      .filter(part => part.length > 0);
    return this.#parts;
  }

  /** A batch, or a part of one, failed. True: it is a single id, and it is to blame. */
  fail(part: readonly string[]): boolean {
    this.#drop(part);
    this.#failures++;
    if (this.givenUp) {
      this.#parts = [];
      this.#answered = false;
    } else if (part.length > 1) {
      const middle = Math.ceil(part.length / 2);
      this.#parts = [...this.#parts, part.slice(0, middle), part.slice(middle)];
    } else if (this.#answered) {
      if (!this.active) this.#end();
      return true;
    } else if (this.active) {
      // Not to be told from a server that fails: asked again when the others have been.
      this.#parts = [...this.#parts, part];
    }
    return false;
  }

  /** A batch, or a part of one, was answered. */
  answer(part: readonly string[]): void {
    const searched = this.active;
    this.#drop(part);
    const isBack = this.givenUp;
    // Or it was never away, and many ids spoil their batches: the next search has more patience, and no rests.
    if (isBack) this.#failureLimit *= 4;
    else if (searched && this.#parts.length === 0) this.#end();
    this.#answered = this.active || isBack;
    this.#failures = 0;
  }

  /** What came back for a part decides nothing. */
  skip(part: readonly string[]): void {
    this.#drop(part);
  }

  #end(): void {
    this.#answered = false;
    this.#failures = 0;
    this.#failureLimit = initialFailureLimit;
  }

  #drop(part: readonly string[]): void {
    this.#parts = this.#parts.filter(other => other !== part);
  }
}

/** With a batch and both of its halves everything has failed twice: the third failure is one too many. */
const initialFailureLimit = 2;
