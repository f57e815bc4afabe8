import { closeSync } from 'node:fs';
import type { Content } from './content.ts';
import type { Disk } from './disk.ts';
import type { Pending } from './list-state.ts';
import { openFile, type ListFile } from './file.ts';
import type { Entry } from './record.ts';
import { asideNotice, missingFrom, moveAside, readAsides, stuckNotice, takeOver } from './recovery.ts';

/** A list as it was found. */
export type Loaded = {
  /** null: there is no such file yet, or `error` says why not. */
  readonly file: ListFile | null;
  /** What is known from it, and from what was salvaged, in order. */
  readonly entries: readonly Entry[];
  /** Salvaged lines that could not be written to the new file. */
  readonly pending: readonly Pending[];
  /** Why something could not be written; null when all went well. */
  readonly error: unknown;
  /** One-line messages for the person. */
  readonly notices: readonly string[];
};

type Opened = { file: ListFile; content: Content };

/**
 * Opens the list at `path` and reads it; a damaged one is moved aside and salvaged first. `create` makes a missing
 * file. Throws what the disk says when nothing can be read, and `NewerFormatError`.
 */
export function load(disk: Disk, path: string, create: boolean, now: number): Loaded {
  const notices: string[] = [];
  let opened = openFile(disk, path, false);
  if (opened !== null && opened.content.damaged > 0) {
    try {
      moveAside(disk, path, now);
      closeSync(opened.file.fd);
      opened = null;
    } catch (error) {
      notices.push(stuckNotice(path, error));
    }
  }
  const asides = readAsides(path);
  if (asides.length === 0) {
    // Not there at first, and nothing aside: if another process salvaged it just now, it is there again.
    opened ??= openFile(disk, path, create);
    return { file: opened?.file ?? null, entries: entriesOf(opened), pending: [], error: null, notices };
  }

  // Read again, after the files aside: what is no longer among them is in the list by now.
  if (opened !== null) closeSync(opened.file.fd);
  try {
    opened = openFile(disk, path, true);
  } catch (error) {
    const salvaged = missingFrom([], asides).map(({ entry }) => entry);
    for (const aside of asides) notices.push(asideNotice(path, aside));
    return { file: null, entries: salvaged, pending: [], error, notices };
  }
  if (opened === null) return { file: null, entries: [], pending: [], error: null, notices };
  const missing = missingFrom(opened.content.readable, asides);
  const { rest, error } = takeOver(disk, opened.file, asides, missing);
  for (const aside of asides) notices.push(asideNotice(path, aside));
  return {
    file: opened.file,
    entries: [...entriesOf(opened), ...missing.map(({ entry }) => entry)],
    pending: rest.map(({ line, entry }) => ({ key: 'key' in entry ? entry.key : null, line })),
    error,
    notices,
  };
}

const entriesOf = (opened: Opened | null): Entry[] => opened?.content.readable.map(({ entry }) => entry) ?? [];
