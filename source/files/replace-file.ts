import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { diskReason, errorCode } from './disk-words.ts';
import { syncFolder } from './sync-folder.ts';

/** What a test may let fail: it takes how many of the bytes, and throws what `node:fs` throws. */
type WriteBytes = (fd: number, bytes: Uint8Array) => number;

/**
 * Puts a text in the place of a file, or makes it: at every moment there is the whole old or the whole new one. A link is
 * followed, and the permissions stay. Throws what the disk says, with the old file as it was.
 */
export function replaceFile(path: string, text: string, write: WriteBytes = fs.writeSync): void {
  const target = realPath(path);
  const old = fs.statSync(target, { throwIfNoEntry: false });
  const temporary = join(dirname(target), `.cliptop-${process.pid}-${process.hrtime.bigint()}.tmp`);
  const fd = fs.openSync(temporary, 'wx', 0o666);
  try {
    try {
      if (old !== undefined) keepOwner(fd, old);
      for (let bytes = Buffer.from(text); bytes.length > 0;) bytes = bytes.subarray(write(fd, bytes));
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
    fs.renameSync(temporary, target);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(target));
}

/** Why a file cannot be put in a place, in words; null: nothing speaks against it. */
export function whyNotReplace(path: string): string | null {
  try {
    const target = realPath(path);
    const folder = dirname(target);
    if (!fs.existsSync(folder)) return `there is no folder ${folder}`;
    const old = fs.statSync(target, { throwIfNoEntry: false });
    if (old?.isDirectory() === true) return 'that is a folder';
    if (old?.isFile() === false) return 'that is no file';
    fs.accessSync(folder, fs.constants.W_OK);
    if (old !== undefined) fs.accessSync(target, fs.constants.W_OK);
    return null;
  } catch (error) {
    return `it cannot be written: ${diskReason(error)}`;
  }
}

function realPath(path: string): string {
  try {
    return fs.realpathSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  }
}

function keepOwner(fd: number, { mode, uid, gid }: fs.Stats): void {
  try {
    fs.fchownSync(fd, uid, gid);
  } catch {
    // Only root may give files away.
  }
  fs.fchmodSync(fd, mode & 0o777);
}
