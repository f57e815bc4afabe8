import { Ajv } from 'ajv';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stripJsonComments from 'strip-json-comments';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../source/options/config.ts';
import { configExample, configSchemaText } from '../../source/options/config-documents.ts';
import { configSchema, objectIn } from '../../source/options/config-schema.ts';
import { flags } from '../../source/options/flags.ts';
import { defaultKeymap, rebind } from '../../source/keymap.ts';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
ajv.addVocabulary(['allowComments', 'allowTrailingCommas']);
const accepts = ajv.compile(JSON.parse(configSchemaText()) as object);

const parse = (text: string): unknown => JSON.parse(stripJsonComments(text, { trailingCommas: true }));

function read(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-example-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'config.json');
  writeFileSync(path, text, { mode: 0o600 });
  return readConfig(path, { required: true });
}

/** The example with every line in use, but for two of the three ways to a token. */
const everythingUsed = configExample()
  .replace(/^ *\/\/ "token(?:Env|Command)": .*$/gm, '')
  .replace(/^( *)\/\/ (?=["}])/gm, '$1');

/** The names in the config schema and below, as in `download.what`; providers are known by more than their names. */
const names = (schema = configSchema, before = ''): readonly string[] =>
  Object.entries(schema.shape).flatMap(([name, each]) => {
    const inner = objectIn(each as Parameters<typeof objectIn>[0]);
    return inner === null ? [before + name] : names(inner, `${before}${name}.`);
  });

test('the example is taken as it is, and with each of its lines in use', () => {
  expect(read(configExample()).warnings).toEqual([]);
  const { config, settings } = read(everythingUsed);
  expect(config.providers?.mine).toEqual({
    dialect: 'fetch',
    baseUrl: 'https://relay.example.com',
    discover: false,
    token: 'sk-…',
  });
  expect(rebind(config.keys ?? {})).toEqual(defaultKeymap);
  expect(settings.text('columns')).toBe('status,title,progress,time');
});

test('every setting stands in the example, explained', () => {
  const value = parse(everythingUsed);
  const present = (name: string) =>
    name.split('.').reduce<unknown>((object, key) => (object as Record<string, unknown> | undefined)?.[key], value) !==
    undefined;
  expect(names().length).toBeGreaterThan(defaultKeymap.length + flags.filter(({ setting }) => setting).length);
  expect(names().filter(name => !present(name) && !/\.token(?:Env|Command)$/.test(name))).toEqual([]);
  expect(configExample()).not.toContain('undefined');
  for (const { setting, help } of flags) if (setting !== undefined) expect(configExample()).toContain(help);
});

test('the schema takes what the program takes', () => {
  for (const text of [configExample(), everythingUsed, '{ "$schema": "x", "interval": 5, "sort": "time" }']) {
    expect([accepts(parse(text)), accepts.errors]).toEqual([true, null]);
  }
});

test.each([
  { colour: 'never' },
  { download: { foldr: 'x' } },
  { keys: { qiut: ['q'] } },
  { keys: { quit: [] } },
  { providers: { ccapi: { tokn: 'x' } } },
  { providers: { ccapi: { dialect: 'tasks' } } },
  { providers: { ccapi: { token: 'x', tokenEnv: 'X' } } },
  { providers: { mine: { dialect: 'fetch' } } },
  { providers: { My: { dialect: 'fetch', baseUrl: 'x' } } },
  { ascii: 'yes' },
  { interval: [5] },
  { sort: 'beauty' },
  { columns: ['nonsense'] },
  { notify: 'email' },
  [],
])('both refuse %j', value => {
  expect(() => read(JSON.stringify(value))).toThrow();
  expect(accepts(value)).toBe(false);
});
