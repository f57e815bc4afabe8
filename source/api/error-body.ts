import { sanitizeLine } from '../task/sanitize.ts';

/** What an error body says, whichever of the vendors' envelopes it came in. */
export type ErrorBody = {
  readonly code: string | null;
  readonly message: string | null;
  readonly traceId: string | null;
};

/**
 * Reads every envelope seen in the wild: `{error:{code,message}}`, `{success:false,error}`, `{error:"text"}`,
 * new-api's `{code,message,data}` and `{error:{message,type}}`, the dashboard's `{success:false,message}`.
 * Everything in it is the server's: the client takes tokens out.
 */
export function readErrorBody(body: unknown): ErrorBody {
  const text = (value: unknown): string | null => {
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' ? sanitizeLine(value) || null : null;
  };
  const outer = asRecord(body);
  const error = outer.error;
  const inner = asRecord(error);
  const message =
    text(inner.message) ?? text(error) ?? text(outer.message) ?? text(outer.fail_reason) ?? text(outer.msg);
  const code = text(inner.code) ?? text(inner.type) ?? text(outer.code);
  // new-api writes its request id into the sentence; support asks for it, the reader of the sentence does not.
  const requestId = /\(request id: ([^)\s]+)\)/.exec(message ?? '');
  return {
    code,
    message: message === null ? null : message.replace(requestId?.[0] ?? '', '').trim(),
    traceId: text(outer.trace_id) ?? text(inner.trace_id) ?? requestId?.[1] ?? null,
  };
}

/** Whether a 200 reply is an error all the same: `success: false`, or a `code` that is not one of the words for success. */
export function isErrorBody(body: Record<string, unknown>): boolean {
  if (body.success === false) return true;
  const { code, error } = body;
  if (error !== undefined && error !== null && error !== '' && !isEmpty(error)) return true;
  if (code === undefined || code === null) return false;
  return typeof code === 'string' ? !successWords.has(code.toLowerCase()) : code !== 0 && code !== 200;
}

const isEmpty = (error: unknown): boolean => typeof error === 'object' && Object.keys(error ?? {}).length === 0;

const successWords = new Set(['success', 'ok', '0', '200', '']);

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
