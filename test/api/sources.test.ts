import { describe, expect, it, test } from 'vitest';
import { UsageError } from '../../source/errors.ts';
import { Sources, type SourcesOptions } from '../../source/api/sources.ts';

const fetchId = 'task_AAAAbbbbCCCCddddEEEEffffGGGGhhh1';
const uuid = '1a6ac2ad-10f2-4e2b-b500-66ec27fe82ad';
const all = { CCAPI_API_KEY: 'c', NEWAPI_API_KEY: 'n', XHUOAPI_API_KEY: 'x', ACEDATACLOUD_API_TOKEN: 'a' };
const relay = { NEWAPI_BASE_URL: 'https://relay.example' };

const given = (id: string, provider: string | null = null, service: string | null = null) => ({
  id,
  provider,
  service,
});
const resolve = (env: SourcesOptions['env'], id: ReturnType<typeof given>, more: Partial<SourcesOptions> = {}) =>
  new Sources({ env, ...more }).resolve(id);

function complaint(...args: Parameters<typeof resolve>): string {
  try {
    resolve(...args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

test.each<[string, SourcesOptions['env'], string, string]>([
  ['task_… goes to ccapi', all, fetchId, 'ccapi'],
  ['task_… goes to newapi when only that has a token', { NEWAPI_API_KEY: 'n', ...relay }, fetchId, 'newapi'],
  ['an empty token is none', { CCAPI_API_KEY: ' ', NEWAPI_API_KEY: 'n', ...relay }, fetchId, 'newapi'],
  ['a UUID goes to xhuo', all, uuid, 'xhuo'],
  [
    'a UUID goes to acedata when only that has a token',
    { ACEDATACLOUD_API_TOKEN: 'a', CCAPI_API_KEY: 'c' },
    uuid,
    'acedata',
  ],
])('%s', (_, env, id, provider) => {
  expect(resolve(env, given(id)).provider).toBe(provider);
});

test('the default provider decides between those that fit', () => {
  const env = { ...all, ...relay };
  expect(resolve(env, given(fetchId), { provider: 'newapi' }).name).toBe('newapi/producer');
  expect(resolve(env, given(uuid), { provider: 'acedata' }).name).toBe('acedata/producer');
  expect(resolve(env, given(fetchId), { provider: 'xhuo' }).name).toBe('ccapi/producer');
  // Relays of the first generation hand out UUIDs.
  expect(resolve(env, given(uuid), { provider: 'newapi' }).name).toBe('newapi/producer');
});

test('a provider in front of the id wins, with any shape of id', () => {
  expect(resolve({ ...all, ...relay }, given('42', 'newapi'), { provider: 'ccapi' }).name).toBe('newapi/producer');
  expect(resolve(all, given(uuid, 'ccapi', 'suno')).name).toBe('ccapi/suno');
});

test('the service is the id’s, else the default, else producer', () => {
  expect(resolve(all, given(uuid, null, 'suno'), { service: 'producer' }).service).toBe('suno');
  expect(resolve(all, given(uuid), { service: 'suno' }).service).toBe('suno');
  expect(resolve(all, given(uuid)).service).toBe('producer');
});

test.each([
  ['ccapi', 'https://api.ccapi.ai'],
  ['xhuo', 'https://api.xhuoapi.ai/v1'],
  ['acedata', 'https://api.acedata.cloud'],
])('%s is asked at %s unless another address is named', (provider, baseUrl) => {
  expect(resolve(all, given('a', provider))).toMatchObject({
    baseUrl,
    dialect: provider === 'ccapi' ? 'fetch' : 'tasks',
  });
});

test.each([
  ['https://x.example/', 'https://x.example'],
  ['https://x.example//', 'https://x.example'],
  ['https://x.example/v1/', 'https://x.example/v1'],
  ['https://x.example//a//b/', 'https://x.example/a/b'],
  [' http://127.0.0.1:8080 ', 'http://127.0.0.1:8080'],
])('the base URL %j is joined with exactly one slash', (text, expected) => {
  const { baseUrl } = resolve({ ...all, CCAPI_BASE_URL: text }, given(fetchId));
  expect(baseUrl).toBe(expected);
});

test.each([
  ['relay.example', 'is not an http or https address'],
  ['ftp://relay.example', 'is not an http or https address'],
  ['https://user:pass@relay.example', 'without a user'],
  ['https://relay.example/?key=1', 'a query'],
  ['https://relay.example/#a', 'a fragment'],
])('the base URL %j is refused: it %s', (text, words) => {
  const message = complaint({ ...all, NEWAPI_BASE_URL: text }, given('a', 'newapi'));
  expect(message).toMatch(/^NEWAPI_BASE_URL /);
  expect(message).toContain(words);
  expect(message).not.toContain('pass');
});

test('a key that was put where the address belongs is not repeated', () => {
  expect(complaint({ ...all, NEWAPI_BASE_URL: 'sk-Secret9' }, given('a', 'newapi'))).not.toContain('Secret');
});

test('the environment goes before the config file, and an empty variable is none', () => {
  const configured = { ccapi: { baseUrl: 'https://config.example/', token: 'from-config' } };
  expect(resolve({}, given(fetchId), { configured })).toMatchObject({
    baseUrl: 'https://config.example',
    token: 'from-config',
  });
  const empty = { CCAPI_API_KEY: '', CCAPI_BASE_URL: '' };
  expect(resolve(empty, given(fetchId), { configured })).toMatchObject({
    baseUrl: 'https://config.example',
    token: 'from-config',
  });
  const set = { CCAPI_API_KEY: ' c ', CCAPI_BASE_URL: 'https://env.example' };
  expect(resolve(set, given(fetchId), { configured })).toMatchObject({ baseUrl: 'https://env.example', token: 'c' });
});

test('an empty address in the config file is none', () => {
  const configured = { ccapi: { baseUrl: ' ', token: 't' } };
  expect(resolve({}, given(fetchId), { configured }).baseUrl).toBe('https://api.ccapi.ai');
});

test('a wrong address in the config file is looked for there', () => {
  const configured = { newapi: { baseUrl: 'nonsense', token: 't' } };
  expect(complaint({}, given('a', 'newapi'), { configured })).toContain('providers.newapi.baseUrl');
});

test('what is missing is named, with where to put it', () => {
  expect(complaint({}, given(fetchId))).toBe(
    'ccapi has no token: set CCAPI_API_KEY, or providers.ccapi.token in the config file',
  );
  // A person's own config may have the token, and not be what was read.
  expect(complaint({}, given(fetchId), { configPath: 'batch.json' })).toMatch(
    /in the config file \(batch\.json, which is read instead of your own\)$/,
  );
  expect(complaint({ NEWAPI_API_KEY: 'n' }, given(fetchId))).toContain('set NEWAPI_BASE_URL');
  expect(complaint(all, given('a', 'nobody'))).toBe(
    'there is no provider named nobody: they are ccapi, newapi, xhuo, acedata',
  );
  expect(complaint(all, given('a', 'ccapi', 'Video'))).toContain('a service is one word of its address');
  expect(complaint(all, given('a1b2'))).toContain('write provider:ID');
});

test('any word of an address is a service, but a token is none', () => {
  expect(resolve(all, given('a', 'acedata', 'nano-banana')).name).toBe('acedata/nano-banana');
  const sources = new Sources({ env: { ...all, XHUOAPI_API_KEY: 'sk-abcdefgh1234' }, service: 'sk-abcdefgh1234' });
  expect(() => sources.resolve(given(uuid))).toThrow('what holds a token is not taken for a service');
});

test('a token that cannot be one is refused without being shown', () => {
  for (const token of ['se cret', 'se\ncret', 'sécret']) {
    const message = complaint({ CCAPI_API_KEY: token }, given(fetchId));
    expect(message).toContain('CCAPI_API_KEY');
    expect(message).not.toContain('cret');
  }
});

test('a saved list names its sources', () => {
  const sources = new Sources({ env: all });
  expect(sources.byName('xhuo/suno')).toMatchObject({
    name: 'xhuo/suno',
    token: 'x',
    tokenPlace: 'XHUOAPI_API_KEY',
  });
  for (const name of ['nobody/producer', 'xhuo/Video', 'toString/producer', '', 'xhuo/suno/more']) {
    expect(() => sources.byName(name)).toThrow(UsageError);
  }
});

test('every secret is known to those who must not repeat it', () => {
  const configured = { acedata: { token: 'from-config' } };
  expect(new Sources({ env: { CCAPI_API_KEY: 'c' }, configured }).tokens).toEqual(['c', 'from-config']);
});

describe('a provider of one’s own', () => {
  const configured = {
    relay: { dialect: 'fetch', baseUrl: 'https://relay.example/v1/', tokenEnv: 'RELAY_KEY' },
    'my-ace': { dialect: 'tasks', baseUrl: 'https://ace.example', token: 'sk-ace' },
    vault: { dialect: 'fetch', baseUrl: 'https://vault.example', tokenCommand: 'pass show vault' },
  } as const;
  const sources = new Sources({ env: { RELAY_KEY: 'sk-relay' }, configured });

  it('is asked as the config file says', () => {
    expect(sources.resolve({ id: 'task_AAAA', provider: 'relay', service: 'suno' })).toEqual({
      name: 'relay/suno',
      provider: 'relay',
      service: 'suno',
      dialect: 'fetch',
      baseUrl: 'https://relay.example/v1',
      token: 'sk-relay',
      tokenPlace: 'RELAY_KEY',
    });
    expect(sources.byName('my-ace/producer')).toMatchObject({
      token: 'sk-ace',
      tokenPlace: 'providers.my-ace.token in the config file',
    });
    expect(sources.has('my-ace/producer')).toBe(true);
    expect(sources.has('their-ace/producer')).toBe(false);
    expect(sources.tokenVariables).toContain('RELAY_KEY');
    expect(sources.tokens).toEqual(['sk-relay', 'sk-ace']);
  });

  it('takes bare ids where it is the only one with a token, or is named for them', () => {
    expect(sources.resolve({ id: 'task_AAAA', provider: null, service: null }).name).toBe('relay/producer');
    const env = { RELAY_KEY: 'sk-relay', CCAPI_API_KEY: 'sk-ccapi' };
    const named = new Sources({ env, configured, provider: 'relay' });
    expect(named.resolve({ id: 'task_AAAA', provider: null, service: null }).name).toBe('relay/producer');
    expect(() => new Sources({ env, configured, provider: 'relai' })).toThrow(
      '--provider relai: it is one of ccapi, newapi, xhuo, acedata, relay, my-ace, vault',
    );
  });

  it('says where its token is missing', () => {
    const none = new Sources({ env: {}, configured });
    const id = { id: 'task_AAAA', service: null };
    expect(() => none.resolve({ ...id, provider: 'relay' })).toThrow('relay has no token: set RELAY_KEY, or');
    expect(() => none.resolve({ ...id, provider: 'vault' })).toThrow(
      'set token, tokenEnv or tokenCommand of providers.vault',
    );
    expect(none.describe().at(-1)).toBe(
      'vault: https://vault.example (token from providers.vault.tokenCommand in the config file)',
    );
  });
});
