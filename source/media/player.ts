import type { ChildProcess, SpawnOptions } from 'node:child_process';
import type { PlayerFacts } from './listen.ts';

/** `spawn` of `node:child_process`, or a test's replacement. */
type Spawn = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

/** What a player tells about the song that it was last asked to play. Times are seconds. */
export type PlayerEvent =
  | { readonly type: 'position'; readonly seconds: number }
  | { readonly type: 'duration'; readonly seconds: number }
  | { readonly type: 'paused'; readonly paused: boolean }
  | { readonly type: 'volume'; readonly percent: number }
  /** It was played to its end. */
  | { readonly type: 'ended' }
  /** It cannot be played; `status`: what an HTTP server answered. */
  | { readonly type: 'failed'; readonly reason: string; readonly status: number | null }
  /** The player has ended, and will tell nothing more. */
  | { readonly type: 'gone'; readonly reason: string };

/** A program that plays one song at a time. */
export type Player = {
  readonly facts: PlayerFacts;
  /** Plays an address or a file, in place of what it plays now. `title` is for those who ask the player. */
  readonly load: (source: string, title: string) => void;
  readonly pause: (paused: boolean) => void;
  /** Seconds, back when negative. */
  readonly seek: (by: number) => void;
  /** Percent of the full volume, less when negative. */
  readonly changeVolume: (by: number) => void;
  /** Ends it; it tells nothing more. */
  readonly close: () => void;
  /** The same at once, for somebody who exits right afterwards. */
  readonly kill: () => void;
};

export type PlayerOptions = {
  /** Program and arguments. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly spawn: Spawn;
  /** Percent; null: its own. */
  readonly volume: number | null;
  readonly onEvent: (event: PlayerEvent) => void;
  readonly platform?: NodeJS.Platform;
  /** The path of the pipe over which mpv is spoken to; absent or null: a socket that it inherits, a pipe on Windows. */
  readonly pipe?: string | null;
  /** Calls back after so many milliseconds; the result takes it back. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
};

/** Sends a signal to a program and all that it has started, where it still runs and leads a group of its own. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Windows has no groups.
    child.kill(signal);
  }
}

/** Why a program has ended or did not start, in one line. */
export function endReason(name: string, how: { code: number | null; signal: string | null } | Error): string {
  if (!(how instanceof Error)) {
    return how.code === null
      ? `${name} was ended by ${how.signal ?? 'a signal'}`
      : `${name} ended with code ${how.code}`;
  }
  const { code } = how as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `${name} is not installed`;
  return `${name} did not start: ${code ?? how.message}`;
}
