import { cellWidth, fit, take } from '../text/width.ts';
import type { CellContext } from './cells.ts';
import { columns, type Column } from './columns.ts';
import { joinSegments, type Segment } from './segments.ts';
import { selectedRow, type Row } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import type { Task } from '../task/task.ts';

/** A column with the cells it got. */
type Placed = { readonly column: Column; readonly width: number };

/** Between two columns. */
const gap = 2;
/** The signs for the selected and the marked row, before the first column. */
export const gutter = 2;

/** The columns to show: those named, else the usual ones, and all of them in the wide table. */
export function chosenColumns(state: Pick<State, 'columns' | 'wide' | 'downloading'>): readonly Column[] {
  const { columns: named, wide, downloading } = state;
  if (named !== null && !wide) return named.flatMap(id => columns.find(column => column.id === id) ?? []);
  return columns.filter(column => (wide || column.wide !== true) && (downloading || column.id !== 'file'));
}

/** Places columns on a line of so many cells; those of the lowest rank are dropped until the rest fits. */
export function placeColumns(candidates: readonly Column[], cells: number): readonly Placed[] {
  let kept = candidates;
  const needed = () => kept.reduce((sum, { minWidth: least }) => sum + least + gap, -gap);
  while (kept.length > 1 && needed() > cells) {
    const last = kept.reduce((worst, column) => (column.priority > worst.priority ? column : worst));
    kept = kept.filter(column => column !== last);
  }
  let spare = Math.max(0, cells - needed());
  // Small wishes first (the bar beside the percentage), then the title takes the rest.
  const widths = new Map<Column, number>();
  const rank = ({ maxWidth, priority }: Column) => (maxWidth < 100 ? priority : 1000);
  for (const column of [...kept].sort((a, b) => rank(a) - rank(b))) {
    const wanted = column.maxWidth - column.minWidth;
    // A bar is drawn whole or not at all, and the title needs its room before it.
    const reserve = column.maxWidth < 100 ? titleReserve(kept) : 0;
    const extra = column.maxWidth < 100 ? (spare - reserve >= wanted ? wanted : 0) : spare;
    widths.set(column, Math.min(column.minWidth, cells) + extra);
    spare -= extra;
  }
  return kept.map(column => ({ column, width: widths.get(column) ?? column.minWidth }));
}

const titleReserve = (kept: readonly Column[]): number => (kept.some(({ id }) => id === 'title') ? 8 : 0);

/** The line with the column titles; the sorted one carries its direction. */
export function headingLine(placed: readonly Placed[], { state, glyphs }: CellContext): string {
  const cells = placed.map(({ column, width }) => {
    const title = width < column.title.length ? shortTitle(column.title, width) : column.title;
    if (state.sort?.column !== column.id) return fit(title, width, column.align, '');
    const arrow = state.sort.descending ? glyphs.descending : glyphs.ascending;
    // The title gives way, not the direction.
    return fit(`${take(title.trim(), width - 2)} ${arrow}`, width, column.align, '');
  });
  return (' '.repeat(gutter) + cells.join(' '.repeat(gap))).trimEnd();
}

const shortTitle = (title: string, width: number): string => (title === 'PROGRESS' ? '%'.padStart(width) : title);

/** A row as segments that fill the line to the last column. */
export function rowSegments(row: Row, placed: readonly Placed[], context: CellContext): readonly Segment[] {
  const { state, glyphs } = context;
  const selected = selectedRow(state);
  const marker = selected?.task === row.task && selected.clip === row.clip ? '>' : ' ';
  const mark = row.clip === null && state.marks.has(row.task.key) ? '*' : ' ';
  const segments: Segment[] = [{ text: marker === ' ' ? mark + ' ' : marker + mark }];
  for (const { column, width } of row.clip === null ? spread(row.task, placed, context) : placed) {
    const cell =
      row.clip === null
        ? column.cell(row.task, context, width)
        : (column.clipCell?.(row.clip, row.task, context, width) ?? '');
    const segment = typeof cell === 'string' ? { text: cell } : cell;
    const text = fit(segment.text, width, column.align, glyphs.ellipsis);
    if (segments.length > 1) segments.push({ text: ' '.repeat(gap) });
    // Colour on blanks is bytes for nothing.
    segments.push(text.trim() === '' ? { text } : { ...segment, text });
  }
  return joinSegments(segments);
}

/**
 * The columns of a row. The reason of a failure takes the place of as many columns behind the title as it needs, but not
 * of the time.
 */
function spread(task: Task, placed: readonly Placed[], context: CellContext): readonly Placed[] {
  const index = placed.findIndex(({ column }) => column.id === 'title');
  const title = placed[index];
  if (title === undefined || task.status !== 'failed' || task.error === null) return placed;
  let { width } = title;
  let end = index + 1;
  const cell = title.column.cell(task, context, width);
  const wanted = cellWidth(typeof cell === 'string' ? cell : cell.text);
  for (let next = placed[end]; width < wanted && next !== undefined && next.column.id !== 'time'; next = placed[end]) {
    width += gap + next.width;
    end++;
  }
  return [...placed.slice(0, index), { column: title.column, width }, ...placed.slice(end)];
}
