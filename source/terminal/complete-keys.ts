import type { ReadStream } from 'node:tty';
import { createKeyInput } from './key-input.ts';

/** Lets Ink read whole sequences only, and function keys, which it otherwise keeps to itself; returns how to undo it. */
export function completeKeys(stdin: ReadStream): () => void {
  const input = createKeyInput();
  const read = stdin.read.bind(stdin) as (size?: number) => unknown;
  let timer: NodeJS.Timeout | undefined;
  let expired = '';

  const wait = (): void => {
    clearTimeout(timer);
    const patience = input.patience();
    if (patience === null) return;
    timer = setTimeout(() => {
      expired += input.expire();
      // Ink reads when it hears of something to read.
      stdin.emit('readable');
    }, patience);
  };
  stdin.read = (size?: number): unknown => {
    for (;;) {
      if (expired !== '') {
        const keys = expired;
        expired = '';
        return keys;
      }
      const chunk = read(size);
      if (typeof chunk !== 'string') return chunk;
      const keys = input.push(chunk);
      wait();
      // All of it is held: only null would tell Ink that there is no more.
      if (keys !== '') return keys;
    }
  };
  return () => {
    clearTimeout(timer);
    Reflect.deleteProperty(stdin, 'read');
  };
}
