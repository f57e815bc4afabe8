import type { Environment } from './terminal-name.ts';

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
