import { statSync } from 'node:fs';
import type { Config, ReadConfig } from './config.ts';
import { parseOptions, type Options } from './options.ts';
import { pathsFor } from './paths.ts';
import { settingsIn, type Settings } from './settings.ts';

/** The command line and the config file together. */
export type Setup = {
  /** What the command line says, else the config file. */
  readonly options: Options;
  readonly config: Config;
  readonly configPath: string;
  /** Lines for the person about the config file. */
  readonly warnings: readonly string[];
};

/** Reads the config file that the command line names, else the usual one. Throws UsageError. */
export async function configure(argv: readonly string[]): Promise<Setup> {
  const { config: named } = parseOptions(argv);
  const configPath = named ?? pathsFor().config;
  const isThere = named !== undefined || !isMissing(configPath);
  const { config, settings, warnings } = isThere ? await read(configPath, named !== undefined) : empty;
  return { options: parseOptions(argv, withFolder(settings, config)), config, configPath, warnings };
}

const empty: ReadConfig = { config: {}, settings: settingsIn({}), warnings: [] };

function isMissing(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/** What reads and checks a file costs a part of the start that most people need not pay. */
async function read(path: string, required: boolean): Promise<ReadConfig> {
  const { readConfig } = await import('./config.ts');
  return readConfig(path, { required });
}

/** The folder in the file is only an offer, unless the file says that it is always used. */
const withFolder = (settings: Settings, { download }: Config): Settings => ({
  ...settings,
  text: name => (name === 'download' && download?.always === true ? download.folder : settings.text(name)),
});
