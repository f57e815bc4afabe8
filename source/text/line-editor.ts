import { graphemes } from './graphemes.ts';

/** A line being typed: its text, and the cursor's position in it in UTF-16 units. */
export type Line = { readonly text: string; readonly cursor: number };

/** A line without text. */
export const emptyLine: Line = { text: '', cursor: 0 };

/** A line with the cursor at its end. */
export const lineOf = (text: string): Line => ({ text, cursor: text.length });

/** An edit as in a shell: `kill-left`, `kill-right` and `kill-word` are its ctrl-u, ctrl-k and ctrl-w. */
export type Edit =
  | { readonly type: 'insert'; readonly text: string }
  | {
      readonly type:
        'backspace' | 'delete' | 'left' | 'right' | 'home' | 'end' | 'kill-left' | 'kill-right' | 'kill-word';
    };

/** Prompt limit, in UTF-16 units: room for thousands of pasted ids. What exceeds it is dropped. */
const maxLength = 1_000_000;

/** The line after an edit. Left, right, backspace and delete go by graphemes: a composed character is one step. */
export function edit(line: Line, change: Edit): Line {
  const before = line.text.slice(0, line.cursor);
  const after = line.text.slice(line.cursor);
  switch (change.type) {
    case 'insert': {
      const text = change.text.slice(0, maxLength - line.text.length);
      return { text: before + text + after, cursor: before.length + text.length };
    }
    case 'backspace':
      return lineBetween(before.slice(0, before.length - lastGrapheme(before)), after);
    case 'delete':
      return lineBetween(before, after.slice(firstGrapheme(after)));
    case 'left':
      return { ...line, cursor: line.cursor - lastGrapheme(before) };
    case 'right':
      return { ...line, cursor: line.cursor + firstGrapheme(after) };
    case 'home':
      return { ...line, cursor: 0 };
    case 'end':
      return lineOf(line.text);
    case 'kill-left':
      return lineBetween('', after);
    case 'kill-right':
      return lineBetween(before, '');
    case 'kill-word':
      return lineBetween(before.replace(/[^\s,]*[\s,]*$/, ''), after);
  }
}

const lineBetween = (before: string, after: string): Line => ({ text: before + after, cursor: before.length });

function firstGrapheme(text: string): number {
  // 64 UTF-16 units hold any grapheme that is not made to be long; to segment all of a long text would be slow.
  return graphemes(text.slice(0, 64))[Symbol.iterator]().next().value?.segment.length ?? 0;
}

function lastGrapheme(text: string): number {
  let length = 0;
  for (const { segment } of graphemes(text.slice(-64))) length = segment.length;
  return length;
}
