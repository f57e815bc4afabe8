type TimerOptions = {
  /** Milliseconds, never backwards. */
  readonly now: () => number;
  /** Calls back after so many milliseconds; the result takes it back. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
  readonly onSecond: (seconds: number) => void;
};

/** Milliseconds: a timer may fire a little early, and would tell the same second again. */
const slack = 5;

/** A stopwatch for a player that does not say where it is: tells each whole second, and nothing while it is paused. */
export function openTimer({ now, after, onSecond }: TimerOptions) {
  /** Milliseconds before the last start. */
  let passed = 0;
  let startedAt: number | null = null;
  let cancel: () => void = () => undefined;
  const elapsed = () => passed + (startedAt === null ? 0 : now() - startedAt);
  const tick = (): void => {
    const milliseconds = elapsed();
    onSecond(Math.floor(milliseconds / 1000));
    cancel = after(1000 - (milliseconds % 1000) + slack, tick);
  };
  const pause = (): void => {
    cancel();
    passed = elapsed();
    startedAt = null;
  };
  return {
    start(): void {
      if (startedAt !== null) return;
      startedAt = now();
      tick();
    },
    pause,
  };
}
