import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../source/options/config.ts';
import { UsageError } from '../../source/errors.ts';

function write(text: string, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'config.json');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}
const read = (value: unknown, mode?: number) =>
  readConfig(write(typeof value === 'string' ? value : JSON.stringify(value), mode), { required: false });

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
  expect(readConfig(path, { required: false })).toEqual({ config: {}, warnings: [] });
  expect(() => readConfig(path, { required: true })).toThrow(`${path}: there is no such file`);
  expect(() => readConfig(tmpdir(), { required: false })).toThrow('cannot be read (EISDIR)');
});

test('everything it may say', () => {
  const { config, warnings } = read({
    providers: { newapi: { baseUrl: 'https://relay.example', token: 'sk-1' }, xhuo: { token: 't' } },
    interval: '10s',
    columns: ['status', 'title'],
    keys: { quit: ['q', 'x'] },
    player: 'mpv',
    clipboard: 'osc52',
    notify: 'bell',
  });
  expect(warnings).toEqual([]);
  expect(config).toMatchObject({
    providers: { newapi: { baseUrl: 'https://relay.example', token: 'sk-1' } },
    interval: 10_000,
    columns: ['status', 'title'],
    player: 'mpv',
  });
  expect(read({ interval: 7 }).config.interval).toBe(7000);
  expect(read({ columns: ['title', 'id', 'title'] }).config.columns).toEqual(['title', 'id']);
  expect(read({}).config).toEqual({});
});

test('a byte order mark, as some editors write it, does not matter', () => {
  expect(read('\ufeff{"player":"mpv"}').config.player).toBe('mpv');
});

test.each([
  [{ interval: '0.5s' }, 'interval: '],
  [{ interval: 'soon' }, 'interval: '],
  [{ interval: '100d' }, 'at most 24d'],
  [{ columns: ['nonsense'] }, 'columns.0: '],
  [{ columns: [] }, 'columns: '],
  [{ providers: { ccapi: { token: '' } } }, 'providers.ccapi.token: '],
  [{ providers: { nobody: {} } }, 'nobody'],
  [{ providers: { ccapi: { url: 'x' } } }, 'url'],
  [{ colour: true }, 'colour'],
  [{ notify: 'email' }, 'notify: '],
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
    '{"token": "sk-Secret9",}',
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
