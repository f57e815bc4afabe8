import { expect, test } from 'vitest';
import type { ApiErrorKind } from '../../source/api/errors.ts';
import type { Dialect } from '../../source/api/providers.ts';
import { faultOfReply, fixture, html } from './server.ts';

const text = { 'content-type': 'text/plain; charset=utf-8' };

test.each<[string, string, Dialect, number, ApiErrorKind, RegExp]>([
  ['a wrong token', 'E13a', 'tasks', 401, 'refused', /specified token is invalid or wrong.*check XHUOAPI_API_KEY/],
  ['a token of another service, with status 400', 'E13b', 'tasks', 400, 'refused', /belongs to another service/],
  ['an empty balance', 'E13c', 'tasks', 403, 'exhausted', /balance is not sufficient/],
  ['too many requests', 'E13d', 'tasks', 429, 'busy', /exceeded the rate limit/],
  ['a failure upstream', 'E13e', 'tasks', 500, 'server', /fetch failed/],
  ['an error that is a bare string', 'E13f', 'tasks', 502, 'server', /upstream unavailable/],
  ['a database error', 'E24c', 'fetch', 500, 'server', /database is locked/],
  ['a wrong key', 'E25a', 'fetch', 401, 'refused', /wrong, expired, disabled or out of quota/],
  ['an address that is not allowed', 'E25b', 'fetch', 403, 'refused', /not on the list that CCAPI_API_KEY allows/],
  ['a key limited to models', 'E25c', 'fetch', 403, 'refused', /limited to certain models/],
  ['an overloaded relay', 'E25d', 'fetch', 503, 'server', /cpu overloaded/],
  ['a panic', 'E25e', 'fetch', 500, 'server', /Panic detected/],
  ['a path the relay does not have', 'E25f', 'fetch', 404, 'protocol', /Invalid URL.*is the base URL right/],
])('%s', async (_, name, dialect, status, kind, words) => {
  const fault = await faultOfReply(dialect, { status, body: fixture(name) });
  expect(fault).toMatchObject({ kind, status });
  expect(fault.message).toMatch(words);
});

test('the codes and the numbers that support asks for are kept', async () => {
  expect(await faultOfReply('tasks', { status: 401, body: fixture('E13a') })).toMatchObject({
    code: 'invalid_token',
    traceId: 'e1300000-0000-4000-8000-000000000401',
  });
  const relay = await faultOfReply('fetch', { status: 401, body: fixture('E25a') });
  expect(relay.traceId).toBe('20260921143000000000000AbCdEf');
  expect(relay.message).not.toContain('request id');
});

test('an error of the request is read although it is sent as text/plain', async () => {
  const fault = await faultOfReply('fetch', { status: 400, headers: text, body: fixture('E24b') });
  expect(fault).toMatchObject({ kind: 'request', code: 'invalid_request' });
  expect(fault.message).toContain('cannot unmarshal string');
});

test('a 429 without a body and without Retry-After', async () => {
  const fault = await faultOfReply('fetch', { status: 429, headers: { 'content-length': '0' } });
  expect(fault).toMatchObject({ kind: 'busy', retryAfter: null, message: '429 too many requests' });
});

test('a web page with status 200 asks about the base URL', async () => {
  const fault = await faultOfReply('fetch', { headers: { 'content-type': 'text/html; charset=utf-8' }, body: html });
  expect(fault).toMatchObject({ kind: 'protocol', status: 200 });
  expect(fault.message).toMatch(/web page.*is the base URL right/);
  expect(fault.message).not.toContain('<');
});

test('a redirect is reported with the host it leads to', async () => {
  const location = 'https://www.example.net//producer/fetch';
  const fault = await faultOfReply('fetch', { status: 301, headers: { location } });
  expect(fault).toMatchObject({ kind: 'protocol', status: 301 });
  expect(fault.message).toContain('www.example.net');
});

test('the page of a proxy stands for its status', async () => {
  const body = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
  const fault = await faultOfReply('fetch', { status: 502, headers: { 'content-type': 'text/html' }, body });
  expect(fault).toMatchObject({ kind: 'server', message: '502 bad gateway' });
});

test('JSON that was cut off is a matter of the network', async () => {
  const body = '{"code":"success","message":"","data":[{"id":41,"task_id":"task_AAAAbbbbCCCC';
  expect(await faultOfReply('fetch', { body })).toMatchObject({ kind: 'network', status: 200 });
});
