import type { ProviderName, ServiceName } from '../api/providers.ts';
import type { ClipboardChoice, ColorChoice, NotifyChoice } from '../terminal/choices.ts';
import { flags, type Flag, type OutputMode, type Until } from './flags.ts';
import { readFlags } from './read-flags.ts';
import type { Sort } from '../store/state.ts';
import { columnIds } from '../screen/columns.ts';
import { sortKeys } from '../store/sort-keys.ts';
import { longestTimer, parseDuration } from '../text/duration.ts';
import { fileKinds, type FileKind } from '../media/choices.ts';
import { checkTemplate } from '../media/template.ts';
import { UsageError } from '../errors.ts';

export type { OutputMode, Until } from './flags.ts';

/** The command line, checked. Durations are milliseconds; what was not given is undefined. */
export type Options = {
  readonly ids: readonly string[];
  readonly file: string | undefined;
  readonly follow: boolean;
  readonly provider: ProviderName | undefined;
  readonly service: ServiceName | undefined;
  readonly interval: number | undefined;
  readonly deadline: number | undefined;
  readonly output: OutputMode;
  readonly once: boolean;
  readonly until: Until | undefined;
  readonly timeout: number | undefined;
  readonly failFast: boolean;
  readonly session: string | undefined;
  readonly save: boolean;
  readonly add: boolean;
  readonly download: string | undefined;
  readonly downloadWhat: readonly FileKind[] | undefined;
  readonly downloadName: string | undefined;
  readonly notify: NotifyChoice | undefined;
  readonly clipboard: ClipboardChoice | undefined;
  readonly player: string | undefined;
  readonly sort: Sort | undefined;
  readonly filter: string | undefined;
  readonly columns: readonly string[] | undefined;
  readonly altScreen: boolean;
  readonly ascii: boolean;
  readonly color: ColorChoice | undefined;
  readonly title: boolean;
  readonly progress: boolean;
  readonly config: string | undefined;
  readonly logFile: string | undefined;
  readonly mode: 'watch' | 'demo' | 'serve-demo' | 'lists' | 'info' | 'version' | 'help';
  readonly port: number | undefined;
};

/** Reads the command line (without node and script). Throws UsageError. */
export function parseOptions(argv: readonly string[]): Options {
  const { text, has, input } = readFlags(argv);
  for (const flag of flags) checkValue(flag, text(flag.name));

  const interval = duration('interval', text('interval'));
  if (interval !== undefined && interval < 1000) {
    throw new UsageError(
      `--interval ${text('interval') ?? ''}: the least is 1s; the vendors refresh their tasks every few seconds`,
    );
  }
  const options: Options = {
    ids: input,
    file: text('file'),
    follow: has('follow'),
    provider: text('provider') as ProviderName | undefined,
    service: text('service') as ServiceName | undefined,
    interval,
    deadline: duration('deadline', text('deadline')),
    output: outputMode(text('output'), has('plain'), has('json')),
    once: has('once'),
    until: text('until') as Until | undefined,
    timeout: duration('timeout', text('timeout')),
    failFast: has('fail-fast'),
    session: text('session'),
    save: !has('no-save'),
    add: has('add'),
    download: text('download'),
    downloadWhat: fileKindsOf(text('download-what')),
    downloadName: templateOf(text('download-name')),
    notify: text('notify') as NotifyChoice | undefined,
    clipboard: text('clipboard') as ClipboardChoice | undefined,
    player: text('player'),
    sort: sortOf(text('sort')),
    filter: text('filter'),
    columns: columnsOf(text('columns')),
    altScreen: !has('no-alt-screen'),
    ascii: has('ascii'),
    color: text('color') as ColorChoice | undefined,
    title: !has('no-title'),
    progress: !has('no-progress'),
    config: text('config'),
    logFile: text('log-file'),
    mode: modeOf(has),
    port: portOf(text('port')),
  };
  checkTogether(options);
  return options;
}

function modeOf(has: (name: string) => boolean): Options['mode'] {
  if (has('help')) return 'help';
  if (has('version')) return 'version';
  if (has('info')) return 'info';
  if (has('lists')) return 'lists';
  if (has('serve-demo')) return 'serve-demo';
  return has('demo') ? 'demo' : 'watch';
}

function checkTogether(options: Options): void {
  if (options.follow && options.file === undefined)
    throw new UsageError('--follow needs --file PATH: there is no file to follow');
  if (options.port !== undefined && options.mode !== 'serve-demo')
    throw new UsageError('--port goes with --serve-demo');
  if (options.ids.some(id => id.trim() === ''))
    throw new UsageError('an id is empty: is a variable of the shell unset?');
  if (options.mode === 'serve-demo' && options.ids.length > 0)
    throw new UsageError('--serve-demo takes no ids: it prints its own');
  if (options.mode === 'lists' && options.ids.length > 0)
    throw new UsageError('--lists takes no ids: to look into one of the lists, cliptop --session NAME');
  if (options.add && options.mode === 'demo')
    throw new UsageError('--add and --demo contradict each other: a demo is not saved');
  if (options.download?.trim() === '') throw new UsageError('--download needs a folder: --download DIR');
  if (options.add && !options.save) throw new UsageError('--add and --no-save contradict each other');
  if (options.once && options.output === 'tui')
    throw new UsageError('--once prints and exits: it does not go with --output tui');
  if (options.add && options.ids.length === 0 && options.file === undefined) {
    throw new UsageError('--add needs ids: cliptop --add ID …');
  }
}

function checkValue({ name, choices }: Flag, value: string | undefined): void {
  if (value === undefined || choices === undefined || choices.includes(value)) return;
  throw new UsageError(`--${name} ${value}: it is one of ${choices.join(', ')}`);
}

function outputMode(output: string | undefined, plain: boolean, json: boolean): OutputMode {
  const wanted = [output, plain ? 'plain' : undefined, json ? 'json' : undefined].filter(mode => mode !== undefined);
  if (new Set(wanted).size > 1) throw new UsageError(`choose one output: ${wanted.join(' or ')}`);
  return (wanted[0] ?? 'auto') as OutputMode;
}

function duration(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = parseDuration(text);
  if (milliseconds === null || milliseconds <= 0) {
    throw new UsageError(`--${name} ${text}: a duration is written 5, 5s, 1m or 1h30m, and is more than 0`);
  }
  if (milliseconds > longestTimer && name !== 'deadline') throw new UsageError(`--${name} ${text}: at most 24d`);
  return milliseconds;
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port ${text}: a port is a number from 0 to 65535`);
  return port;
}

function sortOf(text: string | undefined): Sort | undefined {
  if (text === undefined) return undefined;
  const [column = '', direction, ...rest] = text.split(':');
  if (!Object.hasOwn(sortKeys, column))
    throw new UsageError(`--sort ${text}: the columns are ${Object.keys(sortKeys).join(', ')}`);
  if (rest.length > 0 || (direction !== undefined && direction !== 'desc' && direction !== 'asc')) {
    throw new UsageError(`--sort ${text}: after the colon comes asc or desc`);
  }
  return { column, descending: direction === 'desc' };
}

/** Kinds of files, separated by commas. Throws UsageError for one that does not exist. */
function fileKindsOf(text: string | undefined): readonly FileKind[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map(name => name.trim().toLowerCase());
  const isKind = (name: string): name is FileKind => (fileKinds as readonly string[]).includes(name);
  const kinds = names.filter(isKind);
  if (kinds.length < names.length) {
    throw new UsageError(`--download-what ${text}: what can be saved is ${fileKinds.join(', ')}`);
  }
  return [...new Set(kinds)];
}

function templateOf(text: string | undefined): string | undefined {
  if (text !== undefined) checkTemplate(text);
  return text;
}

/** Names of columns, separated by commas. Throws UsageError for one that does not exist. */
function columnsOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text
    .split(',')
    .map(name => name.trim().toLowerCase())
    .filter(Boolean);
  const unknown = names.find(name => !columnIds.includes(name));
  if (unknown !== undefined || names.length === 0) {
    throw new UsageError(`--columns ${text}: the columns are ${columnIds.join(', ')}`);
  }
  return [...new Set(names)];
}
