// What the README and the manual page say besides flags and keys. A word in `…` is code.
import { homedir } from 'node:os';
import { exitCodes } from '../source/exit-code.ts';
import { providers } from '../source/api/providers.ts';
import { pathsFor } from '../source/options/paths.ts';

/** A name or several, and what is to be said of it. */
export type Row = readonly [name: string, meaning: string];

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'everything watched succeeded; or you left the screen with `q` or `Q`',
  failed: 'at least one task failed, succeeded only in part, or is unknown to the API; or a file was not saved',
  usage: 'a mistake on the command line or in the config file; nothing was asked',
  refused: 'a provider refused the token',
  open: 'left while tasks were still open (`--timeout`, `--once`); with `--until any` an ended task decides instead',
  SIGHUP: 'ended by SIGHUP, also: the reader of the output went away',
  SIGINT: 'ended by SIGINT, also: ctrl-c',
  SIGQUIT: 'ended by SIGQUIT',
  SIGTERM: 'ended by SIGTERM',
};

/** Every way out. */
export const exitCodeRows: readonly Row[] = Object.entries(exitCodes).map(([name, code]) => [
  String(code),
  meanings[name as keyof typeof exitCodes],
]);

const { config, sessions, cache } = pathsFor({}, 'linux');
const shortened = (path: string): string => `\`${path.replace(homedir(), '~')}\``;

/** Where files are. */
export const fileRows: readonly Row[] = [
  ['config', shortened(config)],
  ['watch lists', shortened(`${sessions}/NAME.jsonl`)],
  ['compile cache', shortened(cache)],
];

/** What a hook gets in its environment; what there is not is empty. */
export const hookRows: readonly Row[] = [
  ['CLIPTOP_EVENT', '`task`, `file` or `batch`'],
  ['CLIPTOP_ID', 'the id of the task; of a batch all ids, one a line'],
  ['CLIPTOP_SOURCE', 'such as `ccapi/producer`'],
  ['CLIPTOP_STATUS', '`succeeded`, `partial`, `failed` or `missing`; of a batch one of the first three'],
  ['CLIPTOP_TITLE', 'the title of the (first) clip'],
  ['CLIPTOP_AUDIO_URL', 'all audio URLs, one a line; of a file that of its clip'],
  ['CLIPTOP_FILE', 'the file that was saved; of a task or batch the files saved so far, one a line'],
  ['CLIPTOP_ERROR', 'why it failed'],
];

/** What is read from the environment, besides what tells one terminal from another. */
export const environmentRows: readonly Row[] = [
  ...providers.flatMap(({ name, tokenVariable, baseUrlVariable, defaultBaseUrl }): readonly Row[] => [
    [tokenVariable, `the token of \`${name}\``],
    [baseUrlVariable, `its base URL, ${defaultBaseUrl === null ? 'required' : `else \`${defaultBaseUrl}\``}`],
  ]),
  ['XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME', 'where the files below are, instead'],
  ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY', 'a proxy for requests, in capitals or small letters'],
  ['NODE_EXTRA_CA_CERTS', 'a file with further certificates to trust'],
  ['NO_COLOR, FORCE_COLOR', 'no colour; or colour also where there is no terminal'],
  ['BROWSER', 'what opens audio where no `--player` is named'],
  ['CLIPTOP_DEBUG', 'anything but nothing: where it broke, should cliptop itself fail'],
];
