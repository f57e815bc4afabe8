import type { Clock } from '../../source/poll/clock.ts';

type Timer = { readonly at: number; readonly callback: () => void };

/** Resolves after all pending promise callbacks have run. */
export const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** A clock that moves only when the test advances it. */
export class FakeClock implements Clock {
  #wall = Date.parse('2026-09-21T14:00:00Z');
  #monotonic = 7_000;
  readonly #timers = new Set<Timer>();

  readonly wall = (): number => this.#wall;
  readonly monotonic = (): number => this.#monotonic;
  readonly after = (milliseconds: number, callback: () => void): (() => void) => {
    const timer = { at: this.#monotonic + Math.max(0, milliseconds), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  get timers(): number {
    return this.#timers.size;
  }

  /** Advances the clock. Timers fire at their times, each after the promise callbacks of the one before. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#monotonic + milliseconds;
    await settled();
    for (let next = this.#first(); next !== undefined && next.at <= end; next = this.#first()) {
      this.#pass(Math.max(0, next.at - this.#monotonic));
      this.#timers.delete(next);
      next.callback();
      await settled();
    }
    this.#pass(end - this.#monotonic);
  }

  /** Moves the wall clock alone, as when the user sets it. */
  set(milliseconds: number): void {
    this.#wall += milliseconds;
  }

  /** The machine sleeps: no timer fires. `counted`: the monotonic clock runs on during sleep, as on a Mac. */
  sleep(milliseconds: number, { counted }: { counted: boolean }): void {
    this.#wall += milliseconds;
    if (counted) this.#monotonic += milliseconds;
  }

  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (first === undefined || timer.at < first.at) first = timer;
    return first;
  }

  #pass(milliseconds: number): void {
    this.#monotonic += milliseconds;
    this.#wall += milliseconds;
  }
}
