// The manual page, docs/cliptop.1, from the tables of the program; in the macros of man(7), which every man reads.
import { defaultKeymap, keyLabel } from '../source/keymap.ts';
import type { Flag } from '../source/options/flag.ts';
import { flags } from '../source/options/flags.ts';
import { version } from '../source/version.ts';
import { environmentRows, exitCodeRows, fileRows, hookRows, type Row } from './tables.ts';

/** When something was last said here that is in no table. */
const date = '2026-11-28';

/** The page as roff. */
export const manPage = (): string =>
  [
    '.\\" Made by "npm run docs" from the tables of the program.',
    `.TH CLIPTOP 1 "${date}" "cliptop ${version}" "User Commands"`,
    '.SH NAME',
    'cliptop \\- top for AI music generations',
    '.SH SYNOPSIS',
    '.B cliptop',
    '[\\fIFLAG\\fR ...] [\\fIID\\fR ...]',
    '.SH DESCRIPTION',
    ...paragraphs(
      'A live table of Producer and Suno tasks, fed by the batch endpoints of CCAPI, XHuoAPI, Ace Data Cloud and any new-api ' +
        'relay. It stays up through every fault of the network and the vendors, sends no byte to the terminal between two ' +
        'polls, and has keys to copy, play and save the songs.',
      'An `ID` is a task id, `provider:ID`, `provider/service:ID`, or any text that contains ids; `-` reads them from standard ' +
        'input. Without ids the last list goes on.',
      'Without a terminal it writes one line per change and leaves when all tasks have ended.',
    ),
    '.SH OPTIONS',
    ...[...Map.groupBy(flags, ({ group }) => group)].flatMap(([group, members]) => [
      `.SS ${roff(group)}`,
      ...members.flatMap(flag => entry(flagLabel(flag), flagText(flag))),
    ]),
    '.SH KEYS',
    ...paragraphs(
      'A key acts on the marked tasks, else on the selected one. Nothing here changes anything at the vendor.',
    ),
    ...defaultKeymap.flatMap(({ keys, help }) =>
      entry(keys.map(key => `\\fB${roff(keyLabel(key))}\\fR`).join(', '), help),
    ),
    ...section('EXIT STATUS', exitCodeRows),
    ...section('ENVIRONMENT', environmentRows),
    '.PP',
    ...paragraphs(
      'The commands of `--on-done` and of `hooks` in the config file have besides, empty where there is nothing:',
    ),
    ...hookRows.flatMap(row => entry(bold(row[0]), row[1])),
    ...section(
      'FILES',
      fileRows.map(([what, path]) => [path.replaceAll('`', ''), what]),
    ),
    '.PP',
    ...paragraphs(
      '`cliptop --config-example` prints a config file with every setting, explained. Tokens are read from it or from the ' +
        'environment, never from a flag.',
    ),
    '.SH EXAMPLES',
    ...entry('\\fBcliptop \\-\\-demo\\fR', 'watch a simulated batch: no account, no network'),
    ...entry('\\fBcurl \\-s ... | cliptop \\-\\fR', 'watch the tasks in a submit reply; keys still work'),
    ...entry('\\fBcliptop \\-\\-download ~/Music \\fIID\\fR ...', 'take the songs home'),
    ...entry('\\fBcliptop \\-\\-json \\fIID\\fR ...', 'a line of JSON per change, whose schema `--json-schema` prints'),
  ]
    .join('\n')
    .concat('\n');

const section = (title: string, rows: readonly Row[]): readonly string[] => [
  `.SH ${title}`,
  ...rows.flatMap(([name, meaning]) => entry(bold(name), meaning)),
];

const entry = (label: string, text: string): readonly string[] => ['.TP', label, marked(text)];
const paragraphs = (...texts: readonly string[]): readonly string[] =>
  texts.flatMap((text, index) => [...(index === 0 ? [] : ['.PP']), marked(text)]);
const bold = (text: string): string => `\\fB${roff(text)}\\fR`;

const flagLabel = ({ name, short, value }: Flag): string => {
  const names = [...(short === undefined ? [] : [`-${short}`]), `--${name}`].map(bold).join(', ');
  return value === undefined ? names : `${names} \\fI${roff(value)}\\fR`;
};

const flagText = ({ help, setting }: Flag): string =>
  setting === undefined ? help : `${help} (in the config file: \`${setting}\`)`;

/** A text in which `…` is code, in lines of at most 80 bytes. A line that began with a dot would be a command. */
const marked = (text: string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? roff(part) : bold(part)))
    .join('')
    .replace(/(.{1,80})(?: +|$)/g, '$1\n')
    .trimEnd()
    .replace(/^(?=\.)/gm, '\\&');

/** Text with what roff would read differently written as it wants it, all else than ASCII by its number. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replace(
      /[^\x20-\x7e]/gu,
      sign => `\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
