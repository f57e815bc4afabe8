import type { Clock } from '../../source/poll/clock.ts';

type Timer = { readonly at: number; readonly callback: () => void };

const start = Date.parse('2026-11-21T00:00:00Z');

/** A clock without waiting: `next` jumps to the next timer. */
export class VirtualClock implements Clock {
  now = 0;
  readonly #timers = new Set<Timer>();

  readonly wall = (): number => start + this.now;
  readonly monotonic = (): number => this.now;

  readonly after = (milliseconds: number, callback: () => void): (() => void) => {
    const timer = { at: this.now + Math.max(0, milliseconds), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  get pending(): number {
    return this.#timers.size;
  }

  /** Sets the clock to the next timer and fires it. Without one before `end` it sets the clock to `end`: then false. */
  next(end = Number.POSITIVE_INFINITY): boolean {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (first === undefined || timer.at < first.at) first = timer;
    if (first === undefined || first.at > end) {
      if (Number.isFinite(end)) this.now = Math.max(this.now, end);
      return false;
    }
    this.#timers.delete(first);
    this.now = Math.max(this.now, first.at);
    first.callback();
    return true;
  }
}
