import type { FileKind } from './choices.ts';
import { diskReason, errorCode } from '../files/disk-words.ts';

/**
 * Why a file could not be fetched.
 *
 * - `gone`: the host says no (403, 404, 410, a redirect without end): asking again changes nothing.
 * - `wrong`: what came is not the file (a web page, JSON, another length): what was written of it is deleted.
 * - `passing`: the network or the host fails: tried again, from where it broke off.
 * - `disk`: the file cannot be written.
 */
type FetchFailure = 'gone' | 'wrong' | 'passing' | 'disk';

/** A file that could not be fetched or written. The message is one line for the person. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly kind: FetchFailure;
  /** HTTP status; null where there was none. */
  readonly status: number | null;
  /** Whether no other file can be written either. */
  readonly diskFull: boolean;
  /** Whether the folder is likely to refuse others, too: not where it is the name or the size of this one. */
  readonly anyFile: boolean;
  /** Whether the host closed the connection as if that were all, before what it had announced. */
  readonly short: boolean;
  /** Milliseconds that the host asks to wait; null: it does not say. */
  readonly retryAfter: number | null;

  constructor(
    kind: FetchFailure,
    message: string,
    facts: {
      status?: number;
      diskFull?: boolean;
      anyFile?: boolean;
      short?: boolean;
      retryAfter?: number | null;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: facts.cause });
    this.kind = kind;
    this.status = facts.status ?? null;
    this.diskFull = facts.diskFull ?? false;
    this.anyFile = facts.anyFile ?? this.diskFull;
    this.short = facts.short ?? false;
    this.retryAfter = facts.retryAfter ?? null;
  }
}

/** What the file system said, as an error for the person. */
export function toDiskError(error: unknown): FileError {
  if (error instanceof FileError) return error;
  const code = errorCode(error);
  const diskFull = code === 'ENOSPC' || code === 'EDQUOT';
  const anyFile = code !== null && !['ENAMETOOLONG', 'EFBIG', 'EISDIR'].includes(code);
  return new FileError('disk', diskReason(error), { diskFull, anyFile, cause: error });
}

/** What went wrong on the way to a file, in words for the person. */
export function toFileError(error: unknown, what: FileKind): FileError {
  if (error instanceof FileError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === undefined ? message : (networkWords[code] ?? code);
  return new FileError('passing', why || `the ${what} did not come`, { cause: error });
}

const networkWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'no DNS answer',
  UND_ERR_SOCKET: 'connection closed',
  UND_ERR_CONNECT_TIMEOUT: 'connection timed out',
  UND_ERR_HEADERS_TIMEOUT: 'no answer',
  UND_ERR_BODY_TIMEOUT: 'no more bytes came',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'broke off',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'broke off',
};
