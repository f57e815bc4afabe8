import type { Clock } from './clock.ts';

/** The clocks are looked at this often, and may disagree by this much without a reason. */
const checkInterval = 5_000;
const maxDrift = 5_000;

/**
 * Notices that the machine slept, that the process was stopped, or that somebody set the clock. On some systems the
 * monotonic clock stands still meanwhile, on others it runs on and the timers are late: both are seen.
 */
export class WakeDetector {
  readonly #clock: Clock;
  readonly #onWake: () => void;
  #checkedAt: number;
  #offset: number;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, onWake: () => void) {
    this.#clock = clock;
    this.#onWake = onWake;
    this.#checkedAt = clock.monotonic();
    this.#offset = this.#currentOffset();
  }

  start(): void {
    if (this.#cancel !== null) return;
    this.#checkedAt = this.#clock.monotonic();
    this.#offset = this.#currentOffset();
    this.#wait();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Also called before each request: one sent into a dead connection would hang until its timeout. */
  check(): void {
    if (this.#cancel === null) return;
    const now = this.#clock.monotonic();
    const offset = this.#currentOffset();
    const napped = Math.abs(offset - this.#offset) > maxDrift || now - this.#checkedAt > checkInterval + maxDrift;
    this.#checkedAt = now;
    this.#offset = offset;
    if (napped) this.#onWake();
  }

  #currentOffset(): number {
    return this.#clock.wall() - this.#clock.monotonic();
  }

  #wait(): void {
    this.#cancel = this.#clock.after(checkInterval, () => {
      this.check();
      if (this.#cancel !== null) this.#wait();
    });
  }
}
