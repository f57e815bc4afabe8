import type { ProviderSettings } from '../api/providers.ts';
import { Sources } from '../api/sources.ts';
import { UsageError } from '../errors.ts';
import { childEnvironment, exitFailure, startFailure } from '../terminal/child-process.ts';
import { splitCommand } from '../terminal/player-command.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Configured = Readonly<Record<string, ProviderSettings | undefined>>;

/** Milliseconds: long enough to type the password of a password manager. */
const defaultTimeout = 60_000;
/** Bytes of output; a token is no longer. */
const maxOutput = 64 * 1024;

/**
 * Runs the token commands of the config file, one after another, for one may ask for a password; the tokens by provider.
 * A provider whose token is in the environment needs none. Throws UsageError for a command that fails; nothing of what it
 * prints is repeated.
 */
export async function commandTokens(
  configured: Configured = {},
  { env = process.env, timeout = defaultTimeout }: { env?: Environment; timeout?: number } = {},
): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>();
  const wanted = Object.entries(configured).filter(([, settings]) => settings?.tokenCommand !== undefined);
  if (wanted.length === 0) return tokens;
  const sources = new Sources({ env, configured });
  const childEnv = childEnvironment(env, sources.tokenVariables, { secrets: sources.tokens });
  for (const [name, settings] of wanted) {
    if (sources.hasToken(name)) continue;
    const command = wordsOf(settings?.tokenCommand ?? '');
    const [program] = command;
    if (program === undefined) {
      throw new UsageError(`providers.${name}.tokenCommand is empty, or a quote in it is left open`);
    }
    const output = await outputOf(command, { env: childEnv, timeout }).catch((error: unknown) => {
      throw new UsageError(`the tokenCommand of ${name} failed: ${error instanceof Error ? error.message : 'unknown'}`);
    });
    const token = output.trim().split('\n').at(-1)?.trim() ?? '';
    if (token === '') throw new UsageError(`the tokenCommand of ${name} failed: ${program} printed nothing`);
    tokens.set(name, token);
  }
  return tokens;
}

/** A text is split at its spaces, with quotes; nothing else of a shell is known: no variables, no pipes. */
const wordsOf = (command: string | readonly string[]): readonly string[] =>
  typeof command === 'string' ? (splitCommand(command) ?? []) : command;

type RunOptions = { readonly env: Record<string, string>; readonly timeout: number };

/** What a program prints on standard output. Rejects with one line when it fails or takes longer than `timeout` ms. */
async function outputOf(command: readonly string[], { env, timeout }: RunOptions): Promise<string> {
  const { spawn } = await import('node:child_process');
  const [program = '', ...args] = command;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // Standard input may hold ids. The terminal stays where it is, for a password manager opens it by itself.
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const timer = setTimeout(() => reject(new Error(`${program} did not end within ${timeout / 1000} s`)), timeout);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    output += piece;
    if (output.length > maxOutput) reject(new Error(`${program} printed more than 64 kB`));
  });
  child.once('error', error => reject(new Error(startFailure(program, error))));
  child.once('close', (code, signal) => {
    const failure = exitFailure(program, code, signal);
    if (failure === null) resolve(output);
    else reject(new Error(failure));
  });
  // A child that it left behind may hold the pipe: what was printed by the end is all there is.
  child.once('exit', () => setTimeout(() => child.stdout.destroy(), 100).unref());
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    if (child.exitCode === null) child.kill('SIGKILL');
    child.stdout.destroy();
  }
}
