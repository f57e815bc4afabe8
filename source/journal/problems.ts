import { UsageError } from '../errors.ts';
import { errorCode } from './disk.ts';
import { formatVersion } from './record.ts';

/** A journal written by a later cliptop, in a format that this one could spoil. It was left as it is. */
export class NewerFormatError extends UsageError {
  override readonly name = 'NewerFormatError';
  constructor(path: string, version: number) {
    const versions = `(format ${version}, this one knows ${formatVersion})`;
    const wayOut = 'update cliptop, or choose another list with --session NAME';
    super(`${path} was written by a newer cliptop ${versions} and was left untouched: ${wayOut}`);
  }
}

/** What does not work: reading the list, writing to it, or having the disk confirm what was written. */
type Work = keyof typeof sentences;

const sentences = {
  read: (path: string, why: string) => `the watch list ${path} cannot be read: ${why}`,
  save: (path: string, why: string) =>
    `the watch list ${path} cannot be saved: ${why}; new ids and results are kept in memory and tried again`,
  confirm: (path: string, why: string) => `the disk does not confirm what was saved to ${path}: ${why}`,
};

/** Tells of each problem once, also of a disk that stays full. */
export class ProblemReporter {
  readonly #told = new Map<string, Work>();

  /** Gets a line for the person for each kind of problem, and null when the last one is resolved. */
  readonly tell: (message: string | null) => void;

  constructor(tell: (message: string | null) => void) {
    this.tell = tell;
  }

  report(work: Work, path: string, error: unknown): void {
    const kind = `${work} ${errorCode(error) ?? String(error)}`;
    if (this.#told.has(kind)) return;
    this.#told.set(kind, work);
    this.tell(error instanceof NewerFormatError ? error.message : sentences[work](path, reason(error)));
  }

  resolve(...works: readonly Work[]): void {
    if (this.#told.size === 0) return;
    for (const [kind, work] of this.#told) if (works.includes(work)) this.#told.delete(kind);
    if (this.#told.size === 0) this.tell(null);
  }
}

/** Why the disk refused, in the words of a person. */
export function reason(error: unknown): string {
  const code = errorCode(error);
  return words[code ?? ''] ?? code ?? (error instanceof Error ? error.message : 'unknown error');
}

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'a folder stands in its place',
  EIO: 'the disk reports an input/output error',
};
