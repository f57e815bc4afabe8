import { errors as undiciErrors } from 'undici';
import { sanitizeLine } from '../task/sanitize.ts';
import { ApiError } from './errors.ts';

const networkWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'no DNS answer',
  ENETUNREACH: 'network unreachable',
  EHOSTUNREACH: 'host unreachable',
  ETIMEDOUT: 'connection timed out',
  EPIPE: 'connection closed',
  UND_ERR_SOCKET: 'connection closed',
  UND_ERR_CONNECT_TIMEOUT: 'connection timed out',
  UND_ERR_DESTROYED: 'connection dropped',
  EPROTO: 'the TLS handshake failed',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS at this port · http instead of https?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no TLS at this port · http instead of https?',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in the chain',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
};

/** The connection was there, and broke. */
const brokenOff = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** What kept a request from its answer, in words; its code is `timeout` when none came within so many milliseconds. */
export function toNetworkError(error: unknown, timeout: number): ApiError {
  if (error instanceof ApiError) return error;
  const cause = error as NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] };
  const timedOut =
    (error instanceof DOMException && error.code === DOMException.TIMEOUT_ERR) ||
    error instanceof undiciErrors.HeadersTimeoutError ||
    error instanceof undiciErrors.BodyTimeoutError;
  // A host with several addresses fails with all their errors in one.
  const given: unknown = cause.code ?? cause.errors?.[0]?.code;
  // The code of a DOMException is a number.
  const code = timedOut ? 'timeout' : typeof given === 'string' ? given : '';
  const words = timedOut
    ? `no answer within ${timeout / 1000} s`
    : (networkWords[code] ?? `${code} ${cause.message}`.trim());
  const reached = timedOut || brokenOff.has(code) || code.startsWith('HPE_');
  return new ApiError('network', sanitizeLine(words), {
    code: code || null,
    reached,
    cause: error,
  });
}
