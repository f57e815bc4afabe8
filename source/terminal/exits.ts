import { constants } from 'node:os';

import { stripControls, type Write } from './osc.ts';
import { syncWriter, type Restore } from './restore.ts';
import type { Environment } from './terminal-name.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** The signals that end the program. */
type ExitSignal = (typeof signals)[number];

type Stream = Pick<NodeJS.EventEmitter, 'on' | 'off'> & { readonly isTTY?: boolean };

type ExitOptions = {
  readonly restore: Restore;
  /** Unmounts the view, before anything is printed. */
  readonly unmount?: () => void;
  /** Saves what must not be lost. Has to be synchronous: the process exits right after it. */
  readonly save?: () => void;
  /** Called with the signal before everything else. */
  readonly onSignal?: (signal: ExitSignal) => void;
  /** Whether ctrl-c and ctrl-\ are meant for a program that we started and that has the terminal. */
  readonly interruptsChild?: () => boolean;
  /** Removes secrets from what is printed. */
  readonly redact?: (text: string) => string;
  /** Where keys come from. */
  readonly stdin?: Stream;
  readonly stdout?: Stream;
  readonly stderr?: Stream;
  readonly env?: Environment;
  readonly writeError?: Write;
  readonly platform?: NodeJS.Platform;
};

/** Errors of a stream whose terminal or pipe is gone. */
const lostTerminalCodes = new Set(['EPIPE', 'EIO', 'ENXIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * Restores the terminal, saves and exits on signals (128 + the signal's number), on a lost terminal (129, as for SIGHUP)
 * and on errors that nobody caught (1, with the message on standard error). Returns a function that removes the
 * handlers, to be called before a normal end closes the streams.
 */
export function installExitHandlers(options: ExitOptions): () => void {
  const { restore, interruptsChild = () => false, env = process.env, platform = process.platform } = options;
  const { stdin = process.stdin, stdout = process.stdout, stderr = process.stderr } = options;
  const { writeError = syncWriter(2), redact = (text: string) => text } = options;
  let exiting = false;

  const shutDown = (): void => {
    // Each step in its own try: the list is saved even if unmounting the view throws.
    for (const step of [options.unmount, restore.run, options.save]) {
      try {
        step?.();
      } catch (error) {
        writeError(`cliptop: ${describe(error)}\n`);
      }
    }
  };
  const describe = (error: unknown): string => {
    const message = error instanceof Error ? error.message || error.name : String(error);
    const stack = error instanceof Error ? error.stack : undefined;
    const detail = (env.CLIPTOP_DEBUG ?? '') === '' ? undefined : stack;
    return (detail ?? message)
      .split('\n')
      .map(line => stripControls(redact(line), 2000))
      .join('\n');
  };

  const onSignal = (signal: ExitSignal): void => {
    if (exiting || (interruptsChild() && (signal === 'SIGINT' || signal === 'SIGQUIT'))) return;
    if (signal === 'SIGHUP') {
      hangUp(true);
      return;
    }
    exiting = true;
    options.onSignal?.(signal);
    shutDown();
    process.exit(128 + constants.signals[signal]);
  };

  /** The terminal was closed, or the reader of our pipe has ended. */
  const hangUp = (bySignal: boolean): void => {
    if (exiting) return;
    exiting = true;
    options.onSignal?.('SIGHUP');
    shutDown();
    const code = 128 + constants.signals.SIGHUP;
    // Where a pipe was closed, exit with a code: to die by the signal makes the shell print "Hangup".
    if (platform === 'win32' || (!bySignal && stdout.isTTY !== true)) process.exit(code);
    // With its terminal gone, Node can crash while it cleans up at exit; dying by the signal skips the clean-up.
    for (const [signal, listener] of listeners) process.off(signal, listener);
    process.kill(process.pid, 'SIGHUP');
    // In case a library's own SIGHUP listener keeps the process alive.
    setTimeout(() => process.exit(code), 500);
  };

  const onFatal = (error: unknown): void => {
    if (exiting) return;
    exiting = true;
    shutDown();
    writeError(`cliptop: ${describe(error)}\n`);
    process.exit(1);
  };
  const onStreamError = (error?: Error): void => {
    const code = error !== undefined && 'code' in error ? String(error.code) : '';
    if (lostTerminalCodes.has(code)) hangUp(false);
    else onFatal(error);
  };
  const onInputEnd = (): void => hangUp(false);

  const listeners = signals.map(signal => [signal, () => onSignal(signal)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  process.on('uncaughtException', onFatal);
  process.on('unhandledRejection', onFatal);
  for (const stream of [stdin, stdout, stderr]) stream.on('error', onStreamError);
  // Only the end of a terminal is a hang-up; a pipe with ids simply ends.
  const inputEvents = stdin.isTTY === true ? (['end', 'close'] as const) : [];
  for (const event of inputEvents) stdin.on(event, onInputEnd);

  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
    process.off('uncaughtException', onFatal);
    process.off('unhandledRejection', onFatal);
    for (const stream of [stdin, stdout, stderr]) stream.off('error', onStreamError);
    for (const event of inputEvents) stdin.off(event, onInputEnd);
  };
}
