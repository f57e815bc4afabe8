import * as fs from 'node:fs';
import { makeFolder } from '../files/make-folder.ts';

/** The calls that change a disk, for a test to let any of them fail: they throw what `node:fs` throws. `open` appends. */
export type Disk = {
  readonly open: (path: string) => number;
  /** How many of the bytes were taken: a full disk may take a part. */
  readonly write: (fd: number, bytes: Uint8Array) => number;
  readonly sync: (fd: number) => void;
  /** Writes and syncs a file that is not there yet; when it fails, a part of it may be there. */
  readonly writeNew: (path: string, content: string | Uint8Array) => void;
  readonly rename: (from: string, to: string) => void;
  readonly remove: (path: string) => void;
  readonly makeFolder: (path: string) => void;
};

/** The disk itself. Lyrics and titles are private: the files and the folder are for their owner only. */
export const realDisk: Disk = {
  open: path => fs.openSync(path, 'a', 0o600),
  write: (fd, bytes) => fs.writeSync(fd, bytes),
  sync: fs.fdatasyncSync,
  writeNew: (path, content) => fs.writeFileSync(path, content, { flag: 'wx', mode: 0o600, flush: true }),
  rename: fs.renameSync,
  remove: path => fs.rmSync(path, { force: true }),
  makeFolder: path => makeFolder(path, 0o700),
};
