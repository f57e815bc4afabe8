import { graphemes } from '../text/graphemes.ts';
import lineWidth, { oneCell } from '../text/width.ts';
import { applySgr, plainStyle, type Style } from './compact-output.ts';

/** A cell of a line. The right half of a wide character has no text and a width of 0. */
type Cell = {
  readonly text: string;
  readonly width: number;
  /** What is written before the text, where plain text stands before it, and what after it. */
  readonly pen: Pen;
  /** Whether terminals may disagree about its width. */
  readonly isDoubtful: boolean;
};

/** `key` tells two pens apart. */
type Pen = { readonly key: string; readonly open: string; readonly close: string };

const plainPen: Pen = { key: '', open: '', close: '' };

/** Bytes of a movement within a line: an unchanged text of fewer bytes is written again instead. */
const moveBytes = 6;
/** Bytes of an erasure: fewer blanks are written instead. */
const eraseBytes = 3;

const sequences = /\u001b\[([\d;]*)m|\u001b\]8;[^;\u0007\u001b]*;([^\u0007\u001b]*)(?:\u0007|\u001b\\)/g;
const control = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * The bytes that turn one line of the screen into another: the cells that differ, and nothing of what stands before,
 * between or behind them. The bundle uses it in place of Ink's own function, which writes all that follows the first
 * difference, and the whole of a line that holds a link.
 *
 * The cursor is anywhere in the line before, and the style is plain before and after. Lines are as Ink writes them: text,
 * SGR sequences and OSC 8 links. What holds other controls, or is wider than the screen of `columns` cells, is written
 * whole.
 */
function lineUpdate(previous: string, next: string, columns?: number): string {
  const whole = `\u001b[1G\u001b[K${next}`;
  if (columns === undefined || !(columns >= 1)) return whole;
  const before = cellsOf(previous);
  const after = cellsOf(next);
  if (before === null || after === null || before.length > columns || after.length > columns) return whole;
  const bytes = changedRuns(before, after)
    .map(run => writeRun(after, run))
    .join('');
  return Buffer.byteLength(bytes) < Buffer.byteLength(whole) ? bytes : whole;
}

// The bundle takes it for the module of Ink.
export { lineUpdate as default };

const known = new Map<string, readonly Cell[] | null>();
/** Twice the lines of a tall screen: each is read once as the new one, and found again as the old one. */
const maxKnown = 200;

/** The cells of a line without the blank ones at its end; null where it holds controls that are unknown here. */
function cellsOf(line: string): readonly Cell[] | null {
  const found = known.get(line);
  if (found !== undefined) return found;
  const cells = readCells(line);
  if (known.size === maxKnown) known.clear();
  known.set(line, cells);
  return cells;
}

function readCells(line: string): readonly Cell[] | null {
  if (control.test(line.replace(sequences, ''))) return null;
  const cells: Cell[] = [];
  let style: Style | null = plainStyle;
  let link = '';
  let pen = plainPen;
  let end = 0;
  for (const match of line.matchAll(sequences)) {
    if (!addText(cells, line.slice(end, match.index), pen)) return null;
    end = match.index + match[0].length;
    const [, sgr, address] = match;
    if (sgr !== undefined) style = applySgr(style, sgr);
    else link = address ?? '';
    if (style === null) return null;
    pen = penOf(style, link);
  }
  if (!addText(cells, line.slice(end), pen)) return null;
  while (isBlank(cells.at(-1))) cells.pop();
  return cells;
}

function penOf(style: Style, link: string): Pen {
  const codes = [...style.values()].join(';');
  if (codes === '' && link === '') return plainPen;
  const sgr = codes === '' ? '' : `\u001b[${codes}m`;
  return link === ''
    ? { key: codes, open: sgr, close: '\u001b[0m' }
    : {
        key: `${codes} ${link}`,
        open: `${sgr}\u001b]8;;${link}\u001b\\`,
        close: `\u001b]8;;\u001b\\${sgr === '' ? '' : '\u001b[0m'}`,
      };
}

/** False where a text begins with a mark that has nothing to combine with. */
function addText(cells: Cell[], text: string, pen: Pen): boolean {
  if (oneCell.test(text)) {
    for (const character of text) cells.push({ text: character, width: 1, pen, isDoubtful: false });
    return true;
  }
  for (const { segment } of graphemes(text)) {
    const width = lineWidth(segment);
    const last = cells.at(-1);
    if (width === 0) {
      if (last === undefined) return false;
      cells[cells.length - 1] = { ...last, text: last.text + segment, isDoubtful: true };
    } else {
      cells.push({ text: segment, width, pen, isDoubtful: Array.from(segment).length > 1 });
      for (let rest = 1; rest < width; rest++) cells.push({ text: '', width: 0, pen, isDoubtful: false });
    }
  }
  return true;
}

const isBlank = (cell: Cell | undefined): boolean => cell?.text === ' ' && cell.pen === plainPen;

const isSame = (a: Cell | undefined, b: Cell | undefined): boolean =>
  a === b || (a?.text === b?.text && a?.width === b?.width && a?.pen.key === b?.pen.key);

/**
 * From the first cell to the one behind the last. `erase`: all that stands there is erased first. A run that ends behind
 * the last cell of the new line takes away what is left of the old one.
 */
type Run = { readonly from: number; readonly to: number; readonly erase?: boolean };

/** The cells to write, from left to right. */
function changedRuns(before: readonly Cell[], after: readonly Cell[]): readonly Run[] {
  const length = Math.max(before.length, after.length);
  const runs: Run[] = [];
  let isDoubtful = false;
  for (let x = 0; x < length; x++) {
    isDoubtful ||= before[x]?.isDoubtful === true || after[x]?.isDoubtful === true;
    if (isSame(before[x] ?? blank, after[x] ?? blank)) continue;
    const from = startOf(after, x);
    // Where a terminal may count other cells than we do, what follows may stand elsewhere: it is written anew.
    if (isDoubtful) return [...runs, { from, to: length, erase: true }];
    const to = x < after.length ? endOf(after, x + 1) : length;
    const last = runs.at(-1);
    if (last !== undefined && bytesOf(after, last.to, from) < moveBytes) runs[runs.length - 1] = { ...last, to };
    else runs.push({ from, to });
    x = to - 1;
  }
  return runs;
}

const blank: Cell = { text: ' ', width: 1, pen: plainPen, isDoubtful: false };

/** Where the character begins that has its right half at `x`. */
function startOf(cells: readonly Cell[], x: number): number {
  let start = x;
  while (start > 0 && cells[start]?.width === 0) start--;
  return start;
}

function endOf(cells: readonly Cell[], x: number): number {
  let end = x;
  while (cells[end]?.width === 0) end++;
  return end;
}

/** What it costs to write these cells again. */
function bytesOf(cells: readonly Cell[], from: number, to: number): number {
  let bytes = 0;
  for (let x = from; x < to; x++) {
    const { text, pen } = cells[x] ?? blank;
    bytes += Buffer.byteLength(text);
    if (pen !== (cells[x - 1] ?? blank).pen) bytes += pen.open.length + pen.close.length;
  }
  return bytes;
}

function writeRun(cells: readonly Cell[], { from, to, erase = false }: Run): string {
  let bytes = `\u001b[${from + 1}G${erase ? '\u001b[K' : ''}`;
  let pen = plainPen;
  const end = Math.max(from, Math.min(to, cells.length));
  for (let x = from; x < end; x++) {
    const cell = cells[x] ?? blank;
    if (cell.pen.key !== pen.key) {
      bytes += pen.close + cell.pen.open;
      pen = cell.pen;
    }
    bytes += cell.text;
  }
  bytes += pen.close;
  const left = erase ? 0 : to - end;
  return left > eraseBytes ? `${bytes}\u001b[K` : bytes + ' '.repeat(Math.max(0, left));
}
