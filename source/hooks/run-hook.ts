import { LastLine } from './last-line.ts';
import { groupLives, killGroup, spawnGroup } from './process-group.ts';

/** What to run, and what it is told. */
export type Hook = {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  /** Comes on its standard input. */
  readonly input: string;
};

/** How a hook ended: `how` in words, such as `exit code 0`, and the last line that it printed, as it was printed. */
export type HookEnd = { readonly ok: boolean; readonly how: string; readonly lastLine: string };

/** A hook that was started. */
export type RunningHook = {
  /** Settles when its shell has ended and nothing holds its output any more, or when it was killed. Never rejects. */
  readonly end: Promise<HookEnd>;
  /** Settles when nothing is left of it that could be killed, which may be later. */
  readonly gone: Promise<void>;
  /** Kills it with its children, at once. */
  readonly kill: () => void;
};

type RunHookOptions = {
  /** Milliseconds after which it is killed with its children. */
  readonly timeout: number;
  /** Bytes of output after which it is killed as well: nobody reads them, and reading them takes our time. */
  readonly maxOutput?: number;
  readonly platform?: NodeJS.Platform;
};

/** Milliseconds between two looks at what a hook has left in the background. */
const lookEvery = 500;

/** Runs a command in a shell. Never throws. */
export function runHook(hook: Hook, options: RunHookOptions): RunningHook {
  const { timeout, maxOutput = 64 * 1024 ** 2, platform = process.platform } = options;
  const ended = Promise.withResolvers<HookEnd>();
  const gone = Promise.withResolvers<undefined>();
  const output = new LastLine();
  const seconds = timeout / 1000;
  let child: ReturnType<typeof spawnGroup>;
  try {
    child = spawnGroup(hook.command, hook.env, platform);
  } catch (error) {
    return { end: Promise.resolve(notStarted(error)), gone: Promise.resolve(), kill: () => undefined };
  }
  const { pid } = child;
  const state = { over: false, code: null as number | null, signal: null as string | null, bytes: 0 };
  const kill = () => {
    if (pid !== undefined) killGroup(pid, platform);
  };
  let watch: NodeJS.Timeout | undefined;

  const finish = (end: Omit<HookEnd, 'lastLine'>) => {
    if (state.over) return;
    state.over = true;
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    ended.resolve({ ...end, lastLine: output.text });
    look();
  };
  const letGo = () => {
    clearTimeout(limit);
    clearInterval(watch);
    gone.resolve(undefined);
  };
  /** What it left in the background has the rest of its time. */
  const look = () => {
    if (pid === undefined || !groupLives(pid, platform)) letGo();
    else watch ??= setInterval(look, lookEvery).unref();
  };
  const limit = setTimeout(() => {
    kill();
    const how = state.code === null ? '' : `exit code ${state.code}, but what it started ran on: `;
    finish({ ok: false, how: `${how}killed after ${seconds} s` });
    letGo();
  }, timeout);

  const read = (chunk: Buffer) => {
    output.add(chunk);
    state.bytes += chunk.length;
    if (state.bytes <= maxOutput) return;
    kill();
    finish({ ok: false, how: `killed, for it printed more than ${maxOutput / 1024 ** 2} MB` });
  };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', read).on('error', () => undefined);
  child.once('error', error => finish({ ...notStarted(error) }));
  child.once('exit', (code, signal) => Object.assign(state, { code, signal }));
  child.once('close', (code, signal) =>
    finish({ ok: code === 0, how: code === null ? `ended by ${signal ?? 'a signal'}` : `exit code ${code}` }),
  );
  // It may end without reading what it is told.
  child.stdin.on('error', () => undefined);
  child.stdin.end(hook.input);
  return { end: ended.promise, gone: gone.promise, kill };
}

function notStarted(error: unknown): HookEnd {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'E2BIG' ? 'its facts are too long for this system' : (code ?? message);
  return { ok: false, how: `could not be started (${why})`, lastLine: '' };
}
