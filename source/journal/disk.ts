import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';

/** The calls that change a disk, apart, so that a test can let any of them fail. They throw what `node:fs` throws. */
export type Disk = {
  /** Opens to append (and to read); `create` makes the file where it is missing, `exclusive` fails where it is not. */
  readonly open: (path: string, mode: 'append' | 'create' | 'exclusive') => number;
  /** How many of the bytes were taken: a full disk may take a part. */
  readonly write: (fd: number, bytes: Uint8Array) => number;
  readonly sync: (fd: number) => void;
  readonly rename: (from: string, to: string) => void;
  readonly unlink: (path: string) => void;
  readonly makeFolder: (path: string) => void;
};

const append = constants.O_RDWR | constants.O_APPEND;
const openFlags = {
  append,
  create: append | constants.O_CREAT,
  exclusive: append | constants.O_CREAT | constants.O_EXCL,
};

/** The disk itself. Lyrics and titles are private: the files and the folder are for their owner only. */
export const realDisk: Disk = {
  open: (path, mode) => openSync(path, openFlags[mode], 0o600),
  write: (fd, bytes) => writeSync(fd, bytes),
  sync: fdatasyncSync,
  rename: renameSync,
  unlink: unlinkSync,
  makeFolder: path => void mkdirSync(path, { recursive: true, mode: 0o700 }),
};

/** All bytes from `offset` to the present end of the file. */
export function readFrom(fd: number, offset: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, fstatSync(fd).size - offset));
  let length = 0;
  while (length < bytes.length) {
    const count = readSync(fd, bytes, length, bytes.length - length, offset + length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

/** Makes new names in a folder survive a power cut, where the system can; a failure costs nothing that is known lost. */
export function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, constants.O_RDONLY);
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // Windows and some network file systems have no such call.
  }
}

/** The system's code for an error, such as `ENOSPC`; null for other errors. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Why the disk refused, in the words of a person. */
export function reason(error: unknown): string {
  const code = errorCode(error);
  return (
    (code === null ? undefined : words[code]) ?? code ?? (error instanceof Error ? error.message : 'unknown error')
  );
}

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'a folder stands in its place',
  ENOENT: 'no such folder',
  EIO: 'the disk reports an input/output error',
};
