import type { Config } from './config.ts';
import { readConfig } from './config.ts';
import { parseOptions, type Options } from './options.ts';
import { pathsFor } from './paths.ts';
import type { Settings } from './settings.ts';

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
export function configure(argv: readonly string[]): Setup {
  const { config: named } = parseOptions(argv);
  const configPath = named ?? pathsFor().config;
  const { config, settings, warnings } = readConfig(configPath, { required: named !== undefined });
  return { options: parseOptions(argv, withFolder(settings, config)), config, configPath, warnings };
}

/** The folder in the file is only an offer, unless the file says that it is always used. */
const withFolder = (settings: Settings, { download }: Config): Settings => ({
  ...settings,
  text: name => (name === 'download' && download?.always === true ? download.folder : settings.text(name)),
});
