/**
 * Finds the ids that spoil every batch they are in, so that the others go on. Without an answer for any part it is not
 * an id but the server that fails, and the search ends.
 */
export class Bisection {
  #parts: (readonly string[])[] = [];
  #answered = false;
  #failures = 0;

  /** Two levels of halves: if not one of six parts is answered, the fault is elsewhere. */
  static readonly patience = 6;

  get active(): boolean {
    return this.#parts.length > 0;
  }

  /** Whether some part was answered since the search began. */
  get answered(): boolean {
    return this.#answered;
  }

  /** The parts still to be asked, without the ids that nobody watches any more. */
  pending(isWatched: (id: string) => boolean): readonly (readonly string[])[] {
    this.#parts = this.#parts
      .map(part => (part.every(isWatched) ? part : part.filter(isWatched)))
      .filter(part => part.length > 0);
    return this.#parts;
  }

  /** A part was taken out to be asked. */
  take(part: readonly string[]): void {
    this.#parts = this.#parts.filter(other => other !== part);
  }

  /** A part failed: split it, the other parts first. False: given up, or it cannot be split. */
  split(part: readonly string[]): boolean {
    if (!this.active && part.length > 1 && this.#failures === 0) this.#answered = false;
    this.#failures++;
    if (part.length < 2) return false;
    if (!this.#answered && this.#failures > Bisection.patience) {
      this.end();
      return false;
    }
    const middle = Math.ceil(part.length / 2);
    this.#parts.push(part.slice(0, middle), part.slice(middle));
    return true;
  }

  /** A part was answered. */
  answer(): void {
    this.#answered = true;
    if (!this.active) this.#failures = 0;
  }

  end(): void {
    this.#parts = [];
    this.#failures = 0;
    this.#answered = false;
  }
}
