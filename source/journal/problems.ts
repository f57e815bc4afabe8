import { diskReason, errorCode } from '../files/disk-words.ts';
import { UsageError } from '../errors.ts';
import { formatVersion } from './record.ts';

/** A journal written by a later cliptop, in a format that this one could spoil. It was left as it is. */
export class NewerFormatError extends UsageError {
  override readonly name = 'NewerFormatError';
  constructor(path: string, version: number) {
    const what = `was written by a newer cliptop (format ${version}, this one knows ${formatVersion})`;
    super(`${path} ${what} and was left untouched: update cliptop, or choose another list with --session NAME`);
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

export type ProblemReporter = ReturnType<typeof createProblemReporter>;

/** `tell` gets a line for the person once per kind of problem, and null when the last one is resolved. */
export function createProblemReporter(tell: (message: string | null) => void) {
  const told = new Map<string, Work>();
  const report = (work: Work, path: string, error: unknown): void => {
    const kind = `${work} ${errorCode(error) ?? String(error)}`;
    if (told.has(kind)) return;
    told.set(kind, work);
    tell(error instanceof NewerFormatError ? error.message : sentences[work](path, diskReason(error)));
  };
  const resolve = (...works: readonly Work[]): void => {
    const over = [...told].filter(([, work]) => works.includes(work));
    for (const [kind] of over) told.delete(kind);
    if (over.length > 0 && told.size === 0) tell(null);
  };
  return { tell, report, resolve };
}
