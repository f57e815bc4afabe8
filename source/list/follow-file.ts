import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { quietTime, WholeTexts } from './whole-texts.ts';

/** Milliseconds between two looks at the file. */
const pollInterval = 500;

type FollowFileOptions = {
  /** Gets the whole lines of the file, and then those appended since the last look; JSON over several lines as one. */
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
  let texts = new WholeTexts();
  let decoder = new StringDecoder('utf8');
  let broken = false;
  /** Looks since the file last grew. */
  let quiet = 0;

  const look = (): void => {
    try {
      const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        const { ino: inode, size } = fstatSync(file);
        const from = seen !== null && seen.inode === inode && size >= seen.size ? seen.size : 0;
        if (from === 0) {
          texts = new WholeTexts();
          decoder = new StringDecoder('utf8');
        }
        seen = { inode, size };
        if (size > from) {
          quiet = 0;
          texts.push(decoder.write(readRange(file, from, size))).forEach(onText);
        } else if (++quiet * pollInterval === quietTime) {
          const part = texts.afterQuiet();
          if (part !== null) onText(part);
        }
        broken = false;
      } finally {
        closeSync(file);
      }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!broken) onProblem(`--file ${path} cannot be read any more (${code ?? message})`);
      broken = true;
    }
  };

  const timer = setInterval(look, pollInterval);
  timer.unref();
  return () => clearInterval(timer);
}

function readRange(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
}
