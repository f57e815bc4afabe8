import { spawn as nodeSpawn, type ChildProcess } from 'node:child_process';

import type { Capabilities } from './capabilities.ts';
import { withEnvironment } from './child-process.ts';
import { stripControls, webAddress } from './osc.ts';
import { exitFailure, startFailure, withTimeout, type Spawn } from './child-process.ts';
import { hasPlayed, installedPlayer } from './installed-player.ts';
import { announcement, fillCommand, isScripted, needsTerminal, splitBrowsers, splitCommand } from './player-command.ts';
import type { Environment } from './terminal-name.ts';

/** The outcome of opening an address. Every `how` and `reason` is one line to show. */
export type OpenResult =
  /** A window was opened, or handed to the desktop. */
  | { readonly kind: 'opened'; readonly how: string }
  /** A program ran in the terminal and has ended. */
  | { readonly kind: 'ended'; readonly how: string; readonly code: number | null }
  /** Nothing on this machine can open it: the address is to be shown and copied instead. */
  | { readonly kind: 'show'; readonly url: string; readonly reason: string }
  /** Not an address that may be opened. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

type RunInTerminal = <T>(run: () => Promise<T>) => Promise<T>;

type OpenOptions = {
  /** `--player`, or what the configuration says. */
  readonly player?: string | null;
  /** What children inherit, and where `$BROWSER` is looked up; see `childEnvironment`. */
  readonly env?: Environment;
  readonly platform?: NodeJS.Platform;
  readonly capabilities: Pick<Capabilities, 'display'>;
  readonly spawn?: Spawn;
  /** Hands the terminal over until `run` has ended. */
  readonly runInTerminal?: RunInTerminal;
  /** What is opened, as a person calls it; the address where nobody says. */
  readonly title?: string | undefined;
  /** Shows a line on the terminal that was handed over, before the player writes to it. */
  readonly announce?: (line: string) => void;
  /** Standard input of a program that runs in the terminal: a descriptor of the terminal when our own is a pipe. */
  readonly terminalInput?: 'inherit' | number;
  /** Opens with the desktop's default program. */
  readonly desktop?: (url: string) => Promise<ChildProcess>;
  /** Milliseconds in which the exit code of a graphical program is still awaited; 400 when absent. */
  readonly grace?: number;
};

/**
 * Opens an http or https address with the player, else the programs of `$BROWSER`, else the desktop, else (where there is
 * none) a player in the terminal. No shell is involved and the address is always one argument. Never throws: what failed
 * is in the result.
 */
export async function openUrl(address: string, options: OpenOptions): Promise<OpenResult> {
  const { player, env = process.env, platform = process.platform, capabilities } = options;
  const url = webAddress(address);
  if (url === null) return { kind: 'refused', reason: 'only http and https addresses are opened' };

  if (player !== undefined && player !== null && player.trim() !== '') {
    const words = splitCommand(player, platform);
    if (words === null) return { kind: 'failed', reason: `the player has an open quote: ${stripControls(player)}` };
    return run(words, url, options);
  }
  const failures: string[] = [];
  for (const entry of splitBrowsers(env.BROWSER ?? '', platform)) {
    const words = splitCommand(entry, platform);
    const result: OpenResult =
      words === null ? { kind: 'failed', reason: 'BROWSER has an open quote' } : await run(words, url, options);
    if (result.kind !== 'failed') return result;
    failures.push(result.reason);
  }
  if (capabilities.display.value) {
    const result = await openOnDesktop(url, options);
    if (result.kind !== 'failed') return result;
    failures.push(result.reason);
  } else {
    const result = await playInTerminal(url, options);
    if (result?.kind === 'ended' && hasPlayed(result.code)) return result;
    if (result?.kind === 'ended') failures.push(result.how);
    else if (result?.kind === 'failed') failures.push(result.reason);
    else failures.push(`no browser can be reached from here: ${capabilities.display.reason}`);
  }
  return { kind: 'show', url, reason: failures.join('; ') };
}

/** Plays with the first installed player that needs no window; null when there is none. */
async function playInTerminal(url: string, options: OpenOptions): Promise<OpenResult | null> {
  const { env = process.env, platform = process.platform } = options;
  const words = installedPlayer(env, platform);
  return words === null ? null : run(words, url, options);
}

async function run(words: readonly string[], url: string, options: OpenOptions): Promise<OpenResult> {
  const runInTerminal: RunInTerminal = options.runInTerminal ?? (task => task());
  if (isScripted(words)) {
    return { kind: 'failed', reason: 'the address cannot be put into a script: write sh -c \'mpv "$1"\' sh' };
  }
  const [command = '', ...args] = fillCommand(words, url);
  if (!needsTerminal(words)) return waitForStart(command, () => startDetached(command, args, options), options);
  try {
    return await runInTerminal(() => {
      options.announce?.(announcement(words, stripControls(options.title ?? url)));
      return runAttached(command, args, options);
    });
  } catch (error) {
    return { kind: 'failed', reason: stripControls(error instanceof Error ? error.message : String(error)) };
  }
}

function runAttached(command: string, args: readonly string[], options: OpenOptions): Promise<OpenResult> {
  const { spawn = nodeSpawn, env = process.env, terminalInput = 'inherit' } = options;
  return new Promise(resolve => {
    const fail = (error: unknown): void => resolve({ kind: 'failed', reason: startFailure(command, error) });
    try {
      const child = spawn(command, args, { env, stdio: [terminalInput, 'inherit', 'inherit'] });
      // When we exit the shell has the terminal again: the player must not go on in it.
      const killChild = (): void => void child.kill();
      process.once('exit', killChild);
      child.once('error', error => {
        process.off('exit', killChild);
        fail(error);
      });
      child.once('exit', (code, signal) => {
        process.off('exit', killChild);
        resolve({ kind: 'ended', how: exitFailure(command, code, signal) ?? `${command} ended`, code });
      });
    } catch (error) {
      fail(error);
    }
  });
}

function startDetached(command: string, args: readonly string[], options: OpenOptions): Promise<ChildProcess> {
  const { spawn = nodeSpawn, env = process.env } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('spawn', () => resolve(child));
  });
}

function openOnDesktop(url: string, options: OpenOptions): Promise<OpenResult> {
  const { env = process.env, desktop = openPackage } = options;
  // The `open` package takes no environment: it always passes on ours, tokens included.
  return waitForStart('the desktop', () => withEnvironment(env, () => desktop(url)), options);
}

/** Starts a program and waits `grace` milliseconds to see it fail (no display, no browser), then lets it run on. */
async function waitForStart(
  name: string,
  start: () => Promise<ChildProcess>,
  { grace = 400 }: OpenOptions,
): Promise<OpenResult> {
  try {
    const child = await start();
    const ended = new Promise<string | null>(resolve => {
      if (child.exitCode !== null) resolve(exitFailure(name, child.exitCode, null));
      child.once('exit', (code, signal) => resolve(exitFailure(name, code, signal)));
    });
    // An error event without a listener would end cliptop.
    child.on('error', () => undefined);
    child.unref();
    const failure = await withTimeout(ended, grace, null);
    return failure === null ? { kind: 'opened', how: name } : { kind: 'failed', reason: failure };
  } catch (error) {
    return { kind: 'failed', reason: startFailure(name, error) };
  }
}

async function openPackage(url: string): Promise<ChildProcess> {
  const { default: open } = await import('open');
  return open(url);
}
