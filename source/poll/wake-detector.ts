import type { Clock } from './clock.ts';

/** The clocks are looked at this often, and may disagree by this much without a reason. */
const beat = 5_000;
const jump = 5_000;

/**
 * Notices that the machine slept, that the process was stopped, or that somebody set the clock. On some systems the
 * monotonic clock stands still meanwhile, on others it runs on and the timers are late: both are seen.
 */
export class Naps {
  readonly #clock: Clock;
  readonly #onNap: () => void;
  #lookedAt: number;
  #offset: number;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, onNap: () => void) {
    this.#clock = clock;
    this.#onNap = onNap;
    this.#lookedAt = clock.monotonic();
    this.#offset = this.#currentOffset();
  }

  start(): void {
    if (this.#cancel !== null) return;
    this.#lookedAt = this.#clock.monotonic();
    this.#offset = this.#currentOffset();
    this.#wait();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Also called before each request: one sent into a dead connection would hang until its timeout. */
  look(): void {
    if (this.#cancel === null) return;
    const now = this.#clock.monotonic();
    const offset = this.#currentOffset();
    const napped = Math.abs(offset - this.#offset) > jump || now - this.#lookedAt > beat + jump;
    this.#lookedAt = now;
    this.#offset = offset;
    if (napped) this.#onNap();
  }

  #currentOffset(): number {
    return this.#clock.wall() - this.#clock.monotonic();
  }

  #wait(): void {
    this.#cancel = this.#clock.after(beat, () => {
      this.look();
      if (this.#cancel !== null) this.#wait();
    });
  }
}
