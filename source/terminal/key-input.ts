import { readCellSize, type CellShape } from './cell-size.ts';
import { escapeKey, escapeTime, functionKeySequences, sequenceTime } from './key-sequences.ts';
import { readMouseReport, type MouseReport } from './mouse.ts';

const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';
/**
 * A report of the mouse (`ESC[<0;12;5M`, or `ESC[M` and three characters from terminals that know only the old form), and
 * the beginning of one that cannot go on: something else has come in between.
 */
const mouseReport = /\x1b\[<[\d;]*(?:[Mm]|(?=[^\d;Mm]))|\x1b\[M(?:[^\x1b]{3}|[^\x1b]{0,2}(?=\x1b))/;
const sought = new RegExp(
  [
    ...[pasteStart, pasteEnd, ...functionKeySequences.keys()].map(text => text.replaceAll('[', '\\[')),
    mouseReport.source,
    '\\x1b\\[6;\\d+;\\d+t',
  ].join('|'),
  'g',
);
/** The beginning of such a report, at the end of a piece. */
const cutMouseReport = /\x1b\[(?:<[\d;]*|M[^\x1b]{0,2})$/;
/** What may be the beginning of a sequence there: of any, and in a paste of that which ends it, or of a report. */
const cutSequence = new RegExp(`${cutMouseReport.source}|\\x1b+(?:\\[\\[?[\\x30-\\x3f]*|O)?$`);
const cutPasteEnd = /\x1b(?:\[(?:2(?:0(?:1)?)?|<[\d;]*)?)?$/;
/**
 * The rest of `ESC[200~` and of a report, by that beginning of it which came so much earlier that it was taken for keys.
 * Nobody types that at once.
 */
const restBehind: Readonly<Record<string, RegExp>> = {
  '\x1b': /^\[(?:2(?:$|0(?:$|0(?:$|~)))|<|M(?:[^\x1b]{0,2}$|[^\x1b]{3}))/,
  '\x1b[': /^(?:<|M[^\x1b]{3})/,
};

/** What comes among the keys and is none. */
export type Report = MouseReport | CellShape;

/** What came from the keyboard, in its order: keys for Ink to read, and reports between them. */
type Input = string | Report;

type KeyInput = {
  /** What a piece of input makes complete. The beginning of a sequence at its end is held until the rest comes. */
  readonly push: (piece: string) => readonly Input[];
  /** Milliseconds after which `expire` is to be called unless more comes; null: nothing is held, or it may wait. */
  readonly patience: () => number | null;
  /** What was held, as the keys that it must have been. */
  readonly expire: () => string;
};

/**
 * Makes sequences whole before Ink reads them, which after 20 ms would take their halves for keys: a paste whose mark
 * arrives in two pieces would run as keys. Behind the sequence of a function key, which Ink drops, it puts the character
 * that stands for the key. Reports are taken out of the keys; never is a part of one of the mouse given as keys, whether
 * or not the mouse is on: one may be on its way when it is switched off.
 */
export function createKeyInput(): KeyInput {
  let held = '';
  let pasting = false;
  /** What was given as keys, and may have been the beginning of a sequence. */
  let given = '';

  return {
    push(piece) {
      const text = (restBehind[given]?.test(piece) === true ? given : held) + piece;
      given = given === '\x1b' && piece === '[' ? '\x1b[' : '';
      const inputs: Input[] = [];
      let keys = '';
      let end = 0;
      for (const { 0: sequence, index } of text.matchAll(sought)) {
        keys += text.slice(end, index);
        end = index + sequence.length;
        if (sequence === pasteStart) pasting = true;
        if (sequence === pasteEnd) pasting = false;
        if (!isReport(sequence)) {
          keys += sequence + (pasting ? '' : (functionKeySequences.get(sequence) ?? ''));
          continue;
        }
        const report = pasting ? null : (readMouseReport(sequence) ?? readCellSize(sequence));
        if (report === null) continue;
        if (keys !== '') inputs.push(keys);
        inputs.push(report);
        keys = '';
      }
      keys += text.slice(end);
      held = (pasting ? cutPasteEnd : cutSequence).exec(keys)?.[0] ?? '';
      if (keys !== held) inputs.push(keys.slice(0, keys.length - held.length));
      return inputs;
    },
    patience() {
      // Of a paste Ink itself waits for the end. What begins as a report can be nothing else, however late its rest is.
      if (held === '' || pasting || cutMouseReport.test(held)) return null;
      return isEscape(held) ? escapeTime : sequenceTime;
    },
    expire() {
      const keys = isEscape(held) ? escapeKey.repeat(held.length) : held;
      given = isEscape(held) ? '\x1b' : held;
      held = '';
      return keys;
    },
  };
}

const isEscape = (held: string): boolean => /^\x1b+$/.test(held);

const isReport = (sequence: string): boolean => /^\x1b\[(?:[<M]|6;)/.test(sequence);
