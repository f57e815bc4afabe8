import { readFileSync, statSync } from 'node:fs';
import stripJsonComments from 'strip-json-comments';
import { KeymapError, rebind } from '../keymap.ts';
import { UsageError } from '../errors.ts';
import { configProblem } from './config-problem.ts';
import { configSchema, type Config } from './config-schema.ts';
import { checkSettings, settingsIn, withHome, type Settings } from './settings.ts';
import { durationOf } from './values.ts';

export type { Config } from './config-schema.ts';

export type ReadConfig = {
  readonly config: Config;
  /** What the file says of the flags. */
  readonly settings: Settings;
  /** Lines for the person. */
  readonly warnings: readonly string[];
};

/**
 * Reads a config file: JSON, in which comments and a comma after the last entry are welcome. A file that is not there is
 * an empty one, unless the person named it. Throws UsageError, naming the file and the place in it.
 */
export function readConfig(path: string, { required }: { required: boolean }): ReadConfig {
  const text = textOf(path, required);
  const json = parse(path, text ?? '{}');
  const result = configSchema.safeParse(json);
  if (!result.success) throw new UsageError(`${path}: ${configProblem(result.error, json)}`);
  const settings = settingsIn(result.data);
  const { providers, keys, colors, download } = result.data as Config;
  const hooks = hooksOf(path, result.data.hooks as HooksInFile | undefined);
  try {
    rebind(keys ?? {});
  } catch (error) {
    if (!(error instanceof KeymapError)) throw error;
    throw new UsageError(`${path}: keys: ${error.message}`);
  }
  checkSettings(path, settings);
  if (download?.always === true && download.folder === undefined) {
    throw new UsageError(`${path}: download.always: it needs a folder: set download.folder, too`);
  }
  const folder = download?.folder === undefined ? {} : { folder: withHome(download.folder) };
  const config: Config = {
    providers,
    keys,
    colors,
    ...(hooks === undefined ? {} : { hooks }),
    ...(download === undefined ? {} : { download: { ...download, ...folder } }),
  };
  const runsHooks = Object.keys((result.data.hooks as object | undefined) ?? {}).some(name => name !== 'timeout');
  return { config, settings, warnings: text === null ? [] : exposure(path, config, runsHooks) };
}

type HooksInFile = Readonly<Partial<Record<'file' | 'batch', string>>> & { readonly timeout?: string | number };

function hooksOf(path: string, hooks: HooksInFile | undefined): Config['hooks'] {
  if (hooks === undefined) return undefined;
  const { file, batch } = hooks;
  try {
    const timeout = durationOf('hooks.timeout', hooks.timeout?.toString());
    return { file, batch, ...(timeout === undefined ? {} : { timeout }) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${path}: ${error.message.replace(/^--(hooks.timeout) .*?: /, '$1: ')}`);
  }
}

/** null: there is no such file, and none is needed. */
function textOf(path: string, required: boolean): string | null {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if ((code === 'ENOENT' || code === 'ENOTDIR') && !required) return null;
    throw new UsageError(
      `${path}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code ?? 'unknown'})`}`,
    );
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(stripJsonComments(text, { trailingCommas: true }));
  } catch (error) {
    throw new UsageError(`${path}: not valid JSON: ${withoutContent((error as Error).message)}`);
  }
}

/** The parser's message quotes the file, in which the token stands. */
const withoutContent = (message: string): string => message.replace(/, (\.\.\.)?"[^]*is not valid JSON$/, '');

/** A token that everybody on the machine can read is worth a word, and a command that everybody can change. */
function exposure(path: string, { providers }: Config, runsHooks: boolean): readonly string[] {
  if (process.platform === 'win32') return [];
  const entries = Object.values(providers ?? {});
  const { mode } = statSync(path);
  const holdsToken = entries.some(entry => entry?.token !== undefined);
  const holdsCommand = runsHooks || entries.some(entry => entry?.tokenCommand !== undefined);
  return [
    ...(holdsToken && (mode & 0o077) !== 0 ? [`${path} holds a token and others can read it: chmod 600 ${path}`] : []),
    ...(holdsCommand && (mode & 0o002) !== 0
      ? [`${path} names a command and others can change it: chmod 600 ${path}`]
      : []),
  ];
}
