import { useInput, usePaste, type Key } from 'ink';
import { splitInput, type KeyPress } from './key-names.ts';

export type KeyHandlers = {
  /** One key, by the name it has in the keymap, and the character it types, if any. */
  readonly onKey: (press: KeyPress) => void;
  /** Text that arrived as a whole. */
  readonly onPaste: (text: string) => void;
};

/** Turns what Ink reports into keys by name. */
export function useKeys({ onKey, onPaste }: KeyHandlers): void {
  useInput((input: string, key: Key) => {
    const read = splitInput(input, key);
    if (read.paste !== null) onPaste(read.paste);
    else read.presses.forEach(onKey);
  });
  usePaste(onPaste);
}
