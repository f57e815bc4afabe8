import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Milliseconds between two looks at the file. */
const pollInterval = 500;

/** A last line without an end is taken after so many looks at which nothing came. */
const patience = 2;

export type FollowFileOptions = {
  /** Gets the whole lines of the file, and then those appended since the last look. */
  readonly onText: (text: string) => void;
  /** Told once when the file cannot be read any more; following goes on. */
  readonly onProblem: (text: string) => void;
};

/**
 * Reads a file and what is appended to it later, as `tail -F` does. A file that shrinks or is replaced is read from its
 * beginning: an id given twice does no harm, one that falls between two readings would be lost. Returns how to stop.
 */
export function followFile(path: string, { onText, onProblem }: FollowFileOptions): () => void {
  let seen: { inode: number; size: number } | null = null;
  let rest = Buffer.alloc(0);
  let broken = false;
  /** Looks since the file last grew. */
  let quiet = 0;

  const look = (): void => {
    try {
      const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        const { ino: inode, size } = fstatSync(file);
        const from = seen !== null && seen.inode === inode && size >= seen.size ? seen.size : 0;
        if (from === 0) rest = Buffer.alloc(0);
        if (size > from) take(readRange(file, from, size));
        else if (rest.length > 0 && ++quiet === patience) onText(rest.toString('utf8'));
        seen = { inode, size };
        broken = false;
      } finally {
        closeSync(file);
      }
    } catch (error) {
      if (!broken)
        onProblem(`--file ${path} cannot be read any more (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
      broken = true;
    }
  };

  const take = (bytes: Buffer): void => {
    const all = Buffer.concat([rest, bytes]);
    // Half a line may hold half an id.
    const end = all.lastIndexOf(0x0a) + 1;
    rest = all.subarray(end);
    quiet = 0;
    if (end > 0) onText(all.subarray(0, end).toString('utf8'));
  };

  const timer = setInterval(look, pollInterval);
  timer.unref();
  return () => clearInterval(timer);
}

function readRange(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
}
