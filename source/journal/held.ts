import { closeSync } from 'node:fs';
import type { TaskKey } from '../task/task.ts';
import type { Disk } from './disk.ts';
import { emptyList, forgetFile, missingLines, readEntry, type KnownList, type Pending } from './list-state.ts';
import { readNew, type ListFile } from './file.ts';
import { load } from './load.ts';
import { identityAt, listPath, nameOfFile } from './names.ts';
import { putAway } from './archive.ts';
import { readLine } from './record.ts';
import type { Troubles } from './problems.ts';

/** Where a list is kept, and the parts it needs of the world. */
export type Place = {
  readonly disk: Disk;
  readonly folder: string;
  readonly name: string;
  /** The list of that name is to be put away first. */
  readonly anew: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly troubles: Troubles;
};

/** A list in memory with the file it is kept in, and what still has to be written there. */
export type Held = {
  readonly place: Place;
  readonly list: KnownList;
  path: string;
  /** null: there is none yet, or it could not be opened. */
  file: ListFile | null;
  pending: readonly Pending[];
  toPutAway: boolean;
};

/** A list of which nothing is known yet; its file is not touched. */
export const hold = (place: Place): Held => ({
  place,
  list: emptyList(),
  path: listPath(place.folder, place.name),
  file: null,
  pending: [],
  toPutAway: place.anew,
});

/** The ids about which something still has to be written. */
export const underWay = (held: Held): ReadonlySet<TaskKey | null> => new Set(held.pending.map(({ key }) => key));

/**
 * Opens the file and compares it with what we know; what it lacks is to be written. `create` makes a missing one.
 * Returns messages for the person. Throws what the disk says, and `NewerFormatError`.
 */
export function attach(held: Held, create: boolean): readonly string[] {
  const { disk, folder, name, now, troubles } = held.place;
  if (create) disk.makeFolder(folder);
  if (held.toPutAway) {
    putAway(disk, folder, name, now());
    held.toPutAway = false;
  }
  const loaded = load(disk, held.path, create, now());
  forgetFile(held.list, underWay(held));
  for (const entry of loaded.entries) readEntry(held.list, entry);
  held.file = loaded.file;
  held.pending = [...loaded.pending, ...held.pending];
  held.pending = [...missingLines(held.list, underWay(held)), ...held.pending];
  if (loaded.error !== null) troubles.report('save', held.path, loaded.error);
  return loaded.notices;
}

/** Lets the file go. */
export function detach(held: Held): void {
  const { file } = held;
  held.file = null;
  try {
    if (file !== null) closeSync(file.fd);
  } catch {
    // Nothing that was acknowledged hangs on it: that was synced.
  }
}

/**
 * Whether the file is still a list: not so when it was deleted, replaced, or moved aside as damaged. One that was
 * renamed to another list (started anew, say) is ours as before.
 */
export function isStillAList(held: Held, { identity }: ListFile): boolean {
  if (identityAt(held.path) === identity) return true;
  const renamed = nameOfFile(held.place.folder, identity);
  if (renamed !== undefined) held.path = listPath(held.place.folder, renamed);
  return renamed !== undefined;
}

/** Takes in what was appended. false: the file was cut off in place, and has to be attached again. */
export function readOn(held: Held, file: ListFile): boolean {
  const lines = readNew(file);
  for (const line of lines ?? []) {
    const entry = readLine(line);
    if (entry.type !== 'torn' && entry.type !== 'damaged') readEntry(held.list, entry);
  }
  return lines !== null;
}
