import type { ReadStream } from 'node:tty';

/** The sequences of F1 and F5 (VT220 and xterm, the Linux console, rxvt), with the character that stands for the key. */
export const functionKeySequences: ReadonlyMap<string, string> = new Map([
  ['\x1bOP', '\uf101'],
  ['\x1b[11~', '\uf101'],
  ['\x1b[[A', '\uf101'],
  ['\x1b[15~', '\uf105'],
  ['\x1b[[E', '\uf105'],
]);

/** Milliseconds after which an Esc is the key, and no longer the beginning of a sequence. Ink waits 20 ms. */
export const escapeTime = 25;

/** Milliseconds in which the rest of a sequence must come: a slow line may cut it anywhere. */
export const sequenceTime = 500;

/** The Esc key as the kitty protocol has it, which Ink takes at once for what it is. */
export const escapeKey = '\x1b[27u';

const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';
const sought = new RegExp(
  [pasteStart, pasteEnd, ...functionKeySequences.keys()].map(text => text.replaceAll('[', '\\[')).join('|'),
  'g',
);
/** What may be the beginning of a sequence, at the end of a piece: of any, and in a paste of that which ends it. */
const cutSequence = /\x1b+(?:\[\[?[\x30-\x3f]*|O)?$/;
const cutPasteEnd = /\x1b(?:\[(?:2(?:0(?:1)?)?)?)?$/;
/** The rest of `ESC[200~` whose Esc came so much earlier that it was taken for the key. Nobody types that at once. */
const restOfPasteStart = /^\[2(?:$|0(?:$|0(?:$|~)))/;

/** What came from the keyboard, for Ink to read. */
type KeyInput = {
  /** What a piece of input makes complete. The beginning of a sequence at its end is held until the rest comes. */
  readonly push: (piece: string) => string;
  /** Milliseconds after which `expire` is to be called unless more comes; null: nothing is held, or it may wait. */
  readonly patience: () => number | null;
  /** What was held, as the keys that it must have been. */
  readonly expire: () => string;
};

/**
 * Makes sequences whole before Ink reads them, which after 20 ms would take their halves for keys: a paste whose mark
 * arrives in two pieces would run as keys. Behind the sequence of a function key, which Ink drops, it puts the character
 * that stands for the key.
 */
export function createKeyInput(): KeyInput {
  let held = '';
  let pasting = false;
  let gaveEscape = false;

  return {
    push(piece) {
      const text = gaveEscape && restOfPasteStart.test(piece) ? `\x1b${piece}` : held + piece;
      gaveEscape = false;
      const marked = text.replace(sought, sequence => {
        if (sequence === pasteStart) pasting = true;
        if (sequence === pasteEnd) pasting = false;
        return sequence + (pasting ? '' : (functionKeySequences.get(sequence) ?? ''));
      });
      held = (pasting ? cutPasteEnd : cutSequence).exec(marked)?.[0] ?? '';
      return held === '' ? marked : marked.slice(0, -held.length);
    },
    patience() {
      // Of a paste Ink itself waits for the end.
      if (held === '' || pasting) return null;
      return isEscape(held) ? escapeTime : sequenceTime;
    },
    expire() {
      const keys = isEscape(held) ? escapeKey.repeat(held.length) : held;
      gaveEscape = isEscape(held);
      held = '';
      return keys;
    },
  };
}

const isEscape = (held: string): boolean => /^\x1b+$/.test(held);

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
