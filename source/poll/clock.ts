/** Time as the poller sees it; the tests bring a clock that they turn by hand. */
export type Clock = {
  /** Milliseconds since 1970. May jump: somebody sets the clock, a laptop wakes up. For showing only. */
  readonly wall: () => number;
  /** Milliseconds since some moment, never backwards. For every decision. */
  readonly monotonic: () => number;
  /** Calls back after so many milliseconds; the result takes it back. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
};

/** setTimeout fires at once for what does not fit into 31 bits. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, milliseconds), longestTimer));
    return () => clearTimeout(timer);
  },
};
