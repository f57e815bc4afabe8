import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../source/options/config.ts';
import { configure } from '../../source/options/configure.ts';
import { UsageError } from '../../source/errors.ts';

function write(text: string, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'config.json');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}
const file = (value: unknown, mode?: number): string =>
  write(typeof value === 'string' ? value : JSON.stringify(value), mode);
const read = (value: unknown, mode?: number) => readConfig(file(value, mode), { required: false });
/** The options that a command line and a config file come to. */
const optionsOf = async (value: unknown, ...argv: string[]) =>
  (await configure(['--config', file(value), ...argv])).options;

function complaint(value: unknown): string {
  try {
    read(value);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

test('a file that is not there is an empty one, unless it was asked for by name', () => {
  const path = join(tmpdir(), 'cliptop-no-such-folder', 'config.json');
  expect(readConfig(path, { required: false })).toMatchObject({ config: {}, warnings: [] });
  expect(() => readConfig(path, { required: true })).toThrow(`${path}: there is no such file`);
  expect(() => readConfig(tmpdir(), { required: false })).toThrow('cannot be read (EISDIR)');
});

test('everything it may say', async () => {
  const said = {
    $schema: './config.schema.json',
    providers: { newapi: { baseUrl: 'https://relay.example', token: 'sk-1' }, xhuo: { token: 't' } },
    provider: 'newapi',
    service: 'suno',
    interval: '10s',
    deadline: 7200,
    until: 'all',
    save: false,
    columns: ['status', 'title', 'status'],
    sort: 'title:desc',
    keys: { quit: ['q', 'V'] },
    download: { folder: '~/Music', what: ['audio', 'cover'], name: '{title}' },
    hooks: { task: '~/bin/tag', batch: 'sync', timeout: '2m' },
    player: 'mpv',
    clipboard: 'osc52',
    notify: 'bell',
    altScreen: false,
    mouse: true,
    ascii: true,
    color: 'never',
    theme: 'dusk',
    colors: { failed: '#ff5f5f', muted: 245, link: 'bright-blue' },
    title: false,
    progress: false,
    logFile: '~/cliptop.log',
  };
  const { config, warnings } = read(said);
  expect(warnings).toEqual([]);
  expect(config).toEqual({
    providers: said.providers,
    keys: said.keys,
    colors: said.colors,
    hooks: { batch: 'sync', timeout: 120_000 },
    download: { ...said.download, folder: join(homedir(), 'Music') },
  });
  expect(await optionsOf(said)).toMatchObject({
    provider: 'newapi',
    service: 'suno',
    interval: 10_000,
    deadline: 7_200_000,
    until: 'all',
    save: false,
    columns: ['status', 'title'],
    sort: { column: 'title', descending: true },
    download: undefined,
    downloadWhat: ['audio', 'cover'],
    downloadName: '{title}',
    onDone: '~/bin/tag',
    player: 'mpv',
    clipboard: 'osc52',
    notify: 'bell',
    altScreen: false,
    mouse: true,
    ascii: true,
    color: 'never',
    theme: 'dusk',
    title: false,
    progress: false,
    logFile: join(homedir(), 'cliptop.log'),
  });
  expect(read({}).config).toEqual({});
});

test('the command line goes before the file, also to take a switch back', async () => {
  const said = { interval: '10s', ascii: true, title: false, preview: false, previewWidth: 55, columns: ['title'] };
  expect(await optionsOf(said)).toMatchObject({ preview: false, previewWidth: 55 });
  expect(await optionsOf(said, '--preview')).toMatchObject({ preview: true });
  expect(await optionsOf(said, '-n', '7', '--columns', 'id')).toMatchObject({
    interval: 7000,
    columns: ['id'],
    ascii: true,
  });
  expect(await optionsOf(said, '--no-ascii', '--title')).toMatchObject({ ascii: false, title: true });
  await expect(optionsOf(said, '--no-follow')).rejects.toThrow('unknown flag --no-follow');
});

test('a folder for downloads is only an offer, unless it is always used', async () => {
  expect((await optionsOf({ download: { folder: '/music' } })).download).toBeUndefined();
  expect((await optionsOf({ download: { folder: '/music', always: true } })).download).toBe('/music');
  expect((await optionsOf({ download: { folder: '/music', always: true } }, '--download', '/here')).download).toBe(
    '/here',
  );
  expect(complaint({ download: { always: true } })).toContain('download.always: it needs a folder');
});

test('a byte order mark, comments and a comma after the last entry do not matter', async () => {
  expect((await optionsOf('\ufeff// mine\n{"player":"mpv", /* "ascii": true, */}')).player).toBe('mpv');
  expect((await optionsOf('{"player":"https://x.example/a//b"}')).player).toBe('https://x.example/a//b');
});

test.each([
  [{ colour: 'never' }, 'there is no setting named colour; did you mean color?'],
  [{ 'download-what': ['audio'] }, 'download-what; did you mean download.what?'],
  [{ download: { foldr: 'x' } }, 'download: there is no setting named foldr; did you mean folder?'],
  [{ keys: { qiut: ['q'] } }, 'keys: there is no setting named qiut; did you mean quit?'],
  [{ providers: { ccapi: { tokn: 'x' } } }, 'providers.ccapi: there is no setting named tokn; did you mean token?'],
  [{ providers: { mine: { dialect: 'fetch', baseUrl: 'x', tokenEnvv: 'X' } } }, 'did you mean tokenEnv?'],
  [{ providers: { newapy: { token: 'x' } } }, 'providers.newapy: did you mean newapi? A provider of your own needs'],
  [{ providers: { ccapi: { dialect: 'tasks' } } }, 'providers.ccapi: there is no setting named dialect'],
  [{ theme: 'dsk' }, 'theme: it is one of terminal, dusk, ember, paper, dune; did you mean dusk?'],
  [{ colors: { faild: 'red' } }, 'colors: there is no setting named faild; did you mean failed?'],
  [{ colors: { failed: 'redd' } }, 'bright-red …), a number from 0 to 255, or #rrggbb; did you mean red?'],
  [{ nothingLikeThis: 1 }, 'there is no setting named nothingLikeThis'],
])('%j names the nearest word that is known: %s', (value, says) => {
  expect(complaint(value)).toContain(says);
});

test.each([
  [{ My: {} }, 'the name of a provider is up to 32 small letters'],
  [{ mine: { dialect: 'grpc', baseUrl: 'x' } }, 'providers.mine.dialect: it is one of fetch, tasks'],
  [{ mine: { dialect: 'fetch' } }, 'providers.mine: A provider of your own needs a dialect'],
  [{ ccapi: { token: 'sk-Secret9', tokenEnv: 'X' } }, 'providers.ccapi: choose one of token and tokenEnv'],
  [{ ccapi: { tokenEnv: 'sk-Secret9' } }, 'providers.ccapi.tokenEnv: it has to be the name of an environment variable'],
  [{ ccapi: { tokenCommand: [] } }, 'providers.ccapi.tokenCommand: it must not be empty'],
])('providers %j are refused: %s', (providers, says) => {
  const { My, ...rest } = providers as Record<string, unknown>;
  const said = complaint({ providers: My === undefined ? rest : { My: { dialect: 'fetch', baseUrl: 'x' } } });
  expect(said).toContain(says);
  expect(said).not.toContain('Secret');
});

test.each([
  [{ interval: '0.5s' }, 'interval: '],
  [{ interval: 'soon' }, 'interval: a duration is written'],
  [{ interval: [5] }, 'interval: it has to be a string or a number'],
  [{ previewWidth: 90 }, 'previewWidth: a share of the width is a number from 20 to 70'],
  [{ sort: 'beauty' }, 'sort: the columns are'],
  [{ download: { name: '{nonsense}' } }, 'download.name: '],
  [{ ascii: 'yes' }, 'ascii: it has to be a boolean'],
  [{ interval: '100d' }, 'at most 24d'],
  [{ columns: ['nonsense'] }, 'columns.0: '],
  [{ columns: [] }, 'columns: '],
  [{ providers: { ccapi: { token: '' } } }, 'providers.ccapi.token: '],
  [{ providers: { nobody: {} } }, 'nobody'],
  [{ providers: { ccapi: { url: 'x' } } }, 'url'],
  [{ colour: true }, 'colour'],
  [{ notify: 'email' }, 'notify: '],
  [{ theme: 5 }, 'theme: it is one of'],
  [{ colors: { failed: '#ff5' } }, 'colors.failed: a colour is a name ('],
  [{ colors: { failed: 256 } }, 'colors.failed: a colour is a name ('],
  [{ colors: { failed: true } }, 'colors.failed: it has to be a string or a number'],
  [{ colors: 'red' }, 'colors: it has to be an object'],
  [{ keys: { quit: [] } }, 'keys.quit: '],
  [[], 'it has to be an object'],
  ['null', 'it has to be an object'],
  ['', 'not valid JSON'],
  ['{', 'not valid JSON'],
])('%j is refused, with the place: %s', (value, place) => {
  expect(complaint(value)).toContain(place);
});

test('the message about a broken file does not quote what stands in it', () => {
  for (const text of [
    '{"token": "sk-Secret9"',
    '{"a": {"token": sk-Secret9}}',
    '{"token": "sk-Secret9",,}',
    '"sk-Secret9" x',
  ]) {
    expect(complaint(text)).toContain('not valid JSON');
    expect(complaint(text)).not.toMatch(/Secret|sk-/);
  }
});

test('a refused value is not quoted either', () => {
  expect(complaint({ providers: { ccapi: { token: ['sk-Secret9'] } } })).not.toContain('Secret');
});

test.skipIf(process.platform === 'win32')('a token that others can read is worth a word, and how to mend it', () => {
  const secret = { providers: { ccapi: { token: 'sk-Secret9' } } };
  const [warning, ...others] = read(secret, 0o644).warnings;
  expect(others).toEqual([]);
  expect(warning).toMatch(/holds a token and others can read it: chmod 600 .*config\.json$/);
  expect(warning).not.toContain('Secret');
  expect(read(secret, 0o600).warnings).toEqual([]);
  expect(read({ player: 'mpv' }, 0o644).warnings).toEqual([]);
});
