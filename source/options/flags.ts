/** One flag of the command line; the help and the README are made from this table. */
export type Flag = {
  readonly name: string;
  readonly short?: string;
  /** The placeholder of its value; without one it is a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly help: string;
  readonly group: 'Watch' | 'Output' | 'List' | 'Reach me' | 'Table' | 'Terminal' | 'Other';
};

export const flags: readonly Flag[] = [
  { name: 'file', short: 'f', value: 'PATH', group: 'Watch', help: 'read ids from a file' },
  { name: 'follow', group: 'Watch', help: 'with --file: also the ids appended to it later' },
  {
    name: 'provider',
    short: 'p',
    value: 'NAME',
    group: 'Watch',
    help: 'ccapi, newapi, xhuo or acedata: whose ids the bare ones are',
    choices: ['ccapi', 'newapi', 'xhuo', 'acedata'],
  },
  { name: 'service', value: 'NAME', group: 'Watch', help: 'producer (default) or suno', choices: ['producer', 'suno'] },
  { name: 'interval', short: 'n', value: 'DURATION', group: 'Watch', help: '5, 5s, 1m; default 5s, least 1s' },
  {
    name: 'deadline',
    value: 'DURATION',
    group: 'Watch',
    help: 'after this long an open task counts as stalled; default 24h',
  },

  {
    name: 'output',
    short: 'o',
    value: 'MODE',
    group: 'Output',
    help: 'auto, tui, plain, json or quiet',
    choices: ['auto', 'tui', 'plain', 'json', 'quiet'],
  },
  { name: 'plain', group: 'Output', help: 'one line per change' },
  { name: 'json', group: 'Output', help: 'one JSON object per change' },
  { name: 'once', group: 'Output', help: 'ask once, print the table, exit' },
  {
    name: 'until',
    value: 'WHEN',
    group: 'Output',
    help: 'leave when all or any have ended, or never',
    choices: ['all', 'any', 'never'],
  },
  { name: 'timeout', value: 'DURATION', group: 'Output', help: 'leave after this long' },
  { name: 'fail-fast', group: 'Output', help: 'leave when the first task fails' },

  { name: 'session', value: 'NAME', group: 'List', help: 'the saved list to use; default last' },
  { name: 'no-save', group: 'List', help: 'save nothing' },
  { name: 'add', group: 'List', help: 'put the ids on the saved list and exit' },

  {
    name: 'notify',
    value: 'HOW',
    group: 'Reach me',
    help: 'auto, bell, osc9, osc777, osc99 or off',
    choices: ['auto', 'bell', 'osc9', 'osc777', 'osc99', 'off'],
  },
  {
    name: 'clipboard',
    value: 'HOW',
    group: 'Reach me',
    help: 'auto, native, tmux or osc52',
    choices: ['auto', 'native', 'tmux', 'osc52'],
  },
  { name: 'player', value: 'COMMAND', group: 'Reach me', help: 'what opens audio' },

  { name: 'sort', value: 'COLUMN[:desc]', group: 'Table', help: 'start sorted by a column' },
  { name: 'filter', value: 'TEXT', group: 'Table', help: 'start filtered' },
  { name: 'columns', value: 'LIST', group: 'Table', help: 'the columns to show, by name' },

  { name: 'no-alt-screen', group: 'Terminal', help: 'draw below the prompt' },
  { name: 'ascii', group: 'Terminal', help: 'plain signs only' },
  {
    name: 'color',
    value: 'WHEN',
    group: 'Terminal',
    help: 'auto, always or never',
    choices: ['auto', 'always', 'never'],
  },
  { name: 'no-title', group: 'Terminal', help: 'leave the terminal title alone' },
  { name: 'no-progress', group: 'Terminal', help: 'no progress in the task bar' },

  { name: 'config', value: 'PATH', group: 'Other', help: 'the config file to read' },
  { name: 'log-file', value: 'PATH', group: 'Other', help: 'write what happens to a file' },
  { name: 'demo', group: 'Other', help: 'watch a simulated batch: no account, no network' },
  { name: 'serve-demo', group: 'Other', help: 'run only the simulated API' },
  { name: 'port', value: 'N', group: 'Other', help: 'with --serve-demo: where it listens' },
  { name: 'info', group: 'Other', help: 'what cliptop found: terminal, files, sources' },
  { name: 'version', short: 'V', group: 'Other', help: 'print the version' },
  { name: 'help', short: 'h', group: 'Other', help: 'print this help' },
];

const usage = `Usage
  cliptop [ID ...]      watch these ids; - reads them from standard input
  cliptop               continue the last list

An ID is a task id, provider:ID, provider/service:ID, or any text that contains ids.
`;

/** `--help`, from the table. */
export function helpText(): string {
  const groups = [...Map.groupBy(flags, ({ group }) => group)];
  const left = (flag: Flag) =>
    `  ${flag.short === undefined ? '    ' : `-${flag.short}, `}--${flag.name}${flag.value === undefined ? '' : ` ${flag.value}`}`;
  const width = Math.max(...flags.map(flag => left(flag).length)) + 2;
  const sections = groups.map(
    ([group, members]) => `${group}\n${members.map(flag => left(flag).padEnd(width) + flag.help).join('\n')}\n`,
  );
  return [usage, ...sections, tokens].join('\n');
}

const tokens = `Tokens are read from the environment (CCAPI_API_KEY, NEWAPI_API_KEY, XHUOAPI_API_KEY, ACEDATACLOUD_API_TOKEN)
or the config file, never from a flag. Exit codes: 0 all succeeded, 1 some failed, 2 usage, 4 token refused,
8 still open. Try it: cliptop --demo
`;
