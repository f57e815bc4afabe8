import { escapeKey, escapeTime, functionKeySequences, sequenceTime } from './key-sequences.ts';

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
