import { constants } from 'node:os';

import { stripControls, type Write } from './osc.ts';
import { syncWriter, type Restore } from './restore.ts';
import type { Environment } from './terminal-name.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** The signals that end the program. */
export type ExitSignal = (typeof signals)[number];

type Stream = Pick<NodeJS.EventEmitter, 'on' | 'off'> & { readonly isTTY?: boolean };

export type ExitOptions = {
  readonly restore: Restore;
  /** Takes the view down, before anything is printed. */
  readonly unmount?: () => void;
  /** Puts on disk what must not be lost. Synchronous: there is no later. */
  readonly save?: () => void;
  /** Told first which signal came. */
  readonly onSignal?: (signal: ExitSignal) => void;
  /** While another program has the terminal, ctrl-c and ctrl-\ are meant for it. */
  readonly foregroundChild?: () => boolean;
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

const gone = new Set(['EPIPE', 'EIO', 'ENXIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * Ends the program in good order on signals, on a lost terminal and on errors nobody caught. Returns how to take the
 * handlers off again, to be called before an orderly end closes the streams.
 */
export function installExitHandlers(options: ExitOptions): () => void {
  const { restore, foregroundChild: guest = () => false, env = process.env, platform = process.platform } = options;
  const { stdin = process.stdin, stdout = process.stdout, stderr = process.stderr } = options;
  const { writeError = syncWriter(2), redact = (text: string) => text } = options;
  let leaving = false;

  const windUp = (): void => {
    // Each on its own: the list is saved even if the view cannot be taken down.
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
    if (leaving || (guest() && (signal === 'SIGINT' || signal === 'SIGQUIT'))) return;
    if (signal === 'SIGHUP') {
      hangUp(true);
      return;
    }
    leaving = true;
    options.onSignal?.(signal);
    windUp();
    process.exit(128 + constants.signals[signal]);
  };

  /** The terminal, or the reader of a pipe, went away. */
  const hangUp = (bySignal: boolean): void => {
    if (leaving) return;
    leaving = true;
    options.onSignal?.('SIGHUP');
    windUp();
    const code = 128 + constants.signals.SIGHUP;
    // A closed pipe is no reason to have the shell print "Hangup".
    if (platform === 'win32' || (!bySignal && stdout.isTTY !== true)) process.exit(code);
    // With its terminal gone, Node may crash in its own clean-up at exit; to die by the signal skips that.
    for (const [signal, listener] of listeners) process.off(signal, listener);
    process.kill(process.pid, 'SIGHUP');
    // Unless some library listens as well and swallows it.
    setTimeout(() => process.exit(code), 500);
  };

  const onFatal = (error: unknown): void => {
    if (leaving) return;
    leaving = true;
    windUp();
    writeError(`cliptop: ${describe(error)}\n`);
    process.exit(1);
  };
  const onStreamError = (error?: Error): void => {
    const code = error !== undefined && 'code' in error ? String(error.code) : '';
    if (gone.has(code)) hangUp(false);
    else onFatal(error);
  };
  const onInputEnd = (): void => hangUp(false);

  const listeners = signals.map(signal => [signal, () => onSignal(signal)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  process.on('uncaughtException', onFatal);
  process.on('unhandledRejection', onFatal);
  for (const stream of [stdin, stdout, stderr]) stream.on('error', onStreamError);
  // The end of a pipe with ids is no hang-up, only that of a terminal.
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
