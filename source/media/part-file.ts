import { constants } from 'node:fs';
import { copyFile, link, open, readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { numbered } from './file-name.ts';

/** What has to be known about the beginning of a file before the rest of it may be appended. */
export type PartFacts = {
  /** The file that it is the beginning of: another may have the same name. */
  readonly owner: string;
  /** The strong ETag, or the Last-Modified date, that `If-Range` sends back. */
  readonly validator: string;
  /** Bytes of the whole file. */
  readonly length: number;
  /** The content type of the first reply, without parameters. */
  readonly type: string | null;
};

export const partPath = (target: string): string => `${target}.part`;
const factsPath = (part: string): string => `${part}.json`;

/**
 * How much of a file is there from an earlier attempt, and what is known about it; null: nothing that can be used, or it is
 * the beginning of another file.
 */
export async function readPart(part: string, owner: string): Promise<{ size: number; facts: PartFacts } | null> {
  try {
    const { size } = await stat(part);
    const facts = await readFacts(part);
    if (typeof facts?.validator !== 'string' || typeof facts.length !== 'number' || size > facts.length) return null;
    if (facts.owner !== owner) return null;
    return { size, facts: { owner, validator: facts.validator, length: facts.length, type: facts.type ?? null } };
  } catch {
    return null;
  }
}

const readFacts = async (part: string): Promise<Partial<PartFacts> | null> =>
  JSON.parse(await readFile(factsPath(part), 'utf8')) as Partial<PartFacts> | null;

/** The file that has begun a part; null where there is none, or nobody can say whose it is. */
export const partOwner = (part: string): Promise<string | null> =>
  readFacts(part).then(
    facts => facts?.owner ?? null,
    () => null,
  );

/** Begins a part anew, in a folder that is made where it is missing. Without facts it cannot be resumed. */
export async function beginPart(part: string, facts: PartFacts | null): Promise<void> {
  makeFolder(dirname(part));
  await removePart(part);
  // The facts first: bytes without facts are thrown away, facts without bytes say nothing wrong.
  if (facts !== null) await writeFile(factsPath(part), JSON.stringify(facts));
  await (await open(part, 'w')).close();
}

export async function removePart(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(factsPath(part), { force: true });
}

/** How often a name may be there already. */
export const maxNumber = 99;

/**
 * Puts a complete part in its place without ever overwriting: where the same bytes are there already, that is the file;
 * where others are, it gets a number. Returns where the file is. Throws what the file system says.
 */
export async function placePart(part: string, target: string, createdAt: number | null): Promise<string> {
  if (createdAt !== null) await utimes(part, new Date(), new Date(createdAt));
  for (let number = 1; number <= maxNumber; number++) {
    const place = numbered(target, number);
    if (await moveUnlessTaken(part, place)) {
      await removePart(part);
      return place;
    }
    if (await sameBytes(part, place)) {
      await removePart(part);
      return place;
    }
  }
  throw new Error(`${maxNumber} files of that name are there already`);
}

async function moveUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    await unlink(from);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(code)) throw error;
  }
  return moveWithoutLinks(from, to);
}

/** FAT and some network file systems have no hard links: the name is reserved first, then replaced by the file. */
async function moveWithoutLinks(from: string, to: string): Promise<boolean> {
  try {
    await (await open(to, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await rename(from, to);
  } catch {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
  return true;
}

const chunkBytes = 256 * 1024;

/** Whether two files hold the same bytes; false where one cannot be read. */
async function sameBytes(a: string, b: string): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([stat(a), stat(b)]);
    if (!second.isFile() || first.size !== second.size) return false;
    const files = await Promise.all([open(a), open(b)]);
    try {
      const [x, y] = [Buffer.alloc(chunkBytes), Buffer.alloc(chunkBytes)];
      for (let at = 0; at < first.size; at += chunkBytes) {
        const [one, two] = await Promise.all([
          files[0].read(x, 0, chunkBytes, at),
          files[1].read(y, 0, chunkBytes, at),
        ]);
        if (!x.subarray(0, one.bytesRead).equals(y.subarray(0, two.bytesRead))) return false;
      }
      return true;
    } finally {
      await Promise.all(files.map(file => file.close()));
    }
  } catch {
    return false;
  }
}
