import { defaultKinds, defaultTemplate, fileKinds } from '../media/choices.ts';
import { mainServices, providerNames } from '../api/providers.ts';
import { themeNames } from '../screen/theme-choices.ts';
import { clipboardChoices, colorChoices, notifyChoices } from '../terminal/choices.ts';

/** What `--output` may say: who shows the tasks. */
const outputModes = ['auto', 'tui', 'plain', 'json', 'quiet'] as const;
export type OutputMode = (typeof outputModes)[number];

/** What `--until` may say: when to leave by itself. */
const untilChoices = ['all', 'any', 'never'] as const;
export type Until = (typeof untilChoices)[number];

/** The shells whose completion `--completion` prints. */
const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** `a, b or c`. */
const oneOf = (choices: readonly string[]): string => `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`;

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

export const flags: readonly Flag[] = [
  { name: 'file', short: 'f', value: 'PATH', group: 'Watch', completes: 'file', help: 'read ids from a file' },
  { name: 'follow', group: 'Watch', help: 'with --file: also the ids appended to it later' },
  {
    name: 'recent',
    value: 'N|DURATION',
    group: 'Watch',
    help: "start with the account's last N tasks, or those since",
  },
  { name: 'discover', group: 'Watch', help: 'also the tasks that are submitted later, from anywhere' },
  {
    name: 'listen',
    value: '[HOST:]PORT',
    group: 'Watch',
    help: "take the vendors' callbacks as hints to ask at once",
  },
  {
    name: 'provider',
    short: 'p',
    value: 'NAME',
    group: 'Watch',
    help: `${oneOf(providerNames)}, or one of your own: whose ids the bare ones are`,
    completes: 'provider',
    setting: 'provider',
    example: 'ccapi',
  },
  {
    name: 'service',
    value: 'NAME',
    group: 'Watch',
    help: `${mainServices[0]} (default), ${mainServices[1]}, or another: luma, kling, flux, midjourney …`,
    completes: 'service',
    example: 'suno',
    setting: 'service',
  },
  {
    name: 'interval',
    short: 'n',
    value: 'DURATION',
    group: 'Watch',
    setting: 'interval',
    default: '5s',
    help: '5, 5s, 1m; default 5s, least 1s',
  },
  {
    name: 'deadline',
    value: 'DURATION',
    group: 'Watch',
    setting: 'deadline',
    default: '24h',
    help: 'after this long an open task counts as stalled; default 24h',
  },

  {
    name: 'output',
    short: 'o',
    value: 'MODE',
    group: 'Output',
    help: oneOf(outputModes),
    choices: outputModes,
  },
  { name: 'plain', group: 'Output', help: 'one line per change' },
  { name: 'json', group: 'Output', help: 'one JSON object per change' },
  { name: 'once', group: 'Output', help: 'ask once, print the table, exit' },
  {
    name: 'until',
    value: 'WHEN',
    group: 'Output',
    setting: 'until',
    example: 'all',
    help: 'leave when all or any have ended, or never',
    choices: untilChoices,
  },
  { name: 'timeout', value: 'DURATION', group: 'Output', help: 'leave after this long' },
  { name: 'fail-fast', group: 'Output', help: 'leave when the first task fails' },

  { name: 'session', value: 'NAME', group: 'List', completes: 'session', help: 'the saved list to use; default last' },
  { name: 'no-save', group: 'List', setting: 'save', help: 'save nothing; a list is only read' },
  { name: 'add', group: 'List', help: 'put the ids on the saved list and exit' },
  { name: 'lists', group: 'List', help: 'print the saved lists, and which can be removed' },

  {
    name: 'download',
    value: 'DIR',
    group: 'Files',
    completes: 'folder',
    help: 'save the clips of every task that ends there',
  },
  {
    name: 'download-what',
    value: 'LIST',
    group: 'Files',
    choices: fileKinds,
    list: true,
    setting: 'download.what',
    default: defaultKinds,
    help: `what to save: ${fileKinds.join(', ')}; default ${defaultKinds.join(', ')}`,
  },
  {
    name: 'download-name',
    value: 'TEMPLATE',
    group: 'Files',
    setting: 'download.name',
    default: defaultTemplate,
    help: `file names; default '${defaultTemplate}'`,
  },
  {
    name: 'on-done',
    value: 'COMMAND',
    group: 'Files',
    setting: 'hooks.task',
    example: 'echo "$CLIPTOP_STATUS $CLIPTOP_TITLE" >> ~/songs.log',
    help: 'run for each task that ends, with its facts in CLIPTOP_…',
  },

  {
    name: 'notify',
    value: 'HOW',
    group: 'Reach me',
    setting: 'notify',
    help: oneOf(notifyChoices),
    choices: notifyChoices,
  },
  {
    name: 'clipboard',
    value: 'HOW',
    group: 'Reach me',
    setting: 'clipboard',
    help: oneOf(clipboardChoices),
    choices: clipboardChoices,
  },
  {
    name: 'player',
    value: 'COMMAND',
    group: 'Reach me',
    setting: 'player',
    example: 'mpv --no-video',
    help: 'what opens audio',
  },

  {
    name: 'sort',
    value: 'COLUMN[:desc]',
    group: 'Table',
    completes: 'sort',
    setting: 'sort',
    example: 'time:desc',
    help: 'start sorted by a column',
  },
  {
    name: 'filter',
    value: 'TEXT',
    group: 'Table',
    help: 'show only what matches, on the screen and in lines; all is watched',
  },
  {
    name: 'columns',
    value: 'LIST',
    group: 'Table',
    list: true,
    completes: 'column',
    setting: 'columns',
    example: ['status', 'title', 'progress', 'time'],
    help: 'the columns to show, by name',
  },

  { name: 'no-alt-screen', group: 'Terminal', setting: 'altScreen', help: 'draw below the prompt' },
  { name: 'ascii', group: 'Terminal', setting: 'ascii', help: 'plain signs only' },
  {
    name: 'color',
    value: 'WHEN',
    group: 'Terminal',
    setting: 'color',
    help: oneOf(colorChoices),
    choices: colorChoices,
  },
  {
    name: 'theme',
    value: 'NAME',
    group: 'Terminal',
    setting: 'theme',
    help: `the colours: ${oneOf(themeNames)}`,
    choices: themeNames,
  },
  { name: 'no-title', group: 'Terminal', setting: 'title', help: 'leave the terminal title alone' },
  { name: 'no-progress', group: 'Terminal', setting: 'progress', help: 'no progress in the task bar' },

  { name: 'config', value: 'PATH', group: 'Other', completes: 'file', help: 'the config file to read' },
  {
    name: 'log-file',
    value: 'PATH',
    group: 'Other',
    completes: 'file',
    setting: 'logFile',
    example: '~/cliptop.log',
    help: 'write what happens to a file',
  },
  { name: 'demo', group: 'Other', help: 'watch a simulated batch: no account, no network' },
  { name: 'serve-demo', group: 'Other', help: 'run only the simulated API' },
  { name: 'port', value: 'N', group: 'Other', help: 'with --serve-demo: where it listens' },
  { name: 'info', group: 'Other', help: 'what cliptop found: terminal, files, sources' },
  {
    name: 'completion',
    value: 'SHELL',
    group: 'Other',
    choices: shells,
    help: `print what completes this command line in ${oneOf(shells)}`,
  },
  { name: 'config-example', group: 'Other', help: 'print a config file with every setting, explained' },
  { name: 'config-schema', group: 'Other', help: 'print the JSON Schema of the config file' },
  { name: 'json-schema', group: 'Other', help: 'print the JSON Schema of the lines of --json' },
  { name: 'version', short: 'V', group: 'Other', help: 'print the version' },
  { name: 'help', short: 'h', group: 'Other', help: 'print this help' },
];
