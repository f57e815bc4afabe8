import { dirname } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { numbered } from './file-name.ts';
import { maxNumber, partOwner, partPath } from './part-file.ts';
import { lockPart } from './part-lock.ts';

/** Where a file is collected, until it is given back. */
type ReservedPart = { readonly part: string; readonly release: () => Promise<void> };

/**
 * A part beside a target that no other download writes, of this or another program: the one that this file has begun, else
 * one that nobody has begun. `owner` names the file. Throws what the file system says.
 */
export async function reservePart(target: string, owner: string): Promise<ReservedPart> {
  makeFolder(dirname(target));
  const parts = Array.from({ length: maxNumber }, (_, index) => partPath(numbered(target, index + 1)));
  const take = async (part: string, fits: (owner: string | null) => boolean): Promise<ReservedPart | null> => {
    if (!fits(await partOwner(part))) return null;
    const release = await lockPart(part);
    if (release === null) return null;
    // It may have been begun before we had it.
    if (fits(await partOwner(part))) return { part, release };
    await release();
    return null;
  };
  // What was broken off is among the first: as many as there are downloads of one name at a time.
  for (const part of parts.slice(0, 8)) {
    const reserved = await take(part, other => other === owner);
    if (reserved !== null) return reserved;
  }
  for (const part of parts) {
    const reserved = await take(part, other => other === null || other === owner);
    if (reserved !== null) return reserved;
  }
  throw new Error(`${maxNumber} files of that name are begun already`);
}
