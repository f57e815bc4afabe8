import type { ReadStream } from 'node:tty';

/** The sequences of F1 and F5 (VT220 and xterm, the Linux console, rxvt), with the character that stands for the key. */
export const functionKeySequences: ReadonlyMap<string, string> = new Map([
  ['\x1bOP', '\uf101'],
  ['\x1b[11~', '\uf101'],
  ['\x1b[[A', '\uf101'],
  ['\x1b[15~', '\uf105'],
  ['\x1b[[E', '\uf105'],
]);

const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';
const sequences = [pasteStart, pasteEnd, ...functionKeySequences.keys()];
const sought = new RegExp(sequences.map(sequence => sequence.replaceAll('[', '\\[')).join('|'), 'g');
const beginnings = new Set(
  sequences.flatMap(sequence =>
    Array.from({ length: sequence.length - 1 }, (_, index) => sequence.slice(0, index + 1)),
  ),
);

/**
 * Puts the character that stands for a function key behind its sequence, which Ink then drops. Nothing is held back, so
 * that a lone Esc stays in time and a sequence may arrive in two pieces.
 */
export function markFunctionKeys(): (chunk: string) => string {
  let begun = '';
  let pasting = false;
  return chunk => {
    const text = begun + chunk;
    const marked = text.replace(sought, sequence => {
      if (sequence === pasteStart) pasting = true;
      if (sequence === pasteEnd) pasting = false;
      return sequence + (pasting ? '' : (functionKeySequences.get(sequence) ?? ''));
    });
    const known = begun.length;
    begun = beginningAt(text);
    return marked.slice(known);
  };
}

function beginningAt(text: string): string {
  const start = text.lastIndexOf('\u001b');
  const rest = start < 0 ? '' : text.slice(start);
  return beginnings.has(rest) ? rest : '';
}

/** Lets Ink read the function keys that it otherwise keeps to itself; returns how to undo it. */
export function revealFunctionKeys(stdin: ReadStream): () => void {
  const mark = markFunctionKeys();
  const read = stdin.read.bind(stdin) as (size?: number) => unknown;
  stdin.read = (size?: number): unknown => {
    const chunk = read(size);
    return typeof chunk === 'string' ? mark(chunk) : chunk;
  };
  return () => {
    Reflect.deleteProperty(stdin, 'read');
  };
}
