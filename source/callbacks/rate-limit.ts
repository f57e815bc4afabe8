type RateLimitOptions = {
  /** How many are allowed at once. */
  readonly burst: number;
  /** Milliseconds after which one more is allowed. */
  readonly interval: number;
  /** A clock that never jumps, milliseconds. */
  readonly now: () => number;
};

/** Allows so many at once, and then one in each interval. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  #left: number;
  #at: number;

  constructor(options: RateLimitOptions) {
    this.#options = options;
    this.#left = options.burst;
    this.#at = options.now();
  }

  /** Whether one more is allowed; it counts. */
  take(): boolean {
    this.#fill();
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  /** One that was taken does not count. */
  giveBack(): void {
    this.#left = Math.min(this.#options.burst, this.#left + 1);
  }

  /** Milliseconds until one more is allowed. */
  get wait(): number {
    this.#fill();
    return this.#left >= 1 ? 0 : (1 - this.#left) * this.#options.interval;
  }

  #fill(): void {
    const { burst, interval, now } = this.#options;
    const at = now();
    this.#left = Math.min(burst, this.#left + (at - this.#at) / interval);
    this.#at = at;
  }
}
