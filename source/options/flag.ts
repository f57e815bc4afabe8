/** What `--output` may say: who shows the tasks. */
export const outputModes = ['auto', 'tui', 'plain', 'json', 'quiet'] as const;
export type OutputMode = (typeof outputModes)[number];

/** What `--until` may say: when to leave by itself. */
export const untilChoices = ['all', 'any', 'never'] as const;
export type Until = (typeof untilChoices)[number];

/** The shells whose completion `--completion` prints. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** `a, b or c`. */
export const oneOf = (choices: readonly string[]): string =>
  `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`;

/** One flag of the command line; the help, the README and the rest of the documentation are made from this table. */
export type Flag = {
  readonly name: string;
  readonly short?: string;
  /** The placeholder of its value; without one it is a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Several of the choices may be given, separated by commas; in the config file they are an array. */
  readonly list?: true;
  /** What its value is besides, for completion in a shell; columns and sort orders have their choices in other folders. */
  readonly completes?: 'file' | 'folder' | 'session' | 'provider' | 'service' | 'column' | 'sort';
  /**
   * Its place in the config file, as in `download.what`; without one it is for the command line alone. A switch named
   * `no-…` stands there for what it switches off.
   */
  readonly setting?: string;
  /** What holds where nothing is said; a switch is then off, and of its choices the first one holds. */
  readonly default?: string | readonly string[];
  /** What `--config-example` shows of a setting that has no default. */
  readonly example?: string | readonly string[];
  readonly help: string;
  readonly group: 'Watch' | 'Output' | 'List' | 'Files' | 'Reach me' | 'Table' | 'Terminal' | 'Other';
};
