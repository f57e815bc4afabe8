import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { randomBytes } from 'node:crypto';
import { makeFolder } from './make-folder.ts';

/** The calls that change a disk, apart, so that a test can let any of them fail. They throw what `node:fs` throws. */
export type Disk = {
  /** Opens to append (and to read); `create` makes the file where it is missing, `exclusive` fails where it is not. */
  readonly open: (path: string, mode: 'append' | 'create' | 'exclusive') => number;
  /** How many of the bytes were taken: a full disk may take a part. */
  readonly write: (fd: number, bytes: Uint8Array) => number;
  readonly sync: (fd: number) => void;
  readonly rename: (from: string, to: string) => void;
  /** No error when there is no such file. */
  readonly remove: (path: string) => void;
  readonly makeFolder: (path: string) => void;
};

const { O_RDWR, O_APPEND, O_CREAT, O_EXCL } = fs.constants;
const append = O_RDWR | O_APPEND;
const openFlags = { append, create: append | O_CREAT, exclusive: append | O_CREAT | O_EXCL };

/** The disk itself. Lyrics and titles are private: the files and the folder are for their owner only. */
export const realDisk: Disk = {
  open: (path, mode) => fs.openSync(path, openFlags[mode], 0o600),
  write: (fd, bytes) => fs.writeSync(fd, bytes),
  sync: fs.fdatasyncSync,
  rename: fs.renameSync,
  remove: path => fs.rmSync(path, { force: true }),
  makeFolder: path => makeFolder(path, 0o700),
};

/** All bytes from `offset` to the present end of the file. */
export function readFrom(fd: number, offset: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, fs.fstatSync(fd).size - offset));
  let length = 0;
  for (let count = -1; count !== 0 && length < bytes.length; length += count)
    count = fs.readSync(fd, bytes, length, bytes.length - length, offset + length);
  return bytes.subarray(0, length);
}

/** Writes a file that is not there yet. Throws what the disk says; then it is not there. */
export function writeNewFile(disk: Disk, path: string, content: string | Uint8Array, { sync = false } = {}): void {
  const bytes = Buffer.from(content);
  const fd = disk.open(path, 'exclusive');
  try {
    for (let done = 0; done < bytes.length;) done += disk.write(fd, bytes.subarray(done));
    if (sync) disk.sync(fd);
  } catch (error) {
    disk.remove(path);
    throw error;
  } finally {
    fs.closeSync(fd);
  }
}

/** Gives a file another content, or makes it: who reads it sees the old one or the new one. Throws what the disk says. */
export function replaceFile(disk: Disk, path: string, content: string): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}~`;
  writeNewFile(disk, temporary, content, { sync: true });
  try {
    disk.rename(temporary, path);
  } catch (error) {
    disk.remove(temporary);
    throw error;
  }
  syncFolder(dirname(path));
}

/** Makes new names in a folder survive a power cut, where the system can; a failure costs nothing that is known lost. */
function syncFolder(folder: string): void {
  try {
    const fd = fs.openSync(folder, fs.constants.O_RDONLY);
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    // Windows and some network file systems have no such call.
  }
}

/** The system's code for an error, such as `ENOSPC`; null for other errors. */
export const errorCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
