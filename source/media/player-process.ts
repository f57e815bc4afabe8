import type { ChildProcess } from 'node:child_process';
import { sanitizeLine } from '../task/sanitize.ts';
import { openTimer } from './player-timer.ts';
import { endReason, signalGroup, type Player, type PlayerEvent, type PlayerOptions } from './player.ts';

type ProcessOptions = Omit<PlayerOptions, 'words' | 'volume' | 'pipe'> & {
  readonly name: string;
  /** Program and arguments that play a file or an address and then end. Throws an Error where they cannot. */
  readonly commandFor: (source: string) => readonly string[];
  /** Whether it writes where it is on standard error, as ffplay does with `-stats`; if not, the clock is taken for it. */
  readonly tellsPosition: boolean;
  /** Milliseconds, never backwards. */
  readonly now: () => number;
};

/** Milliseconds from being asked to end to being ended. */
const grace = 1_000;
/** Milliseconds in which no song is over: a program that has ended by then has handed it on to another one. */
const shortest = 1_000;

/** Ends a process group when we have ended, however that came: then the pipe that it reads is closed. */
const guardScript = 'read -r _; kill -s KILL -- "-$1"';

/** Plays with a program that knows nothing but to play: a new process for each song, which is stopped and continued. */
export function startProcessPlayer(options: ProcessOptions): Player {
  const { name, commandFor, spawn, env, onEvent, platform = process.platform } = options;
  const canPause = platform !== 'win32';
  let current: Song | null = null;

  const close = (): void => {
    const ending = current;
    current = null;
    ending?.end();
  };
  return {
    facts: { name, canPause, canSeek: false, hasVolume: false },
    load(source) {
      close();
      try {
        const [program = '', ...args] = commandFor(source);
        const child = spawn(program, args, {
          env,
          // On Windows it would outlive us so.
          detached: platform !== 'win32',
          windowsHide: true,
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        const song = watch(child, source, options, event => {
          if (current === song) onEvent(event);
        });
        current = song;
      } catch (error) {
        onEvent({ type: 'failed', reason: error instanceof Error ? error.message : String(error), status: null });
      }
    },
    pause(paused) {
      if (current === null || !canPause) return;
      current.pause(paused);
      onEvent({ type: 'paused', paused });
    },
    seek: () => undefined,
    changeVolume: () => undefined,
    close,
    kill: () => current?.kill(),
  };
}

/** A process that plays one song. */
type Song = {
  readonly pause: (paused: boolean) => void;
  readonly end: () => void;
  readonly kill: () => void;
};

function watch(child: ChildProcess, source: string, options: ProcessOptions, tell: (event: PlayerEvent) => void): Song {
  const { name, tellsPosition, after, now, platform = process.platform } = options;
  const startedAt = now();
  const guard = platform === 'win32' ? null : guardOf(child, options);
  const onPosition = (seconds: number) => tell({ type: 'position', seconds });
  const timer = tellsPosition ? null : openTimer({ now, after, onSecond: onPosition });
  const output = readOutput(child, source, onPosition);
  const over = (event: PlayerEvent): void => {
    timer?.pause();
    guard?.kill('SIGKILL');
    child.stderr?.destroy();
    tell(event);
  };
  const verdict = (code: number | null, signal: string | null): PlayerEvent => {
    const { trouble, status, hasPlayed } = output();
    // ffplay ends with 0 even if it could not open anything.
    if (code !== 0 || (tellsPosition && !hasPlayed)) {
      const reason = status === null ? (trouble ?? endReason(name, { code, signal })) : String(status);
      return { type: 'failed', reason, status };
    }
    return !tellsPosition && now() - startedAt < shortest
      ? { type: 'gone', reason: `${name} hands songs on and cannot play them here: install mpv` }
      : { type: 'ended' };
  };
  child.once('spawn', () => timer?.start());
  child.once('error', error => over({ type: 'gone', reason: endReason(name, error) }));
  // What it said last comes after its end.
  child.once('exit', (code, signal) => setImmediate(() => over(verdict(code, signal))));
  return {
    pause(paused) {
      signalGroup(child, paused ? 'SIGSTOP' : 'SIGCONT');
      if (paused) timer?.pause();
      else timer?.start();
    },
    end() {
      timer?.pause();
      signalGroup(child, 'SIGTERM');
      signalGroup(child, 'SIGCONT');
      const cancel = after(grace, () => signalGroup(child, 'SIGKILL'));
      child.once('exit', cancel);
    },
    kill: () => signalGroup(child, 'SIGKILL'),
  };
}

function guardOf({ pid }: ChildProcess, { spawn, env }: ProcessOptions): ChildProcess | null {
  if (pid === undefined) return null;
  // A group of its own, too: it must not be stopped with the player.
  const guard = spawn('sh', ['-c', guardScript, 'sh', String(pid)], {
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => undefined);
  guard.stdin?.on('error', () => undefined);
  return guard;
}

/** Reads standard error: positions, as in `  1.87 M-A:  0.000 fd=…`, and complaints. */
function readOutput({ stderr }: ChildProcess, source: string, onPosition: (seconds: number) => void) {
  const found = { trouble: null as string | null, status: null as number | null, hasPlayed: false };
  let rest = '';
  stderr?.setEncoding('utf8');
  stderr?.on('data', (text: string) => {
    const lines = (rest + text).split(/[\r\n]/);
    // A program that writes without an end does not fill our memory.
    rest = (lines.pop() ?? '').slice(-maxLine);
    for (const line of lines) {
      const [, seconds] = /^\s*(-?\d+\.\d+) +[AMV]-[AV]:/.exec(line) ?? [];
      if (seconds !== undefined) {
        found.hasPlayed = true;
        onPosition(Number(seconds));
      } else if (line.trim() !== '' && !/^(?: +nan |ALSA lib )/.test(line)) {
        found.trouble ??= sanitizeLine(
          line.replaceAll(`${source}: `, '').replaceAll(source, 'it').replace(inFfmpeg, ''),
        );
        found.status = Number(/(?:HTTP error|Server returned) (\d{3})/.exec(line)?.[1] ?? found.status) || null;
      }
    }
  });
  stderr?.on('error', () => undefined);
  return () => found;
}

/** Where in ffmpeg a complaint comes from: `[tcp @ 0x7fa190004500] `. */
const inFfmpeg = /^\[\w+ @ 0x[\da-f]+\] /;

const maxLine = 2_000;
