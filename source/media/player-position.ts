type PositionOptions = {
  /** Asks the player where it is; the number that the reply will bear. */
  readonly ask: () => number;
  /** Calls back after so many milliseconds; the result takes it back. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
  readonly onPosition: (seconds: number) => void;
  /** Whether it plays, and does not only tell where it stands. */
  readonly isMoving: () => boolean;
};

/** Milliseconds past a whole second at which it is asked again: a little earlier it would still be the second before. */
const slack = 20;

/**
 * Asks a player for its position just after each whole second. To hear of every change instead is 25 messages a second,
 * of which one says something new.
 */
export function followPosition({ ask, after, onPosition, isMoving }: PositionOptions) {
  /** The question that is open; null: none, and none is to follow. */
  let asked: number | null = null;
  let cancel: () => void = () => undefined;
  const follow = (): void => {
    cancel();
    asked = ask();
  };
  return {
    follow,
    stop(): void {
      cancel();
      asked = null;
    },
    /** Takes the reply to a question. */
    take(id: unknown, seconds: unknown): void {
      if (asked === null || id !== asked) return;
      const known = typeof seconds === 'number';
      if (known) onPosition(seconds);
      if (isMoving()) cancel = after(1000 - (known ? (seconds * 1000) % 1000 : 0) + slack, follow);
    },
  };
}
