import { isServiceName, serviceAdvice, type ServiceName } from '../api/providers.ts';
import type { ClipboardChoice, ColorChoice, ImageChoice, NotifyChoice } from '../terminal/choices.ts';
import type { ThemeName } from '../screen/theme-choices.ts';
import type { Flag, OutputMode, Shell, Until } from './flag.ts';
import { flags } from './flags.ts';
import { didYouMean } from './nearest.ts';
import { checkTogether } from './check-together.ts';
import type { Settings } from './settings.ts';
import { readFlags } from './read-flags.ts';
import {
  columnsOf,
  durationOf,
  exportOf,
  filterOf,
  fileKindsOf,
  intervalOf,
  type Listen,
  listenOf,
  percentOf,
  portOf,
  type Recent,
  recentOf,
  sortOf,
  templateOf,
} from './values.ts';
import type { Sort } from '../store/state.ts';
import type { FileKind } from '../media/choices.ts';
import { UsageError } from '../errors.ts';

export type { OutputMode, Until } from './flag.ts';

/** The command line, checked. Durations are milliseconds; what was not given is undefined. */
export type Options = {
  readonly ids: readonly string[];
  readonly file: string | undefined;
  readonly follow: boolean;
  readonly recent: Recent | undefined;
  readonly discover: boolean;
  readonly listen: Listen | undefined;
  readonly provider: string | undefined;
  readonly service: ServiceName | undefined;
  readonly interval: number | 'auto' | undefined;
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
  readonly export: string | undefined;
  readonly onDone: string | undefined;
  readonly notify: NotifyChoice | undefined;
  readonly clipboard: ClipboardChoice | undefined;
  readonly player: string | undefined;
  readonly sort: Sort | undefined;
  readonly filter: string | undefined;
  readonly columns: readonly string[] | undefined;
  readonly preview: boolean;
  readonly previewWidth: number | undefined;
  readonly altScreen: boolean;
  readonly mouse: boolean;
  readonly ascii: boolean;
  readonly color: ColorChoice | undefined;
  readonly theme: ThemeName | undefined;
  readonly images: ImageChoice | undefined;
  readonly title: boolean;
  readonly progress: boolean;
  readonly config: string | undefined;
  readonly logFile: string | undefined;
  readonly mode: 'watch' | 'demo' | 'serve-demo' | 'completion' | (typeof printed)[number];
  readonly port: number | undefined;
  readonly completion: Shell | undefined;
  readonly faults: boolean;
};

/**
 * Reads the command line (without node and script). What it does not say, `settings` may, which come from the config
 * file. Throws UsageError.
 */
export function parseOptions(argv: readonly string[], settings: Settings = noSettings): Options {
  const given = readFlags(argv);
  const text = (name: string) => given.text(name) ?? settings.text(name);
  const has = (name: string) => given.has(name) ?? settings.has(name) ?? false;
  for (const flag of flags) checkValue(flag, text(flag.name));

  const options: Options = {
    ids: given.input,
    file: text('file'),
    follow: has('follow'),
    recent: recentOf(text('recent')),
    discover: has('discover'),
    listen: listenOf(text('listen')),
    provider: text('provider'),
    service: serviceOf(text('service')),
    interval: intervalOf(text('interval')),
    deadline: durationOf('deadline', text('deadline')),
    output: outputMode(text('output'), has('plain'), has('json')),
    once: has('once'),
    until: text('until') as Until | undefined,
    timeout: durationOf('timeout', text('timeout')),
    failFast: has('fail-fast'),
    session: text('session'),
    save: !has('no-save'),
    add: has('add'),
    download: text('download'),
    downloadWhat: fileKindsOf(text('download-what')),
    downloadName: templateOf(text('download-name')),
    export: exportOf(text('export')),
    onDone: text('on-done'),
    notify: text('notify') as NotifyChoice | undefined,
    clipboard: text('clipboard') as ClipboardChoice | undefined,
    player: text('player'),
    sort: sortOf(text('sort')),
    filter: filterOf(text('filter')),
    columns: columnsOf(text('columns')),
    preview: !has('no-preview'),
    previewWidth: percentOf('preview-width', text('preview-width')),
    altScreen: !has('no-alt-screen'),
    mouse: has('mouse'),
    ascii: has('ascii'),
    color: text('color') as ColorChoice | undefined,
    theme: text('theme') as ThemeName | undefined,
    images: text('images') as ImageChoice | undefined,
    title: !has('no-title'),
    progress: !has('no-progress'),
    config: text('config'),
    logFile: text('log-file'),
    mode: modeOf(has, text('completion')),
    port: portOf(text('port')),
    completion: text('completion') as Shell | undefined,
    faults: has('faults'),
  };
  checkTogether(options);
  return options;
}

/** What is only printed, by the name of its flag; of several the first one counts. */
const printed = ['help', 'version', 'info', 'lists', 'config-example', 'config-schema', 'json-schema'] as const;

const noSettings: Settings = { text: () => undefined, has: () => undefined };

function modeOf(has: (name: string) => boolean, completion: string | undefined): Options['mode'] {
  const print = printed.find(has);
  if (print !== undefined) return print;
  if (completion !== undefined) return 'completion';
  if (has('serve-demo')) return 'serve-demo';
  return has('demo') ? 'demo' : 'watch';
}

function checkValue({ name, choices, list }: Flag, value: string | undefined): void {
  if (value === undefined || choices === undefined) return;
  const given = list === true ? value.split(',').map(each => each.trim().toLowerCase()) : [value];
  if (given.every(each => choices.includes(each))) return;
  const wrong = given.find(each => !choices.includes(each)) ?? value;
  throw new UsageError(`--${name} ${value}: it is one of ${choices.join(', ')}${didYouMean(wrong, choices)}`);
}

function serviceOf(text: string | undefined): ServiceName | undefined {
  if (text !== undefined && !isServiceName(text)) throw new UsageError(`--service ${text || "''"}: ${serviceAdvice}`);
  return text;
}

function outputMode(output: string | undefined, plain: boolean, json: boolean): OutputMode {
  const wanted = [output, plain ? 'plain' : undefined, json ? 'json' : undefined].filter(mode => mode !== undefined);
  if (new Set(wanted).size > 1) throw new UsageError(`choose one output: ${wanted.join(' or ')}`);
  return (wanted[0] ?? 'auto') as OutputMode;
}
