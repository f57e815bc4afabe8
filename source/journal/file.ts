import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { readContent, type Content } from './content.ts';
import { errorCode, readFrom, type Disk } from './disk.ts';
import { countLineEnds, cutLines } from './lines.ts';
import { header, markLine } from './record.ts';

/** A journal file held open. It is followed by what it is, not by its name: another process may rename it. */
export type ListFile = {
  readonly fd: number;
  /** Device and inode. */
  readonly identity: string;
  /** Why nothing can be written to it; null when it can. */
  readonly refusal: unknown;
  /** How far it was read, in bytes: always the end of a line. */
  offset: number;
  /** Its size when it was last read. */
  seen: number;
  /** A size that it is known to have had. */
  least: number;
  headed: boolean;
  torn: boolean;
};

/**
 * Opens a list to append to it, or only to read it where that is all the disk allows. null: there is no such file, and
 * none was to be made. Throws what the disk says, and `NewerFormatError`.
 */
export function openFile(disk: Disk, path: string, create: boolean): { file: ListFile; content: Content } | null {
  const opened = openAnyhow(disk, path, create);
  if (opened === null) return null;
  const { fd, refusal } = opened;
  try {
    const stats = fstatSync(fd, { bigint: true });
    if (!stats.isFile()) throw new Error('it is not a plain file');
    const bytes = readFrom(fd, 0);
    const content = readContent(bytes, path);
    return {
      file: {
        fd,
        identity: `${stats.dev}:${stats.ino}`,
        refusal,
        offset: content.length,
        seen: bytes.length,
        least: bytes.length,
        headed: content.headed,
        torn: content.tornEnd,
      },
      content,
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** The whole lines that were appended since the last read, by anyone; null when the file was cut off in place. */
export function readNew(file: ListFile): readonly Uint8Array[] | null {
  const { size } = fstatSync(file.fd);
  if (size < file.least) return null;
  file.least = size;
  if (size === file.seen) return [];
  const bytes = readFrom(file.fd, file.offset);
  const cut = cutLines(bytes);
  file.seen = file.offset + bytes.length;
  file.offset += cut.length;
  return cut.lines;
}

/** Whether the file was cut off in place: journals only grow. */
export const isCutOff = (file: ListFile): boolean => fstatSync(file.fd).size < file.least;

/**
 * Appends lines, each write in one call, so that the lines of two processes never mix. Returns how many lines are
 * whole in the file; fewer than given come with the `error` that stopped it.
 */
export function appendLines(disk: Disk, file: ListFile, lines: readonly string[]): { written: number; error: unknown } {
  let written = 0;
  let fruitless = 0;
  try {
    while (written < lines.length) {
      const { size } = fstatSync(file.fd);
      const mark = file.torn || (size > 0 && !endsLine(file.fd, size));
      const extra = [...(mark ? [markLine] : []), ...(file.headed ? [] : [header])];
      // Whatever a short write of anyone left at the end, the line end in front keeps it from swallowing a record.
      const front = size === 0 ? '' : '\n';
      const bytes = Buffer.from(`${front}${[...extra, ...lines.slice(written)].join('\n')}\n`);
      const count = disk.write(file.fd, bytes);
      file.least = size + count;
      file.torn = count < bytes.length && (count > 0 || file.torn);
      const whole = countLineEnds(bytes.subarray(0, count)) - front.length;
      file.headed ||= whole >= extra.length;
      const gained = Math.max(0, whole - extra.length);
      written += gained;
      // A full disk takes a part and says why at the next attempt.
      if (gained === 0 && ++fruitless > 1) return { written, error: new Error('only a part could be written') };
    }
    return { written, error: null };
  } catch (error) {
    return { written, error };
  }
}

function openAnyhow(disk: Disk, path: string, create: boolean): { fd: number; refusal: unknown } | null {
  try {
    return { fd: disk.open(path, create ? 'create' : 'append'), refusal: null };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' && !create) return null;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      const fd = openToRead(path);
      if (fd !== null) return { fd, refusal: error };
    }
    throw error;
  }
}

function openToRead(path: string): number | null {
  try {
    return openSync(path, constants.O_RDONLY);
  } catch {
    return null;
  }
}

function endsLine(fd: number, size: number): boolean {
  const last = Buffer.alloc(1);
  return readSync(fd, last, 0, 1, size - 1) === 1 && last[0] === 0x0a;
}
