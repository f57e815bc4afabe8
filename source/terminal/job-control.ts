/** Ink's `suspendTerminal`: releases the terminal until the callback has ended, then takes it back and repaints. */
export type SuspendTerminal = (callback: () => Promise<void>) => Promise<void>;

/** Who has the terminal: we, the shell because we are stopped, or a program that we started. */
type TerminalHolder = 'cliptop' | 'shell' | 'child';

type JobControlOptions = {
  readonly suspendTerminal: SuspendTerminal;
  /** Where keys come from. */
  readonly stdin?: { readonly pause: () => unknown };
  /** Called before another program gets the terminal: resets its title and progress bar. */
  readonly leave?: () => void;
  /** Called when we have the terminal again: sets them again. */
  readonly enter?: () => void;
  readonly platform?: NodeJS.Platform;
  /** Milliseconds to wait for SIGTSTP to stop the process; where there is no job control it never does. */
  readonly stopTimeout?: number;
  /** Milliseconds of a clock that never jumps. */
  readonly now?: () => number;
};

/** Stopping, continuing, and handing the terminal to other programs. */
export type JobControl = {
  /** What ctrl-z does. False when the process could not be stopped: no shell would continue it. */
  readonly suspend: () => Promise<boolean>;
  /**
   * Hands the terminal to a program that `run` starts and waits for. Throws when the terminal is already handed over, and
   * what `run` throws.
   */
  readonly runInTerminal: <T>(run: () => Promise<T>) => Promise<T>;
  /** Whether a program that we started has the terminal. */
  readonly foregroundChild: () => boolean;
  /** Whether a SIGINT or SIGQUIT that arrives now was meant for such a program: also shortly after its end. */
  readonly interruptsChild: () => boolean;
  readonly close: () => void;
};

/**
 * Milliseconds after the end of a program in which a SIGINT was still meant for it. ctrl-c sends the signal to both of us,
 * and its end can be noticed first: the kernel may give the two signals to two threads. Afterwards ctrl-c is a key.
 */
const lateSignal = 250;

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Makes ctrl-z, `kill -TSTP`, `fg` and players in the terminal work, none of which Ink does by itself. */
export function createJobControl({
  suspendTerminal,
  stdin = process.stdin,
  leave,
  enter,
  platform = process.platform,
  stopTimeout = 300,
  now = () => performance.now(),
}: JobControlOptions): JobControl {
  let holder: TerminalHolder = 'cliptop';
  let closed = false;
  let childEndedAt = -Infinity;

  const lend = async (to: TerminalHolder, run: () => Promise<void>): Promise<void> => {
    holder = to;
    try {
      leave?.();
      await suspendTerminal(run);
    } finally {
      holder = 'cliptop';
      enter?.();
    }
  };

  // A signal that has a listener does not stop the process: remove it, send the signal, add it again.
  const stop = async (target: number): Promise<boolean> => {
    process.off('SIGTSTP', onStop);
    try {
      return await stopAndWait(target, stopTimeout);
    } finally {
      if (!closed) process.on('SIGTSTP', onStop);
    }
  };

  const suspendFor = async (target: number): Promise<boolean> => {
    if (holder !== 'cliptop' || platform === 'win32') return false;
    let stopped = false;
    await lend('shell', async () => {
      stopped = await stop(target);
    });
    return stopped;
  };

  const onStop = (): void => {
    // ctrl-z in a player stops its whole process group, us included, and the shell waits until we have stopped too. The
    // screen is the player's: there is nothing to leave or repaint.
    if (holder === 'child') void stop(process.pid);
    else void suspendFor(process.pid).catch(() => undefined);
  };
  const onContinue = (): void => {
    // We were stopped by SIGSTOP, which no program can handle, and the shell has drawn over our screen: repaint it all.
    if (holder === 'cliptop') void lend('shell', nextTurn).catch(() => undefined);
  };
  if (platform !== 'win32') {
    process.on('SIGTSTP', onStop);
    process.on('SIGCONT', onContinue);
  }

  return {
    // 0 means the whole process group: under `npm start`, npm has to stop too before the shell prompts.
    suspend: () => suspendFor(0),
    async runInTerminal<T>(run: () => Promise<T>): Promise<T> {
      if (holder !== 'cliptop') throw new Error('another program has the terminal');
      let result: { readonly value: T } | undefined;
      await lend('child', async () => {
        await stopReading(stdin);
        try {
          result = { value: await run() };
        } finally {
          childEndedAt = now();
        }
      });
      if (result === undefined) throw new Error('the terminal could not be handed over');
      return result.value;
    },
    foregroundChild: () => holder === 'child',
    interruptsChild: () => holder === 'child' || now() - childEndedAt < lateSignal,
    close() {
      closed = true;
      process.off('SIGTSTP', onStop);
      process.off('SIGCONT', onContinue);
    },
  };
}

/**
 * Stops reading standard input. Ink removes its listeners but leaves a read pending, which would take every other key
 * from the player, and act on them once it has ended. The stream changes its state one turn of the event loop after its
 * last listener is gone, and one after the pause.
 */
async function stopReading(stdin: { readonly pause: () => unknown }): Promise<void> {
  await nextTurn();
  stdin.pause();
  await nextTurn();
}

/**
 * Sends SIGTSTP to `target` (a process id, 0 for our process group) and resolves to true once continued. A process
 * without job control (a session leader, an orphan, the first process of a container) is not stopped by it: then it
 * resolves to false after `stopTimeout` milliseconds.
 */
async function stopAndWait(target: number, stopTimeout: number): Promise<boolean> {
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
      timer = setTimeout(resolve, stopTimeout);
    });
    // After a real stop the timer is overdue and fires before the signal's listener: a few more turns let that run.
    for (let round = 0; round < 3 && !seen.continued; round++) await nextTurn();
    return seen.continued;
  } finally {
    clearTimeout(timer);
    process.off('SIGCONT', onContinue);
  }
}
