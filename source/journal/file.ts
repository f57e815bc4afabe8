import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { errorCode } from '../files/disk-words.ts';
import type { Disk } from './disk.ts';
import { NewerFormatError } from './problems.ts';
import { formatVersion, readLine, type Entry, type Reading } from './record.ts';

/**
 * A journal file held open to be read. `identity`: device and inode, for a person may put another file in its place.
 * `offset`: how far it was read, to the end of a line, and `size`: how long it was at the last look, both in bytes.
 * `torn`: how many lines at its end were cut short; `damaged`: how many others are not readable, nor in a copy by now.
 */
export type ListFile = { readonly fd: number; readonly identity: string; headed: boolean } & Counts;
type Counts = Record<'offset' | 'size' | 'torn' | 'damaged', number>;

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
  const written = bytes.subarray(0, disk.write(fd, bytes));
  return Math.max(0, written.filter(byte => byte === lineFeed).length - front.length - extra.length);
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
  const buffer = Buffer.allocUnsafe(Math.max(0, fstatSync(file.fd).size - file.offset));
  const bytes = buffer.subarray(0, readSync(file.fd, buffer, 0, buffer.length, file.offset));
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
    // A cut line in the midst of others is damage, unless its writer, or the next one, said that it was cut short.
    if (type !== 'torn' && type !== 'cut') file.damaged += file.torn;
    file.torn = type === 'cut' ? file.torn + 1 : 0;
    if (type === 'damaged') file.damaged++;
    if (type === 'kept') file.damaged = 0;
    if (type === 'header') file.headed = true;
  }
  return entries;
}
