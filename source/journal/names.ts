import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../errors.ts';
import { errorCode } from '../files/disk-words.ts';
import { syncFolder } from '../files/sync-folder.ts';
import type { Disk } from './disk.ts';

const extension = '.jsonl';
const validName = /^\w[\w.-]{0,63}$/;

/** The list of whoever names none. Which one that is stands in a file of this name beside the lists, the pointer. */
export const lastName = 'last';

/** A list name that would not be one plain file in the folder of the lists. */
export class ListNameError extends UsageError {
  override readonly name = 'ListNameError';
  constructor(list: string) {
    super(`${JSON.stringify(list)} cannot name a list: use up to 64 letters, digits, "_", "-" and ".", no leading dot`);
  }
}

/** Where the list of that name, or with that file name, is kept. Throws `ListNameError` for what cannot be one. */
export function listPath(folder: string, name: string): string {
  if (!validName.test(name)) throw new ListNameError(name);
  return join(folder, `${name === lastName ? readPointer(folder) : basename(name, extension)}${extension}`);
}

/** Without a good pointer it is `last.jsonl`, where it was kept before there were pointers. */
function readPointer(folder: string): string {
  try {
    const name = readFileSync(join(folder, lastName), 'utf8').trim();
    return validName.test(name) ? name : lastName;
  } catch {
    return lastName;
  }
}

/** From now on the list at `path` is the last one. Throws what the disk says; then the one before still is. */
export function pointLastTo(disk: Disk, path: string): void {
  const temporary = `${path}~`;
  try {
    disk.writeNew(temporary, `${basename(path, extension)}\n`);
    disk.rename(temporary, join(dirname(path), lastName));
  } catch (error) {
    disk.remove(temporary);
    throw error;
  }
  syncFolder(dirname(path));
}

/** Makes an empty list that can become the last one; returns its path. `now`: ms since 1970. Throws what the disk says. */
export function makeFreshList(disk: Disk, folder: string, now: number): string {
  for (let attempt = 1; ; attempt++) {
    const path = join(folder, `${lastName}-${stamp(now)}${attempt === 1 ? '' : `-${attempt}`}${extension}`);
    try {
      disk.writeNew(path, '');
      return path;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST' || attempt === 99) throw error;
    }
  }
}

/** The lists in the folder, the most recently changed first; none when it cannot be read. `changedAt`: ms since 1970. */
export function findLists(folder: string): { name: string; path: string; changedAt: number }[] {
  try {
    return readdirSync(folder)
      .filter(file => file.endsWith(extension) && validName.test(basename(file, extension)))
      .map(file => ({ name: basename(file, extension), path: join(folder, file) }))
      .map(list => ({ ...list, changedAt: statSync(list.path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
      .sort((a, b) => b.changedAt - a.changedAt || a.name.localeCompare(b.name));
  } catch {
    return [];
  }
}

/** A time in milliseconds since 1970 as it stands in file names: `20261121T200107Z`. */
export const stamp = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
