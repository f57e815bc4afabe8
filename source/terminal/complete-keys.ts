import type { ReadStream } from 'node:tty';
import { createKeyInput, type Report } from './key-input.ts';

/**
 * Lets Ink read whole sequences only, and function keys, which it otherwise keeps to itself. What the mouse did,
 * and how large a cell is, are no keys: `onReport` hears of them, after the keys that came before. Returns how to undo it.
 */
export function completeKeys(stdin: ReadStream, onReport: (report: Report) => void = () => undefined): () => void {
  const input = createKeyInput();
  const read = stdin.read.bind(stdin) as (size?: number) => unknown;
  const ready: (string | Report)[] = [];
  let timer: NodeJS.Timeout | undefined;

  const wait = (): void => {
    clearTimeout(timer);
    const patience = input.patience();
    if (patience === null) return;
    timer = setTimeout(() => {
      ready.push(input.expire());
      // Ink reads when it hears of something to read.
      stdin.emit('readable');
    }, patience);
  };
  stdin.read = (size?: number): unknown => {
    for (;;) {
      const next = ready.shift();
      if (typeof next === 'string') return next;
      if (next !== undefined) {
        onReport(next);
        continue;
      }
      const chunk = read(size);
      // All of it may be held: only null would tell Ink that there is no more.
      if (typeof chunk !== 'string') return chunk;
      ready.push(...input.push(chunk));
      wait();
    }
  };
  return () => {
    clearTimeout(timer);
    Reflect.deleteProperty(stdin, 'read');
  };
}
