import { UsageError } from '../errors.ts';
import { cutLines } from './lines.ts';
import { formatVersion, readLine, type Entry } from './record.ts';

/** A readable line with its meaning; the line itself is kept, so that salvage copies also what it does not know. */
export type ReadableLine = { readonly line: Uint8Array; readonly entry: Entry };

/** What a whole journal file holds. */
export type Content = {
  readonly readable: readonly ReadableLine[];
  /** How many lines are neither readable nor the rest of a write that was cut short. */
  readonly damaged: number;
  /** The last line was cut short: what is appended next must say so. */
  readonly tornEnd: boolean;
  readonly headed: boolean;
  /** Where the last whole line ends: what stands behind it may still be being written. */
  readonly length: number;
};

/** A journal written by a later cliptop, in a format that this one could spoil. It was left as it is. */
export class NewerFormatError extends UsageError {
  override readonly name = 'NewerFormatError';
  readonly path: string;
  constructor(path: string, version: number) {
    super(
      `${path} was written by a newer cliptop (format ${version}, this one knows ${formatVersion}) and was left ` +
        'untouched: update cliptop, or choose another list with --session NAME, or none with --no-save',
    );
    this.path = path;
  }
}

/** Reads a whole file. Throws `NewerFormatError` when a later version of the format is announced anywhere in it. */
export function readContent(bytes: Uint8Array, path: string): Content {
  const cut = cutLines(bytes);
  const readable: ReadableLine[] = [];
  let damaged = 0;
  let torn = 0;
  let headed = false;

  for (const line of cut.tail.length === 0 ? cut.lines : [...cut.lines, cut.tail]) {
    const entry = readLine(line);
    if (entry.type === 'torn') {
      torn++;
      continue;
    }
    // A torn line in the midst of others is damage, unless its writer, or the next one, said that it was cut short.
    if (entry.type !== 'mark') damaged += torn;
    torn = 0;
    if (entry.type === 'damaged') {
      damaged++;
      continue;
    }
    if (entry.type === 'header') {
      if (entry.version > formatVersion) throw new NewerFormatError(path, entry.version);
      headed = true;
    }
    readable.push({ line, entry });
  }
  return { readable, damaged, tornEnd: torn > 0, headed, length: cut.length };
}
