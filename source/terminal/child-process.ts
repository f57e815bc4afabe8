import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { stripControls } from './osc.ts';
import type { Environment } from './terminal-name.ts';

/** `spawn` of `node:child_process`, or what stands in for it. */
export type Spawn = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

export type ChildOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Says in one line why a program did not start. */
export function startFailure(command: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `${command} is not installed`;
  if (code === 'EACCES') return `${command} may not be run`;
  return `${command} did not start: ${stripControls(error instanceof Error ? error.message : String(error))}`;
}

/** Says in one line how a program ended, or null when all went well. */
export function exitFailure(command: string, code: number | null, signal: string | null): string | null {
  if (code === 0) return null;
  return code === null ? `${command} was ended by ${signal ?? 'a signal'}` : `${command} ended with code ${code}`;
}

/** Waits at most so long; a promise that comes too late is ignored, also when it fails. */
export async function within<T>(promise: Promise<T>, milliseconds: number, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  promise.catch(() => undefined);
  const limit = new Promise<T>(resolve => {
    timer = setTimeout(() => resolve(late), milliseconds);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

export type FeedOptions = {
  readonly spawn: Spawn;
  readonly env: Environment;
  readonly timeout: number;
};

/** Runs a program with a text on its standard input; one that does not end in time is killed. */
export function feed(
  command: string,
  args: readonly string[],
  input: string,
  { spawn, env, timeout }: FeedOptions,
): Promise<ChildOutcome> {
  return new Promise(resolve => {
    let child: ChildProcess;
    try {
      child = spawn(command, args, { env, stdio: ['pipe', 'ignore', 'pipe'] });
    } catch (error) {
      resolve({ ok: false, reason: startFailure(command, error) });
      return;
    }
    let complaint = '';
    const finish = (outcome: ChildOutcome): void => {
      clearTimeout(timer);
      // A grandchild that keeps the pipe open (xclip stays to serve the selection) must not keep us alive.
      child.stderr?.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      finish({ ok: false, reason: `${command} did not answer within ${timeout / 1000} s` });
    }, timeout);
    child.stderr?.on('data', (chunk: Buffer) => {
      if (complaint.length < 500) complaint += chunk.toString();
    });
    // It may end before it has read everything; its exit code says enough.
    child.stdin?.on('error', () => undefined);
    child.once('error', error => finish({ ok: false, reason: startFailure(command, error) }));
    child.once('exit', (code, signal) => {
      const failure = exitFailure(command, code, signal);
      // Let what is still in the pipe arrive: it holds the reason.
      setImmediate(() => {
        const why = stripControls(complaint.trim().split('\n')[0] ?? '');
        finish(failure === null ? { ok: true } : { ok: false, reason: why === '' ? failure : `${command}: ${why}` });
      });
    });
    child.stdin?.end(input);
  });
}

export type ChildEnvironmentOptions = {
  /** Tokens that stand elsewhere, such as in the configuration file. */
  readonly secrets?: readonly string[];
  /** Variables that we set for ourselves (NODE_ENV, FORCE_COLOR) and that a child must not inherit. */
  readonly setByUs?: readonly string[];
};

/** A shorter "token" is a placeholder, and would match everywhere. */
const shortestSecret = 6;

/**
 * The environment for players, browsers and hooks: without our tokens, under whatever name they stand, and without what
 * we only set for ourselves.
 */
export function childEnvironment(
  env: Environment,
  tokenVariables: readonly string[],
  { secrets = [], setByUs = [] }: ChildEnvironmentOptions = {},
): Record<string, string> {
  const dropped = new Set([...tokenVariables, ...setByUs]);
  const hidden = [...tokenVariables.map(name => env[name] ?? ''), ...secrets].filter(
    secret => secret.length >= shortestSecret,
  );
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || dropped.has(name)) continue;
    if (hidden.some(secret => value.includes(secret))) continue;
    clean[name] = value;
  }
  return clean;
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs a library that starts programs but cannot be told their environment: hides from `target` what `env` lacks, until
 * it is done. One at a time, so that none sees what another has put back.
 */
export function withEnvironment<T>(
  env: Environment,
  run: () => Promise<T>,
  target: NodeJS.ProcessEnv = process.env,
): Promise<T> {
  const result = turn.then(async () => {
    const hidden = Object.entries(target).filter(([name]) => env[name] === undefined);
    for (const [name] of hidden) Reflect.deleteProperty(target, name);
    try {
      return await run();
    } finally {
      for (const [name, value] of hidden) target[name] ??= value;
    }
  });
  turn = result.catch(() => undefined);
  return result;
}
