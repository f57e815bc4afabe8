import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Milliseconds after the last byte from which on nobody can be at work: a host that is silent is left long before. */
const staleAfter = 120_000;

/** The locks of this process. */
const held = new Set<string>();

const lockPath = (part: string): string => `${part}.lock`;

/**
 * Takes a part for ourselves, in a folder that is there; null: another download has it, of this or of another program.
 * What a killed program held is free again. The result gives it back. Throws what the file system says.
 */
export async function lockPart(part: string, now: () => number = Date.now): Promise<(() => Promise<void>) | null> {
  const lock = lockPath(part);
  if (held.has(lock)) return null;
  held.add(lock);
  try {
    if ((await create(lock)) || ((await breakStale(lock, part, now())) && (await create(lock)))) {
      return async () => {
        held.delete(lock);
        await rm(lock, { force: true }).catch(() => undefined);
      };
    }
  } catch (error) {
    held.delete(lock);
    throw error;
  }
  held.delete(lock);
  return null;
}

/** false: there is one. */
async function create(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx');
    try {
      await file.writeFile(`${process.pid} ${hostname()}`);
    } catch (error) {
      await rm(lock, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a lock away that nobody holds any more. false: somebody does. */
async function breakStale(lock: string, part: string, now: number): Promise<boolean> {
  const owner = await readFile(lock, 'utf8').catch(() => null);
  // It has just been given back.
  if (owner === null) return true;
  if (await isHeld(owner, lock, part, now)) return false;
  // Two may find it stale at once: whoever moves away the new lock of the other brings it back.
  // No longer than the name of the lock: there may be no more room.
  const aside = `${part}.${randomUUID().slice(0, 4)}`;
  try {
    await rename(lock, aside);
  } catch {
    return true;
  }
  const isTheSame = (await readFile(aside, 'utf8').catch(() => null)) === owner;
  if (!isTheSame) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
  return isTheSame;
}

async function isHeld(owner: string, lock: string, part: string, now: number): Promise<boolean> {
  const [, pid, host] = /^(\d+) (.*)$/.exec(owner) ?? [];
  const times = await Promise.all(
    [lock, part].map(path =>
      stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  if (now - Math.max(...times) > staleAfter) return false;
  // Of a lock without a name the owner is writing it right now.
  if (pid === undefined || host !== hostname()) return true;
  // Ours is not in `held`: an earlier program had our number.
  return Number(pid) !== process.pid && isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
