import { expect, test } from 'vitest';
import { isErrorBody, readErrorBody } from '../../source/api/error-body.ts';
import { toApiError } from '../../source/api/error-reply.ts';
import { sourceFor } from './server.ts';

const none = { retryAfter: null, traceId: null };
const fault = (status: number, body: unknown, dialect: 'fetch' | 'tasks' = 'tasks') =>
  toApiError(sourceFor(dialect), status, body, none);
const coded = (code: string) => ({ error: { code, message: 'm' } });

test.each([
  ['the gateway’s', { error: { code: 'no_token', message: 'm' }, trace_id: 't' }, ['no_token', 'm', 't']],
  [
    'a service’s',
    { success: false, error: { code: 'api_error', message: 'm' }, trace_id: 't' },
    ['api_error', 'm', 't'],
  ],
  ['a bare string', { error: 'm' }, [null, 'm', null]],
  ['error: null', { error: null, message: 'm' }, [null, 'm', null]],
  ['new-api’s task error', { code: 'get_task_failed', message: 'm', data: null }, ['get_task_failed', 'm', null]],
  ['new-api’s middleware', { error: { message: 'm', type: 'new_api_error', code: '' } }, ['new_api_error', 'm', null]],
  ['a number as code', { error: { message: 'm', code: 40101 } }, ['40101', 'm', null]],
  ['the dashboard’s', { success: false, message: 'm' }, [null, 'm', null]],
  ['a fail_reason alone', { fail_reason: 'm' }, [null, 'm', null]],
  ['an error without a message', { error: { code: 'api_error' } }, ['api_error', null, null]],
  ['nothing', {}, [null, null, null]],
  ['no object', 'text', [null, null, null]],
])('reads %s envelope', (_, body, [code, message, traceId]) => {
  expect(readErrorBody(body)).toEqual({ code, message, traceId });
});

test.each([
  [400, 'bad_request', 'request'],
  [400, 'no_token', 'refused'],
  [400, 'token_mismatched', 'refused'],
  [401, 'token_mismatched', 'refused'],
  [400, 'api_not_implemented', 'protocol'],
  [401, 'invalid_token', 'refused'],
  [401, 'token_expired', 'refused'],
  [402, 'anything', 'exhausted'],
  [403, 'disabled', 'refused'],
  [400, 'disabled', 'refused'],
  [403, 'used_up', 'exhausted'],
  [403, 'forbidden', 'request'],
  [404, 'no_api', 'protocol'],
  [429, 'too_many_requests', 'busy'],
  [500, 'api_error', 'server'],
  [504, 'timeout', 'server'],
  [503, 'system_memory_overloaded', 'server'],
  [500, 'new_api_panic', 'server'],
  [418, 'a_code_of_next_year', 'request'],
  [522, 'another', 'server'],
])('status %i with code %s', (status, code, kind) => {
  expect(fault(status, coded(code)).kind).toBe(kind);
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'a code named %s is a code nobody knows',
  code => {
    expect(fault(400, coded(code)).kind).toBe('request');
    expect(fault(500, coded(code)).kind).toBe('server');
  },
);

test('the code goes before the status, for the vendors disagree on the status', () => {
  expect(fault(500, coded('invalid_token')).kind).toBe('refused');
  expect(fault(200, coded('too_many_requests')).kind).toBe('busy');
});

test.each([
  ['success', false],
  ['SUCCESS', false],
  [0, false],
  [200, false],
  ['0', false],
  ['200', false],
  ['', false],
  [null, false],
  ['task_not_exist', true],
  [1, true],
  ['401', true],
])('a 200 with code %j is an error: %s', (code, expected) => {
  expect(isErrorBody({ code, message: '', data: [] })).toBe(expected);
});

test('a 200 may be an error all the same', () => {
  expect(isErrorBody({ success: false, message: 'no' })).toBe(true);
  expect(isErrorBody({ error: 'upstream unavailable' })).toBe(true);
  expect(isErrorBody({ error: { message: 'm' } })).toBe(true);
  expect(isErrorBody({ success: true, data: [] })).toBe(false);
  expect(isErrorBody({ error: null, data: [] })).toBe(false);
  expect(isErrorBody({ error: {}, data: [] })).toBe(false);
});

test('the causes of a refused token are told apart', () => {
  const words = [
    fault(401, coded('token_mismatched')),
    fault(401, coded('token_expired')),
    fault(403, coded('disabled')),
    fault(401, coded('invalid_token')),
    fault(401, { error: { message: '无效的令牌' } }, 'fetch'),
    fault(403, coded('access_denied'), 'fetch'),
    fault(403, { error: { message: 'This token has no access to model ' } }, 'fetch'),
    fault(403, { error: { message: '无权访问 vip 分组' } }, 'fetch'),
    toApiError(sourceFor('fetch', { token: 'sk-abc-7' }), 403, { error: { message: '普通用户不支持指定渠道' } }, none),
  ].map(({ message }) => message.split(' · ')[1]);
  expect(words).toEqual([
    'the key in XHUOAPI_API_KEY belongs to another service',
    'the key in XHUOAPI_API_KEY has expired',
    'the application behind XHUOAPI_API_KEY is disabled',
    'check XHUOAPI_API_KEY',
    'CCAPI_API_KEY is wrong, expired, disabled or out of quota',
    "this machine's address is not on the list that CCAPI_API_KEY allows",
    'CCAPI_API_KEY is limited to certain models, and new-api refuses queries with such a key',
    'CCAPI_API_KEY is not allowed to do this: address list, group, or a banned account',
    'new-api reads what follows the "-" in CCAPI_API_KEY as a channel, which needs an admin\'s key',
  ]);
});

test('an empty balance names the key whose balance it is', () => {
  expect(fault(403, coded('used_up')).message).toContain('the balance behind XHUOAPI_API_KEY is used up');
});
