import { cellWidth } from '../text/width.ts';

/** Cells from 0, from the upper left corner of the screen. */
type Rectangle = { readonly x: number; readonly y: number; readonly columns: number; readonly rows: number };

/** Where the cursor is, as far as one knows who reads what is written. */
type Cursor = {
  /** The cursor is in the first row. */
  readonly home: () => void;
  /** Follows these bytes. Returns whether they change a cell of the rectangle. */
  readonly follow: (bytes: string, rectangle: Rectangle | null) => boolean;
};

/** The sequences that Ink moves and erases with, links and other strings, ends of lines, text. */
const token = /\u001b\[([\d;?]*)([A-Za-z])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\n|\r|[^\u0000-\u001f\u007f]+/g;

/**
 * Follows the cursor through what Ink writes to a whole screen of `rows` rows, where nothing wraps: into lower rows by `\n`
 * and CNL, up by CUU, along a line by CHA.
 */
export function createCursor(rows: () => number): Cursor {
  let row = 0;
  let column = 0;

  /** Moves by a sequence, and returns what it erases: in this row from a cell to the one before another, or in those below. */
  const obey = (parameters: string, final: string): { from: number; to: number; below?: boolean } | null => {
    const [first = 0, second = 0] = parameters.split(';').map(Number);
    const count = Math.max(1, first);
    if (final === 'A') row -= count;
    else if (final === 'B' || final === 'E') row += count;
    else if (final === 'C') column += count;
    else if (final === 'D') column -= count;
    else if (final === 'G') column = count - 1;
    else if (final === 'H') [row, column] = [count - 1, Math.max(1, second) - 1];
    if (final === 'E') column = 0;
    if (final === 'K') return { from: first === 0 ? column : 0, to: first === 1 ? column + 1 : Infinity };
    return final === 'J' ? { from: 0, to: Infinity, below: true } : null;
  };

  return {
    home() {
      [row, column] = [0, 0];
    },
    follow(bytes, rectangle) {
      let isHit = false;
      const touch = (from: number, to: number, below = false) => {
        if (rectangle === null) return;
        const { x, y, columns, rows: height } = rectangle;
        isHit ||= row < y + height && (below || row >= y) && from < x + columns && to > x;
      };
      for (const [text, parameters, final] of bytes.matchAll(token)) {
        if (final !== undefined) {
          const erased = parameters?.startsWith('?') === true ? null : obey(parameters ?? '', final);
          if (erased !== null) touch(erased.from, erased.to, erased.below);
        } else if (text === '\n' || text === '\r') {
          column = 0;
          if (text === '\n') row++;
        } else if (!text.startsWith('\u001b')) {
          const width = cellWidth(text);
          touch(column, column + width);
          column += width;
        }
        row = Math.min(Math.max(0, row), rows() - 1);
      }
      return isHit;
    },
  };
}
