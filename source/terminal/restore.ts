import { writeSync as nodeWriteSync } from 'node:fs';

import type { Write } from './osc.ts';

/** Restores the terminal to the state it had at the start. */
export type Restore = {
  /** Adds a step, which gets a synchronous `write`. Returns a function that removes the step. */
  readonly add: (step: (write: Write) => void) => () => void;
  /** Runs every step once, also after one that throws. Later calls do nothing. */
  readonly run: () => void;
};

type RestoreOptions = {
  /** Whether standard output is a terminal that we draw on; if not, only the added steps are run. */
  readonly interactive: boolean;
  /** Whether the alternate screen is on now. To leave it twice would move the cursor onto lines printed since. */
  readonly alternateScreen?: () => boolean;
  readonly stdin?: { readonly isRaw?: boolean; readonly setRawMode?: (raw: boolean) => unknown };
  readonly write?: Write;
};

const endSynchronizedUpdate = '\u001b[?2026l';
const leaveAlternateScreen = '\u001b[?1049l';
const leaveBracketedPaste = '\u001b[?2004l';
const showCursor = '\u001b[?25h';
const resetStyle = '\u001b[0m';

/** Collects what has to be undone at exit. Everything is synchronous, so that it works in a signal or error handler. */
export function createRestore({
  interactive,
  alternateScreen = () => false,
  stdin = process.stdin,
  write = syncWriter(1),
}: RestoreOptions): Restore {
  const steps = new Set<(write: Write) => void>();
  let done = false;
  const modes: readonly (() => void)[] = [
    () => write(endSynchronizedUpdate + resetStyle + leaveBracketedPaste),
    () => {
      if (alternateScreen()) write(leaveAlternateScreen);
    },
    // Last: leaving the alternate screen does not show the cursor.
    () => write(showCursor),
    () => {
      if (stdin.isRaw === true) stdin.setRawMode?.(false);
    },
  ];
  return {
    add(step) {
      steps.add(step);
      return () => steps.delete(step);
    },
    run() {
      if (done) return;
      done = true;
      for (const step of steps) attempt(() => step(write));
      if (interactive) for (const mode of modes) attempt(mode);
    },
  };
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // Ignored: the remaining steps have to run.
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Writes synchronously to a file descriptor. Never throws; retries for 100 ms while a terminal takes nothing (EAGAIN). */
export function syncWriter(descriptor: number, writeSync = nodeWriteSync): Write {
  return text => {
    let rest = Buffer.from(text);
    for (let attemptsLeft = 50; rest.length > 0 && attemptsLeft > 0;) {
      try {
        rest = rest.subarray(writeSync(descriptor, rest));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return;
        attemptsLeft--;
        Atomics.wait(sleeper, 0, 0, 2);
      }
    }
  };
}
