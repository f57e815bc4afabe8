/**
 * What a failed request means for the next one.
 *
 * - `network`: no answer, or not a whole one (refused, reset, DNS, TLS, timeout). Tried again.
 * - `server`: the vendor's fault (5xx, 408). Tried again.
 * - `busy`: 429. Tried again, when the vendor says.
 * - `protocol`: an answer of another kind than expected (HTML, a redirect, broken JSON): probably a wrong base URL.
 * - `refused`: the token. Not tried again until the person says so.
 * - `exhausted`: no balance. Asked now and then, for a top-up mends it.
 * - `request`: the vendor does not take this request (400): one of its ids may be at fault.
 */
export type ApiErrorKind = 'network' | 'server' | 'busy' | 'protocol' | 'refused' | 'exhausted' | 'request';

/** A request that brought no usable answer. The message is one safe line, without the token. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: ApiErrorKind;
  /** HTTP status, where there was one. */
  readonly status: number | null;
  /** The vendor's own code, `task_not_exist`. */
  readonly code: string | null;
  /** Milliseconds the vendor asks to wait. */
  readonly retryAfter: number | null;
  /** What the vendor's support asks for. */
  readonly traceId: string | null;
  /** false: the request did not get as far as the vendor, so that what was in it cannot be the cause. */
  readonly reached: boolean;

  constructor(
    kind: ApiErrorKind,
    message: string,
    facts: {
      status?: number | null;
      code?: string | null;
      retryAfter?: number | null;
      traceId?: string | null;
      /** true when not said, but for errors of the network. */
      reached?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: facts.cause });
    this.kind = kind;
    this.status = facts.status ?? null;
    this.code = facts.code ?? null;
    this.retryAfter = facts.retryAfter ?? null;
    this.traceId = facts.traceId ?? null;
    this.reached = facts.reached ?? kind !== 'network';
  }
}
