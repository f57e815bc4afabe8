import { NewerFormatError } from './content.ts';
import { errorCode, reason } from './disk.ts';

/** Called with a one-line message for the person, once per kind of trouble; with null when all of it is over. */
export type OnProblem = (message: string | null) => void;

/** What does not work: reading the list, writing to it, or having the disk confirm what was written. */
type Work = 'read' | 'save' | 'confirm';

/** Remembers what was told, so that a disk that stays full is told about once. */
export type Troubles = {
  readonly report: (work: Work, path: string, error: unknown) => void;
  readonly over: (...works: readonly Work[]) => void;
  /** Told each time. */
  readonly notice: (message: string) => void;
};

/** `tell` gets every message, and null when the last trouble is over. */
export function createTroubles(tell: OnProblem): Troubles {
  const told = new Map<string, Work>();
  return {
    report: (work, path, error) => {
      const kind = `${work} ${errorCode(error) ?? String(error)}`;
      if (told.has(kind)) return;
      told.set(kind, work);
      tell(error instanceof NewerFormatError ? error.message : sentences[work](path, reason(error)));
    },
    over: (...works) => {
      if (told.size === 0) return;
      for (const [kind, work] of told) if (works.includes(work)) told.delete(kind);
      if (told.size === 0) tell(null);
    },
    notice: tell,
  };
}

const sentences: Readonly<Record<Work, (path: string, why: string) => string>> = {
  read: (path, why) => `the watch list ${path} cannot be read: ${why}`,
  save: (path, why) =>
    `the watch list ${path} cannot be saved: ${why}; new ids and results are kept in memory and tried again`,
  confirm: (path, why) => `the disk does not confirm what was saved to ${path}: ${why}`,
};
