import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { NewerFormatError, readContent, type ReadableLine } from './content.ts';
import { errorCode, reason, syncFolder, type Disk } from './disk.ts';
import { appendLines, type ListFile } from './file.ts';
import { stamp } from './names.ts';
import type { Entry } from './record.ts';

/*
 * A damaged list is salvaged in three steps, of which each can be the last one of a process that is killed:
 * 1. it is renamed to `NAME.jsonl.salvaging-…`: only one process can do that to a file;
 * 2. its readable lines are appended to `NAME.jsonl`, which another process may have begun meanwhile;
 * 3. it is renamed to `NAME.jsonl.damaged-…`, where it stays for the person.
 * Whoever opens the list and finds a file of step 1 does steps 2 and 3 again: twice in the list is harmless. The file is
 * read after step 1, and who appends looks afterwards whether the file still is the list: nothing falls in between.
 */
const salvaging = '.salvaging-';
const damaged = '.damaged-';

/** A file that was moved aside, and what could be read of it. */
export type Aside = { readonly path: string; readonly damaged: number; readonly readable: readonly ReadableLine[] };

/** A readable line as text, with what it says. */
export type Salvaged = { readonly line: string; readonly entry: Entry };

/** Step 1. Throws what the disk says; then nothing was moved. */
export function moveAside(disk: Disk, path: string, now: number): void {
  disk.rename(path, `${path}${salvaging}${stamp(now)}-${randomBytes(3).toString('hex')}`);
}

/** The files of this list that went no further than step 1, read. Throws when one of them cannot be read. */
export function readAsides(path: string): Aside[] {
  return leftAside(path).flatMap(aside => {
    try {
      const content = readContent(readFileSync(aside), aside);
      return [{ path: aside, damaged: content.damaged, readable: content.readable }];
    } catch (error) {
      // Gone: another process was faster, and all of it is in the list by now.
      if (errorCode(error) === 'ENOENT' || error instanceof NewerFormatError) return [];
      throw error;
    }
  });
}

/** The paths of the files of this list that went no further than step 1. */
export function leftAside(path: string): string[] {
  const folder = dirname(path);
  const start = `${basename(path)}${salvaging}`;
  try {
    return readdirSync(folder)
      .filter(file => file.startsWith(start))
      .sort()
      .map(file => join(folder, file));
  } catch {
    return [];
  }
}

/** What has to be added to a list that holds `present`. */
export function missingFrom(present: readonly ReadableLine[], asides: readonly Aside[]): Salvaged[] {
  const known = new Set(present.map(({ line }) => asText(line)));
  return asides
    .flatMap(({ readable }) => readable)
    .filter(({ entry }) => entry.type !== 'header' && entry.type !== 'mark')
    .map(({ line, entry }) => ({ line: asText(line), entry }))
    .filter(({ line }) => !known.has(line));
}

/** Steps 2 and 3. Returns the lines that could not be written, with the `error` that stopped it. */
export function takeOver(
  disk: Disk,
  file: ListFile,
  asides: readonly Aside[],
  missing: readonly Salvaged[],
): { rest: readonly Salvaged[]; error: unknown } {
  const lines = missing.map(({ line }) => line);
  const { written, error } = appendLines(disk, file, lines);
  if (error !== null) return { rest: missing.slice(written), error };
  try {
    disk.sync(file.fd);
  } catch {
    // The damaged original is on the disk as before.
  }
  for (const { path } of asides) {
    try {
      disk.rename(path, path.replace(salvaging, damaged));
    } catch {
      // It is found again at the next start, or another process has renamed it.
    }
  }
  syncFolder(dirname(asides[0]?.path ?? '.'));
  return { rest: [], error: null };
}

/** What the person is told about a file that was moved aside. */
export function asideNotice(path: string, aside: Aside): string {
  const lines = `${aside.damaged} ${aside.damaged === 1 ? 'line' : 'lines'}`;
  const kept = leftAside(path).includes(aside.path) ? aside.path : aside.path.replace(salvaging, damaged);
  return `the watch list ${path} was damaged, ${lines} could not be read: it was moved to ${kept}, the rest was kept`;
}

/** What the person is told about a damaged file that has to stay. */
export const stuckNotice = (path: string, error: unknown): string =>
  `the watch list ${path} is damaged and could not be moved aside (${reason(error)}): the readable lines are used`;

const asText = (line: Uint8Array): string => Buffer.from(line).toString();
