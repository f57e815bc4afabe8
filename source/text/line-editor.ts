/** A line being typed: the text and the place of the cursor in it, in UTF-16 units. */
export type Line = { readonly text: string; readonly cursor: number };

export const emptyLine: Line = { text: '', cursor: 0 };

export const lineOf = (text: string): Line => ({ text, cursor: text.length });

/** The editing every shell user expects. */
export type Edit =
  | { readonly type: 'insert'; readonly text: string }
  | {
      readonly type:
        'backspace' | 'delete' | 'left' | 'right' | 'home' | 'end' | 'kill-left' | 'kill-right' | 'kill-word';
    };

/** A prompt takes a paste of thousands of ids, but not a film. */
const maxLength = 1_000_000;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

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
  // Segmenting a long text for one character would be slow; no character is longer than this.
  return graphemes.segment(text.slice(0, 64))[Symbol.iterator]().next().value?.segment.length ?? 0;
}

function lastGrapheme(text: string): number {
  let length = 0;
  for (const { segment } of graphemes.segment(text.slice(-64))) length = segment.length;
  return length;
}
