import { useInput, usePaste, type Key } from 'ink';
import type { KeyPress } from '../keymap.ts';
import { splitInput } from './split-input.ts';

export type KeyHandlers = {
  /** One key, by the name it has in the keymap, and the character it types, if any. */
  readonly onKey: (press: KeyPress) => void;
  /** Text that arrived as a whole. */
  readonly onPaste: (text: string) => void;
  /** Whether there is a prompt to type into. */
  readonly isTyping: () => boolean;
};

/** Turns what Ink reports into keys by name. */
export function useKeys({ onKey, onPaste, isTyping }: KeyHandlers): void {
  useInput((input: string, key: Key) => {
    const read = splitInput(input, key, isTyping());
    if (read.paste !== null) onPaste(read.paste);
    else read.presses.forEach(onKey);
  });
  usePaste(onPaste);
}
