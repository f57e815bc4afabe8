import { page, status, type Row } from './row.ts';
import { interval } from './world.ts';

const retrying = ['retrying', 1] as const;
const wrongUrl = ['retrying', 5] as const;
const refused = ['refused', null] as const;
const exhausted = ['retrying', 300] as const;

const trace = '00000000-0000-4000-8000-00000000e001';

/** Statuses without a body, or with a page of a proxy: the same for both dialects. */
const plain: readonly Row[] = [
  status('400 without a body', 400, retrying),
  status('401 without a body', 401, refused),
  status('402 without a body', 402, exhausted),
  status('403 without a body', 403, refused),
  status('404 without a body', 404, wrongUrl),
  status('408 without a body', 408, retrying),
  status('429 without a body', 429, retrying),
  status('429 with Retry-After in seconds', 429, ['retrying', 17], { headers: { 'retry-after': '17' } }),
  {
    name: '429 with Retry-After as a date',
    begin: world => {
      // In the middle of a run it is asked for one interval later.
      const at = world.clock.wall() + (world.asked === 0 ? 0 : interval) + 47_000;
      const headers = { 'retry-after': new Date(at).toUTCString() };
      world.simulator.fault({ kind: 'status', status: 429, headers });
    },
    end: world => world.simulator.fault(null),
    state: 'retrying',
    next: 47,
  },
  status('429 with Retry-After of a day', 429, ['retrying', 86_400], { headers: { 'retry-after': '86400' } }),
  status('500 without a body', 500, retrying),
  status('502 with a page of the proxy', 502, retrying, page),
  status('503 with Retry-After', 503, ['retrying', 9], { ...page, headers: { 'retry-after': '9' } }),
  status('504 with a page of the proxy', 504, retrying, page),
  status('520 with a page of the proxy', 520, retrying, page),
];

const ace = (name: string, code: number, how: Parameters<typeof status>[2], error: unknown, flat = false): Row =>
  status(name, code, how, {
    dialects: ['tasks'],
    body: flat ? { success: false, error, trace_id: trace } : { error, trace_id: trace },
  });

/** The errors of Ace Data Cloud and XHuoAPI, in their three shapes. */
const tasks: readonly Row[] = [
  ace('400 `bad_request`', 400, retrying, { code: 'bad_request', message: 'ids must be a list.' }),
  ace('400 `no_token`', 400, refused, { code: 'no_token', message: 'No token is specified.' }),
  ace('400 `token_mismatched`', 400, refused, { code: 'token_mismatched', message: 'token and api does not match.' }),
  ace('401 `token_mismatched`', 401, refused, { code: 'token_mismatched', message: 'token and api does not match.' }),
  ace('400 `api_not_implemented`', 400, wrongUrl, { code: 'api_not_implemented', message: 'Not implemented.' }),
  ace('401 `invalid_token`', 401, refused, {
    code: 'invalid_token',
    message: 'The specified token is invalid or wrong.',
  }),
  ace('401 `token_expired`', 401, refused, { code: 'token_expired', message: 'token expired.' }),
  ace('403 `disabled`', 403, refused, { code: 'disabled', message: 'Your application has been disabled.' }),
  ace('403 `used_up`', 403, exhausted, { code: 'used_up', message: 'Your balance is not sufficient.' }),
  ace('403 `forbidden`', 403, retrying, { code: 'forbidden', message: 'The content was moderated.' }),
  ace('404 `no_api`', 404, wrongUrl, { code: 'no_api', message: 'API does not exist.' }),
  ace('429 `too_many_requests`', 429, retrying, {
    code: 'too_many_requests',
    message: 'You have exceeded the rate limit.',
  }),
  ace('500 `api_error`', 500, retrying, { code: 'api_error', message: 'fetch failed' }, true),
  ace('500 with a bare string', 500, retrying, 'upstream is gone', true),
  ace('500 with an error of null', 500, retrying, null, true),
  ace('504 `timeout`', 504, retrying, { code: 'timeout', message: 'The request timed out.' }),
];

const relay = (name: string, code: number, how: Parameters<typeof status>[2], body: unknown, type?: string): Row =>
  status(name, code, how, { dialects: ['fetch'], body, ...(type === undefined ? {} : { contentType: type }) });

const middleware = (message: string, code: string | number = '') => ({
  error: { message: `${message} (request id: 20260921140000000000000AAAAAAAA)`, type: 'new_api_error', code },
});

/** The errors of new-api, which CCAPI inherits. */
const fetch: readonly Row[] = [
  relay(
    '400 task error, called text/plain',
    400,
    retrying,
    { code: 'invalid_request', message: 'unexpected EOF', data: null },
    'text/plain; charset=utf-8',
  ),
  relay('500 task error', 500, retrying, { code: 'get_tasks_failed', message: 'database is locked', data: null }),
  relay('200 error of the dashboard', 200, retrying, { success: false, message: 'Unauthorized, not logged in' }),
  relay('401 invalid token', 401, refused, middleware('Invalid token')),
  relay('401 invalid token, in Chinese', 401, refused, middleware('无效的令牌')),
  relay('403 address not allowed', 403, refused, middleware('您的 IP 不在令牌允许访问的列表中', 'access_denied')),
  relay('403 key limited to models', 403, refused, middleware('This token has no access to model ')),
  relay('403 group gone', 403, refused, middleware('无权访问 vip 分组')),
  relay('404 unknown path', 404, wrongUrl, {
    error: { message: 'Invalid URL (POST /v1/x)', type: 'invalid_request_error', param: '', code: '' },
  }),
  relay('429 request limit', 429, retrying, middleware('您已达到请求数限制')),
  relay('500 panic', 500, retrying, {
    error: { message: 'Panic detected, error: runtime error', type: 'new_api_panic' },
  }),
  relay(
    '503 overloaded',
    503,
    retrying,
    middleware('system cpu overloaded (current: 97.3%, threshold: 90%)', 'system_cpu_overloaded'),
  ),
];

export const statusRows = plain;
export const tasksRows = tasks;
export const fetchRows = fetch;
