import { resample, type Pixels } from '../media/thumbnail.ts';
import { coverClip, showsCovers } from '../store/wanted-cover.ts';
import type { State } from '../store/state.ts';
import type { Clip, Task } from '../task/task.ts';
import { wrap } from '../text/width.ts';
import type { Rgb } from './colors.ts';
import { textLine, type Segment, type StyledLine } from './segments.ts';

type Size = { readonly columns: number; readonly rows: number };

/** From fewer rows on nothing can be made out. */
const leastRows = 4;

/**
 * The cover of a task as lines of at most so many cells: as blocks, as blanks that the terminal draws over, as blanks
 * until it has come, or one line that says why it does not. None where the task has no cover, or there is no room.
 */
export function coverLines(
  { task, clip = null }: { readonly task: Task; readonly clip?: Clip | null },
  state: State,
  { columns, rows }: Size,
): readonly StyledLine[] {
  const url = coverClip(task, clip)?.imageUrl ?? null;
  if (url === null || !showsCovers(state) || rows < leastRows || columns < 2 * leastRows) return [];
  const { cover, images } = state;
  const isThere = cover?.url === url;
  if (isThere && cover.picture === null) {
    return wrap(`cover: ${cover.message ?? ''}`, columns)
      .slice(0, 2)
      .map(text => textLine(text, 'muted'));
  }
  const picture = isThere ? cover.picture : null;
  const size = cellsFor(picture ?? { width: 1, height: 1 }, { columns, rows }, state.cellRatio);
  if (picture === null) return blanks(size, () => ({}));
  if (images.way === 'pixels') return blanks(size, row => ({ picture: { url, row, rows: size.rows } }));
  return blockLines(picture, size);
}

/** The largest size in proportion, in cells that are `ratio` times as high as they are wide. */
function cellsFor({ width, height }: { width: number; height: number }, room: Size, ratio: number): Size {
  const columns = Math.min(room.columns, Math.max(1, Math.round((ratio * room.rows * width) / height)));
  const rows = Math.min(room.rows, Math.max(1, Math.round((columns * height) / (ratio * width))));
  return { columns, rows };
}

const blanks = (size: Size, mark: (row: number) => Pick<Segment, 'picture'>): readonly StyledLine[] =>
  Array.from({ length: size.rows }, (_, row) => ({ segments: [{ text: ' '.repeat(size.columns), ...mark(row) }] }));

const drawn = new WeakMap<Pixels, { readonly size: Size; readonly lines: readonly StyledLine[] }>();

/** Two pixels in each cell, one above the other. The same lines as long as picture and size are the same. */
function blockLines(picture: Pixels, size: Size): readonly StyledLine[] {
  const before = drawn.get(picture);
  if (before?.size.columns === size.columns && before.size.rows === size.rows) return before.lines;
  const { rgb } = resample(picture, size.columns, size.rows * 2);
  const pixel = (x: number, y: number): Rgb => {
    const at = (y * size.columns + x) * 3;
    return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
  };
  const lines = Array.from({ length: size.rows }, (_, row): StyledLine => {
    const cells = Array.from({ length: size.columns }, (_, x): Segment => ({
      text: '▀',
      colors: { foreground: pixel(x, 2 * row), background: pixel(x, 2 * row + 1) },
    }));
    return { segments: joined(cells) };
  });
  drawn.set(picture, { size, lines });
  return lines;
}

/** Cells of the same colours as one segment. */
function joined(cells: readonly Segment[]): readonly Segment[] {
  const result: Segment[] = [];
  for (const cell of cells) {
    const last = result.at(-1);
    if (last !== undefined && String(Object.values(last.colors ?? {})) === String(Object.values(cell.colors ?? {}))) {
      result[result.length - 1] = { ...last, text: last.text + cell.text };
    } else {
      result.push(cell);
    }
  }
  return result;
}
