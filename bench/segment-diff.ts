import type { Terminal } from '@xterm/headless';

/** A cell of the screen; a `width` of 0 is the right half of the wide character before it. */
export type Cell = { readonly text: string; readonly width: number; readonly style: string };
export type Grid = readonly (readonly Cell[])[];

const beginUpdate = '\u001b[?2026h';
const endUpdate = '\u001b[?2026l';
/** Bytes of a cursor movement within a line: fewer bytes of unchanged text are written again instead. */
const jumpBytes = 8;

/** The visible screen of a terminal. */
export function gridOf(terminal: Terminal): Grid {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, y) => {
    const line = active.getLine(active.baseY + y);
    return Array.from({ length: terminal.cols }, (_unused, x): Cell => {
      const cell = line?.getCell(x);
      if (cell === undefined) return { text: ' ', width: 1, style: '' };
      const style = [
        cell.isBold() ? '1' : '',
        cell.isDim() ? '2' : '',
        cell.isUnderline() ? '4' : '',
        cell.isInverse() ? '7' : '',
        cell.isFgDefault() ? '' : String(30 + cell.getFgColor()),
      ];
      return { text: cell.getChars() || ' ', width: cell.getWidth(), style: style.filter(Boolean).join(';') };
    });
  });
}

/** The text of a screen, without blanks at the ends of lines. */
export const textOf = (frame: Grid): string =>
  frame
    .map(line =>
      line
        .map(({ text, width }) => (width === 0 ? '' : text))
        .join('')
        .trimEnd(),
    )
    .join('\n');

/**
 * The bytes that turn one screen into the other, as one would write them by hand: for each run of changed cells an
 * absolute cursor position and its text, all in one synchronized update. The program's bytes are compared with these.
 */
export function segmentDiff(before: Grid, after: Grid): string {
  const pieces = after.flatMap((line, y) => segments(before[y] ?? [], line).map(segment => draw(line, y, segment)));
  return pieces.length === 0 ? '' : beginUpdate + pieces.join('') + endUpdate;
}

type Segment = { from: number; to: number; erase: boolean };

function segments(before: readonly Cell[], after: readonly Cell[]): readonly Segment[] {
  const found: Segment[] = [];
  for (const [x, cell] of after.entries()) {
    const old = before[x];
    if (old?.text === cell.text && old.style === cell.style && old.width === cell.width) continue;
    const last = found.at(-1);
    if (last !== undefined && bytes(after.slice(last.to, x)) < jumpBytes) last.to = x + 1;
    else found.push({ from: x, to: x + 1, erase: false });
  }
  // A line that got shorter: erase to its end instead of writing blanks.
  const end = after.findLastIndex(({ text, style }) => text !== ' ' || style !== '') + 1;
  const last = found.at(-1);
  if (last !== undefined && last.to - Math.max(end, last.from) > 3) {
    last.to = Math.max(end, last.from);
    last.erase = true;
  }
  return found;
}

function draw(line: readonly Cell[], y: number, { from, to, erase }: Segment): string {
  let style = '';
  let text = `\u001b[${y + 1};${from + 1}H`;
  for (const cell of line.slice(from, to)) {
    if (cell.width === 0) continue;
    if (cell.style !== style) text += `\u001b[${style === '' ? '' : '0;'}${cell.style}m`.replace(';m', 'm');
    style = cell.style;
    text += cell.text;
  }
  return text + (style === '' ? '' : '\u001b[m') + (erase ? '\u001b[K' : '');
}

const bytes = (cells: readonly Cell[]): number => Buffer.byteLength(cells.map(({ text }) => text).join(''));
