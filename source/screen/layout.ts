import { selectedRow, type Row } from '../store/selectors.ts';
import type { Task } from '../task/task.ts';
import { cellWidth, fit, take } from '../text/width.ts';
import type { CellContext } from './cells.ts';
import { gap, gutter, type Placed } from './placement.ts';
import { joinSegments, type Segment } from './segments.ts';

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

/** A row as segments that fill the line to the end of the last column. */
export function rowSegments(row: Row, placed: readonly Placed[], given: CellContext): readonly Segment[] {
  const { state, glyphs } = given;
  const context = { ...given, showsLength: placed.some(({ column }) => column.id === 'length') };
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
