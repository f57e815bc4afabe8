import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { stripControls } from './osc.ts';
import type { Environment } from './terminal-name.ts';

/** `spawn` of `node:child_process`, or a test's replacement. */
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

/**
 * The result of `promise`, or `fallback` when it takes longer than `milliseconds`; a rejection before that is thrown. A
 * result or rejection that comes later is ignored.
 */
export async function withTimeout<T>(promise: Promise<T>, milliseconds: number, fallback: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  promise.catch(() => undefined);
  const limit = new Promise<T>(resolve => {
    timer = setTimeout(() => resolve(fallback), milliseconds);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

export type RunOptions = {
  readonly spawn: Spawn;
  readonly env: Environment;
  /** Milliseconds. */
  readonly timeout: number;
};

/** Runs a program with a text on its standard input; kills it after `timeout`. Never throws. */
export function runWithInput(
  command: string,
  args: readonly string[],
  input: string,
  { spawn, env, timeout }: RunOptions,
): Promise<ChildOutcome> {
  return new Promise(resolve => {
    let child: ChildProcess;
    try {
      child = spawn(command, args, { env, stdio: ['pipe', 'ignore', 'pipe'] });
    } catch (error) {
      resolve({ ok: false, reason: startFailure(command, error) });
      return;
    }
    let errorOutput = '';
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
      if (errorOutput.length < 500) errorOutput += chunk.toString();
    });
    // A program that ends before it has read everything breaks the pipe; its exit code says whether it failed.
    child.stdin?.on('error', () => undefined);
    child.once('error', error => finish({ ok: false, reason: startFailure(command, error) }));
    child.once('exit', (code, signal) => {
      const failure = exitFailure(command, code, signal);
      // The exit event can come before the last of standard error, which holds the reason: read that first.
      setImmediate(() => {
        const why = stripControls(errorOutput.trim().split('\n')[0] ?? '');
        finish(failure === null ? { ok: true } : { ok: false, reason: why === '' ? failure : `${command}: ${why}` });
      });
    });
    child.stdin?.end(input);
  });
}

type ChildEnvironmentOptions = {
  /** Tokens from elsewhere than the environment, such as the configuration file. */
  readonly secrets?: readonly string[];
  /** Variables that cliptop sets for its own libraries (NODE_ENV, FORCE_COLOR) and that a child must not inherit. */
  readonly setByUs?: readonly string[];
};

/** Characters. A shorter "token" is a placeholder such as `x`, and would be found in most variables. */
const minSecretLength = 6;

/**
 * The environment for players, browsers and hooks: without the variables that hold tokens, without any other variable
 * that contains such a token, and without `setByUs`.
 */
export function childEnvironment(
  env: Environment,
  tokenVariables: readonly string[],
  { secrets = [], setByUs = [] }: ChildEnvironmentOptions = {},
): Record<string, string> {
  const dropped = new Set([...tokenVariables, ...setByUs]);
  const hidden = [...tokenVariables.map(name => env[name] ?? ''), ...secrets].filter(
    secret => secret.length >= minSecretLength,
  );
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || dropped.has(name)) continue;
    if (hidden.some(secret => value.includes(secret))) continue;
    clean[name] = value;
  }
  return clean;
}

let queue: Promise<unknown> = Promise.resolve();

/**
 * Runs a library that starts programs but takes no environment for them: removes from `target` the variables that `env`
 * lacks, and puts them back when `run` has ended. Calls wait for one another, because the variables that one puts back
 * would be seen by a child of the other.
 */
export function withEnvironment<T>(
  env: Environment,
  run: () => Promise<T>,
  target: NodeJS.ProcessEnv = process.env,
): Promise<T> {
  const result = queue.then(async () => {
    const hidden = Object.entries(target).filter(([name]) => env[name] === undefined);
    for (const [name] of hidden) Reflect.deleteProperty(target, name);
    try {
      return await run();
    } finally {
      for (const [name, value] of hidden) target[name] ??= value;
    }
  });
  queue = result.catch(() => undefined);
  return result;
}
