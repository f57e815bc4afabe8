import { writeSync as nodeWriteSync } from 'node:fs';

import type { Write } from './osc.ts';

/** The one way back to the terminal as we found it. */
export type Restore = {
  /** Adds a step, which gets a synchronous `write`; returns how to drop it again. */
  readonly add: (step: (write: Write) => void) => () => void;
  /** Does every step once, whatever becomes of the others. Later calls do nothing. */
  readonly run: () => void;
};

export type RestoreOptions = {
  /** Whether standard output is a terminal that we draw on; without it nothing is written. */
  readonly interactive: boolean;
  /** Whether we are in the alternate screen now. Leaving it twice moves the cursor onto what was printed since. */
  readonly alternateScreen?: () => boolean;
  readonly stdin?: { readonly isRaw?: boolean; readonly setRawMode?: (raw: boolean) => unknown };
  readonly write?: Write;
};

const endSynchronizedUpdate = '\u001b[?2026l';
const leaveAlternateScreen = '\u001b[?1049l';
const leaveBracketedPaste = '\u001b[?2004l';
const showCursor = '\u001b[?25h';
const resetStyle = '\u001b[0m';

/** Collects what has to be undone, from the start on, so that any exit can undo it at once and synchronously. */
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
    // A terminal that is gone needs no restoring, and one failed step must not keep the next from its turn.
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes at once to a file descriptor and never throws; gives a terminal that is busy a tenth of a second. */
export function syncWriter(descriptor: number, writeSync = nodeWriteSync): Write {
  return text => {
    let rest = Buffer.from(text);
    for (let patience = 50; rest.length > 0 && patience > 0;) {
      try {
        rest = rest.subarray(writeSync(descriptor, rest));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return;
        patience--;
        Atomics.wait(pause, 0, 0, 2);
      }
    }
  };
}
