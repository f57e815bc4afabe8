import type { ReadStream } from 'node:tty';

/** Ink's `suspendTerminal`: gives the terminal up while the callback lasts, then takes it and repaints everything. */
export type SuspendTerminal = (callback: () => Promise<void>) => Promise<void>;

/** Who has the terminal: we, nobody because we are stopped, or a program that we started. */
type TerminalHolder = 'we' | 'shell' | 'guest';

export type JobControlOptions = {
  readonly suspendTerminal: SuspendTerminal;
  /** Where keys come from. */
  readonly stdin?: Pick<ReadStream, 'pause'>;
  /** Gives back title and progress bar before others have the terminal. */
  readonly leave?: () => void;
  /** Takes them again. */
  readonly enter?: () => void;
  readonly platform?: NodeJS.Platform;
  /** Milliseconds after which a stop that did not happen is given up. */
  readonly stopTimeout?: number;
};

/** Stopping, continuing and lending the terminal. */
export type JobControl = {
  /** What ctrl-z does. False when there is no shell to go back to. */
  readonly suspend: () => Promise<boolean>;
  /** Lends the terminal to a program that `run` starts and waits for. */
  readonly runInTerminal: <T>(run: () => Promise<T>) => Promise<T>;
  /** Whether a program that we started has the terminal. */
  readonly foregroundChild: () => boolean;
  readonly close: () => void;
};

const tick = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Makes ctrl-z, `kill -TSTP`, `fg` and guests in the terminal work, none of which Ink does by itself. */
export function createJobControl({
  suspendTerminal,
  stdin = process.stdin,
  leave,
  enter,
  platform = process.platform,
  stopTimeout: patience = 300,
}: JobControlOptions): JobControl {
  let holder: TerminalHolder = 'we';
  let closed = false;

  const lend = async (to: TerminalHolder, run: () => Promise<void>): Promise<void> => {
    holder = to;
    try {
      leave?.();
      await suspendTerminal(run);
    } finally {
      holder = 'we';
      enter?.();
    }
  };

  // Without the listener the signal stops us, as it does any program.
  const stop = async (target: number): Promise<boolean> => {
    process.off('SIGTSTP', onStop);
    try {
      return await stopAndWait(target, patience);
    } finally {
      if (!closed) process.on('SIGTSTP', onStop);
    }
  };

  const suspendFor = async (target: number): Promise<boolean> => {
    if (holder !== 'we' || platform === 'win32') return false;
    let stopped = false;
    await lend('shell', async () => {
      stopped = await stop(target);
    });
    return stopped;
  };

  const onStop = (): void => {
    // ctrl-z typed into a guest is sent to us too: stop with it, or the shell waits for us. The screen is not ours.
    if (holder === 'guest') void stop(process.pid);
    else void suspendFor(process.pid).catch(() => undefined);
  };
  const onContinue = (): void => {
    // Stopped by SIGSTOP, which nobody can prepare for: the screen is the shell's by now. Take it anew.
    if (holder === 'we') void lend('shell', tick).catch(() => undefined);
  };
  if (platform !== 'win32') {
    process.on('SIGTSTP', onStop);
    process.on('SIGCONT', onContinue);
  }

  return {
    // To the whole group: under `npm start`, npm and its shell have to stop too before the shell prompts.
    suspend: () => suspendFor(0),
    async runInTerminal<T>(run: () => Promise<T>): Promise<T> {
      if (holder !== 'we') throw new Error('another program has the terminal');
      let result: { readonly value: T } | undefined;
      await lend('guest', async () => {
        await silence(stdin);
        result = { value: await run() };
      });
      if (result === undefined) throw new Error('the terminal could not be handed over');
      return result.value;
    },
    foregroundChild: () => holder === 'guest',
    close() {
      closed = true;
      process.off('SIGTSTP', onStop);
      process.off('SIGCONT', onContinue);
    },
  };
}

/**
 * Ink stops listening but a read stays pending, which would take every other key from the guest and, worse, act on it
 * once the guest has ended. The stream settles a tick after the last listener is gone, and after the pause.
 */
async function silence(stdin: Pick<ReadStream, 'pause'>): Promise<void> {
  await tick();
  stdin.pause();
  await tick();
}

/**
 * Stops and comes back when continued. A process without job control (a session leader, an orphan, a container's first)
 * is not stopped at all, and nobody will continue it: then it comes back after a moment, with false.
 */
async function stopAndWait(target: number, patience: number): Promise<boolean> {
  const seen = { continued: false };
  let wake: (() => void) | undefined;
  const onContinue = (): void => {
    seen.continued = true;
    wake?.();
  };
  process.on('SIGCONT', onContinue);
  let timer: NodeJS.Timeout | undefined;
  try {
    process.kill(target, 'SIGTSTP');
    // The timer also keeps the program alive, which a signal listener alone does not.
    await new Promise<void>(resolve => {
      wake = resolve;
      timer = setTimeout(resolve, patience);
    });
    // After a real stop the timer is long due and runs before the signal is seen; one more round brings it.
    for (let round = 0; round < 3 && !seen.continued; round++) await tick();
    return seen.continued;
  } finally {
    clearTimeout(timer);
    process.off('SIGCONT', onContinue);
  }
}
