import { closeSync } from 'node:fs';
import { errorCode, syncFolder, type Disk } from './disk.ts';
import { openFile } from './file.ts';
import { load } from './load.ts';
import { identityAt, listPath, putAwayName } from './names.ts';
import { leftAside } from './recovery.ts';

/**
 * Renames the list, so that the next one of that name starts empty: `last` becomes `last-20261121T200107Z`, a list like
 * any other. A cliptop that still runs on it holds the file, not the name, and stays with it.
 *
 * Lists put away are never deleted: they may hold the only copy of results that the vendor has dropped since, their
 * ids may still be open, and they are small. Throws what the disk says, and `NewerFormatError`; then the list is where
 * it was.
 */
export function putAway(disk: Disk, folder: string, name: string, now: number): void {
  const path = listPath(folder, name);
  if (leftAside(path).length > 0) {
    // What a killed process left of a salvage belongs to the old list, not to the next one.
    const { file, error } = load(disk, path, true, now);
    if (file !== null) closeSync(file.fd);
    if (error !== null) throw asError(error);
  } else {
    const opened = openFile(disk, path, false);
    if (opened !== null) closeSync(opened.file.fd);
  }
  if (identityAt(path) === null) return;

  const to = reserve(disk, folder, name, now);
  try {
    disk.rename(path, to);
  } catch (error) {
    disk.unlink(to);
    // Another process has put it away in this moment.
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  syncFolder(folder);
}

/** A name that is ours alone: a rename would overwrite the list that another process put away in the same second. */
function reserve(disk: Disk, folder: string, name: string, now: number): string {
  for (let attempt = 0; ; attempt++) {
    const path = listPath(folder, putAwayName(name, now, attempt));
    try {
      closeSync(disk.open(path, 'exclusive'));
      return path;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST' || attempt === 99) throw error;
    }
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
