import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { errorCode, readFrom, type Disk } from './disk.ts';
import { NewerFormatError } from './problems.ts';
import { formatVersion, readLine, type Entry, type Reading } from './record.ts';

/** A journal file held open to be read. It is known by what it is, not by its name: a person may replace it. */
export type ListFile = {
  readonly fd: number;
  /** Device and inode. */
  readonly identity: string;
  /** How far it was read, in bytes: always the end of a line. */
  offset: number;
  /** How long it was when it was last looked at, in bytes. */
  size: number;
  headed: boolean;
  /** How many lines at its end were cut short. */
  torn: number;
  /** How many lines are neither readable, nor the rest of a write that was cut short, nor kept in a copy by now. */
  damaged: number;
};

/** A file as it was found: what its lines say, and all of it. */
export type OpenedFile = { readonly file: ListFile; readonly entries: readonly Reading[]; readonly bytes: Uint8Array };

/**
 * Opens a list and reads it. null: there is no such file. Throws what the disk says, and `NewerFormatError` when a later
 * version of the format is announced anywhere in it.
 */
export function openFile(path: string): OpenedFile | null {
  let fd;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const identity = identityOf(fstatSync(fd, { bigint: true }));
    const file = { fd, identity, offset: 0, size: 0, headed: false, torn: 0, damaged: 0 };
    const { bytes, entries, rest } = readOn(file);
    const all = rest.length === 0 ? entries : [...entries, ...readLines(file, [rest])];
    for (const entry of all)
      if (entry.type === 'header' && entry.version > formatVersion) throw new NewerFormatError(path, entry.version);
    return { file, entries: all, bytes };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** What was appended since the last look, by anyone, in whole lines; null when the file was cut off in place. */
export function readNew(file: ListFile): readonly Reading[] | null {
  const { size } = fstatSync(file.fd);
  if (size < file.size) return null;
  return size === file.size ? [] : readOn(file).entries;
}

/**
 * Appends entries to a file that was just looked at, in one call, so that the lines of two processes never mix. `fd` is
 * open for writing. Returns how many are whole in the file: a full disk takes a part. Throws what the disk says.
 */
export function append(disk: Disk, fd: number, file: ListFile, entries: readonly Entry[]): number {
  const isTorn = file.torn > 0 || file.offset < file.size;
  const extra = [...(isTorn ? [{ type: 'torn' }] : []), ...(file.headed ? [] : [{ cliptop: formatVersion }])];
  const lines = [...extra, ...entries].map(entry => `${JSON.stringify(entry)}\n`);
  // Whatever a short write of anyone left at the end, the line end in front keeps it from swallowing a record.
  const front = file.size === 0 ? '' : '\n';
  const bytes = Buffer.from(front + lines.join(''));
  const count = disk.write(fd, bytes);
  const ends = bytes.subarray(0, count).filter(byte => byte === lineFeed).length;
  return Math.max(0, ends - front.length - extra.length);
}

/** What tells the file at a path from every other, whatever it is called: device and inode. null: there is none. */
export function identityAt(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : identityOf(stats);
}

const identityOf = ({ dev, ino }: { dev: bigint; ino: bigint }): string => `${dev}:${ino}`;

const lineFeed = 0x0a;

/** Reads what is new, cut into lines as bytes: a read may end inside a character. `rest`: what follows the last line end. */
function readOn(file: ListFile): { bytes: Uint8Array; entries: Reading[]; rest: Uint8Array } {
  const bytes = readFrom(file.fd, file.offset);
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
    lines.push(bytes.subarray(start, bytes[end - 1] === 0x0d && end > start ? end - 1 : end));
    start = end + 1;
  }
  file.size = file.offset + bytes.length;
  file.offset += start;
  return { bytes, entries: readLines(file, lines), rest: bytes.subarray(start) };
}

function readLines(file: ListFile, lines: readonly Uint8Array[]): Reading[] {
  const entries = lines.filter(line => line.length > 0).map(readLine);
  for (const { type } of entries) {
    if (type === 'cut') {
      file.torn++;
      continue;
    }
    // A cut line in the midst of others is damage, unless its writer, or the next one, said that it was cut short.
    if (type !== 'torn') file.damaged += file.torn;
    file.torn = 0;
    if (type === 'damaged') file.damaged++;
    if (type === 'kept') file.damaged = 0;
    if (type === 'header') file.headed = true;
  }
  return entries;
}
