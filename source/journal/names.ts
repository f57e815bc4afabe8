import { UsageError } from '../errors.ts';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const extension = '.jsonl';
const validName = /^[\w][\w.-]{0,63}$/;

/** A list name that would not be one plain file in the folder of the lists. */
export class ListNameError extends UsageError {
  override readonly name = 'ListNameError';
  constructor(list: string) {
    super(`${JSON.stringify(list)} cannot name a list: use up to 64 letters, digits, "_", "-" and ".", no leading dot`);
  }
}

/** Throws `ListNameError` unless the name is 1 to 64 letters, digits, `_`, `-` and `.`, with no `-` or `.` first. */
export function checkName(name: string): void {
  if (!validName.test(name)) throw new ListNameError(name);
}

/** Where the list of that name is kept. */
export const listPath = (folder: string, name: string): string => join(folder, `${name}${extension}`);

/** The names of the lists in the folder, the most recently changed first; none when it cannot be read. */
export function listNames(folder: string): string[] {
  return namesIn(folder)
    .map(name => ({ name, at: changedAt(listPath(folder, name)) }))
    .sort((a, b) => b.at - a.at || a.name.localeCompare(b.name))
    .map(({ name }) => name);
}

/** The name under which the folder has this very file, in case it was renamed while we held it. */
export const nameOfFile = (folder: string, identity: string): string | undefined =>
  namesIn(folder).find(name => identityAt(listPath(folder, name)) === identity);

/** What tells a file from every other, whatever it is called: device and inode; null when there is none at the path. */
export function identityAt(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}

/** A time in milliseconds as it stands in file names: `20261121T200107Z`. */
export const stamp = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

/** The name that the list `name` gets when it is put away at that time; short enough to be a name itself. */
export const putAwayName = (name: string, at: number, attempt: number): string =>
  `${name.slice(0, 40)}-${stamp(at)}${attempt === 0 ? '' : `-${attempt + 1}`}`;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(file => file.endsWith(extension))
      .map(file => file.slice(0, -extension.length))
      .filter(name => validName.test(name));
  } catch {
    return [];
  }
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
