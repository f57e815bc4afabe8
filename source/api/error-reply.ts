import { readErrorBody, type ErrorBody } from './error-body.ts';
import { ApiError, type ApiErrorKind } from './errors.ts';
import type { Source } from './providers.ts';

const kindByCode = new Map<string, ApiErrorKind>(
  Object.entries({
    invalid_token: 'refused',
    token_expired: 'refused',
    token_mismatched: 'refused',
    no_token: 'refused',
    disabled: 'refused',
    access_denied: 'refused',
    used_up: 'exhausted',
    insufficient_user_quota: 'exhausted',
    pre_consume_token_quota_failed: 'exhausted',
    too_many_requests: 'busy',
    no_api: 'protocol',
    api_not_implemented: 'protocol',
    timeout: 'server',
    api_error: 'server',
    get_tasks_failed: 'server',
    get_task_failed: 'server',
    model_unavailable: 'server',
    new_api_panic: 'server',
  } satisfies Record<string, ApiErrorKind>),
);

/** By the code first: the vendors send one code with different statuses (400 or 401, 400 or 403). */
function kindOf(status: number, complaint: ErrorBody): ApiErrorKind {
  const known = complaint.code === null ? undefined : kindByCode.get(complaint.code);
  if (known !== undefined) return known;
  if (status === 401) return 'refused';
  if (status === 402) return 'exhausted';
  if (status === 403) return complaint.code === 'forbidden' ? 'request' : 'refused';
  if (status === 404 || status === 405) return 'protocol';
  // An error that comes with status 200 says nothing by its status.
  if (status === 200 || status === 408 || status >= 500) return 'server';
  return status === 429 ? 'busy' : 'request';
}

/** The error for a reply that is not a success: what it means, and in words what to do. */
export function toApiError(
  source: Source,
  status: number,
  body: unknown,
  facts: { retryAfter: number | null; traceId: string | null },
): ApiError {
  const complaint = readErrorBody(body);
  const kind = kindOf(status, complaint);
  const said = complaint.message ?? statusWords[status] ?? 'no reason given';
  return new ApiError(kind, sentence(source, kind, status, complaint, said), {
    status,
    code: complaint.code,
    retryAfter: facts.retryAfter,
    traceId: complaint.traceId ?? facts.traceId,
  });
}

const statusWords: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'unauthorized',
  402: 'payment required',
  403: 'forbidden',
  404: 'not found',
  408: 'request timeout',
  429: 'too many requests',
  500: 'internal server error',
  502: 'bad gateway',
  503: 'service unavailable',
  504: 'gateway timeout',
  520: 'unknown error at the proxy',
};

function sentence(source: Source, kind: ApiErrorKind, status: number, complaint: ErrorBody, said: string): string {
  if (kind === 'refused') return `${status} ${said} · ${refusal(source, status, complaint)}`;
  if (kind === 'exhausted') return `${status} ${said} · the balance behind ${source.tokenPlace} is used up`;
  if (kind === 'protocol') return `${status} ${said} · is the base URL right?`;
  return `${status} ${said}`;
}

/** The likely causes, as far as the reply tells them apart; replies come in several languages, so text is only a hint. */
function refusal(source: Source, status: number, { code, message }: ErrorBody): string {
  const variable = source.tokenPlace;
  if (code === 'token_mismatched') return `the key in ${variable} belongs to another service`;
  if (code === 'token_expired') return `the key in ${variable} has expired`;
  if (code === 'disabled') return `the application behind ${variable} is disabled`;
  if (code === 'access_denied') return `this machine's address is not on the list that ${variable} allows`;
  if (source.dialect === 'tasks') return `check ${variable}`;
  if (status === 403 && /access to model|模型/.test(message ?? '')) {
    return `${variable} is limited to certain models, and new-api refuses queries with such a key`;
  }
  if (status === 403 && source.token.replace(/^sk-/, '').includes('-')) {
    return `new-api reads what follows the "-" in ${variable} as a channel, which needs an admin's key`;
  }
  if (status === 403) return `${variable} is not allowed to do this: address list, group, or a banned account`;
  // new-api answers with the same words when the balance is empty as when the key is wrong.
  return `${variable} is wrong, expired, disabled or out of quota`;
}
