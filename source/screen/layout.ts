import { justChanged } from '../store/changes.ts';
import { selectedRow, type Row } from '../store/selectors.ts';
import type { Task } from '../task/task.ts';
import { cellWidth, fit, take } from '../text/width.ts';
import { fileCell, type CellContext } from './cells.ts';
import type { Column } from './columns.ts';
import { gap, gutter, type Placed } from './placement.ts';
import { cutSegments, joinSegments, padSegments, trimSegments, withMatches, type Segment } from './segments.ts';
import { statusStyles, type Glyphs, type Style } from './theme.ts';
import { isNameless, reasonWidth } from './title-cell.ts';

/** The titles of the columns, each a place to click at; the sorted one carries its direction. */
export function headingSegments(
  placed: readonly Placed[],
  { state, glyphs, gutter: hasGutter }: CellContext,
): readonly Segment[] {
  const segments: Segment[] = [{ text: ' '.repeat(hasGutter === false ? 0 : gutter), style: 'muted' }];
  for (const [index, { column, width }] of placed.entries()) {
    const title = width < column.title.length ? shortTitle(column.title, width) : column.title;
    const arrow = state.sort?.descending === true ? glyphs.descending : glyphs.ascending;
    // The title gives way, not the direction.
    const words = state.sort?.column === column.id ? `${take(title.trim(), width - 2)} ${arrow}` : title;
    if (index > 0) segments.push({ text: ' '.repeat(gap), style: 'muted' });
    const text = fit(words, width, column.align, '');
    segments.push({ text, style: 'muted', hit: { kind: 'column', column: column.id } });
  }
  return trimSegments(segments);
}

const shortTitle = (title: string, width: number): string => (title === 'PROGRESS' ? '%'.padStart(width) : title);

/**
 * A row as segments that fill the line to the end of the last column. The selected row is to be drawn inverse; only its
 * status and its bar keep a colour, since more of them would leave no shape to the inverse line.
 */
export function rowSegments(row: Row, placed: readonly Placed[], given: CellContext): readonly Segment[] {
  const { state, glyphs } = given;
  const own = row.clip === null ? withWholeId(row.task, placed) : placed;
  const shows = (id: string) => own.some(({ column }) => column.id === id);
  const context = { ...given, showsLength: shows('length'), showsId: shows('id') };
  // Where rows have no gutter there is nobody to select one.
  const selected = given.gutter === false ? null : selectedRow(state);
  const isSelected = selected?.task === row.task && selected.clip === row.clip;
  const isMarked = row.clip === null && state.marks.has(row.task.key);
  const segments: Segment[] = given.gutter === false ? [] : [...gutterSegments(row, { isSelected, isMarked }, context)];
  for (const [index, { column, width }] of (row.clip === null ? spread(row.task, own, context) : own).entries()) {
    const cell =
      row.clip === null
        ? column.cell(row.task, context, width)
        : (column.clipCell?.(row.clip, row.task, context, width) ?? '');
    if (index > 0) segments.push(...gapSegments(index === 1 && isMarked ? glyphs.markedEnd : '', isSelected));
    for (const segment of fitted(cell, { column, width }, glyphs)) {
      const { text, blocks = false } = segment;
      // Colour on blanks is bytes for nothing.
      const bare =
        text.trim() === '' || (isSelected && !blocks && (column.id !== 'status' || segment.style === 'muted'));
      const style = isMarked && column.id === 'title' ? markedStyle : segment.style;
      const drawn = bare ? { text } : { text, ...(style === undefined ? {} : { style }) };
      const kept = isSelected && blocks ? { ...drawn, blocks } : drawn;
      segments.push(...withMatches(kept, given.sought?.(column.id) ?? []));
    }
  }
  return joinSegments(segments);
}

/** The columns of a task without a name: its id takes the place of all from its title on to half an id. */
function withWholeId(task: Task, placed: readonly Placed[]): readonly Placed[] {
  const title = placed.findIndex(({ column }) => column.id === 'title');
  const id = placed.findIndex(({ column }) => column.id === 'id');
  const [first, ...others] = title < 0 ? [] : placed.slice(title, id + 1);
  if (first === undefined || !isNameless(task) || (placed[id]?.width ?? 0) >= cellWidth(task.id)) return placed;
  const width = others.reduce((sum, other) => sum + gap + other.width, first.width);
  return [...placed.slice(0, title), { column: first.column, width }, ...placed.slice(id + 1)];
}

/** A cell as wide as its column. */
function fitted(cell: ReturnType<Column['cell']>, { column, width }: Placed, glyphs: Glyphs): readonly Segment[] {
  if (typeof cell !== 'string' && !('text' in cell)) return padSegments(cutSegments(cell, width, glyphs), width);
  const segment = typeof cell === 'string' ? { text: cell } : cell;
  return [{ ...segment, text: fit(segment.text, width, column.align, glyphs.ellipsis) }];
}

/** What is between two columns; behind the first of a marked row the bracket that closes its sign. */
const gapSegments = (end: string, isSelected: boolean): readonly Segment[] =>
  padSegments(end === '' ? [] : [{ text: end, ...(isSelected ? {} : { style: markedStyle }) }], gap);

/** The two cells before a row: whether it is selected, marked, plays, and has just changed. */
function gutterSegments(
  { task, clip }: Row,
  { isSelected, isMarked }: { readonly isSelected: boolean; readonly isMarked: boolean },
  { state, glyphs }: CellContext,
): readonly Segment[] {
  const mark = isMarked ? [{ text: glyphs.marked, ...(isSelected ? {} : { style: markedStyle }) }] : [];
  const selection = isSelected ? [{ text: '>' }] : [];
  const news: readonly Segment[] = [
    ...(plays({ task, clip }, state) ? [{ text: glyphs.playingRow, style: 'accent' as const }] : []),
    ...(clip === null && justChanged(task, state)
      ? [{ text: glyphs.changed, style: statusStyles[task.status].style, ...(isSelected ? { blocks: true } : {}) }]
      : []),
  ];
  // A bracket meets what it is closed behind.
  if (glyphs.markedEnd !== '' && isMarked) return [...padSegments([...selection, ...news].slice(0, 1), 1), ...mark];
  return padSegments([...selection, ...mark, ...news].slice(0, gutter), gutter);
}

/** Whether a row is that of the song that plays here: the row of its task, or its own where that is unfolded. */
function plays({ task, clip }: Row, { listening, unfolded }: CellContext['state']): boolean {
  const song = listening?.songs[listening.index];
  if (song?.task !== task.key) return false;
  return clip === null ? !unfolded.has(task.key) : task.clips[song.clip] === clip;
}

/** A marked row shows by its sign, and from afar by its title. */
const markedStyle: Style = 'accent';

/** The columns that keep their place in the row of a task that has not succeeded; behind them nothing gives way either. */
const kept: Partial<Record<Task['status'], readonly string[]>> = {
  failed: ['time'],
  // Some of its songs have ended well, with a length.
  partial: ['file', 'length', 'progress', 'time'],
  // Nothing but its id tells it apart.
  missing: ['id', 'time'],
  pending: ['id', 'time'],
};

/** In cells: in a narrower table the reason of a failure has all that is behind the title, if it needs it. */
const reasonAlone = 70;

/**
 * The columns of a row. The reason of a failure takes the place of as many columns behind the title as it needs; of those
 * that are kept only where that makes it whole, and in a narrow table.
 */
function spread(task: Task, placed: readonly Placed[], context: CellContext): readonly Placed[] {
  const { showsId = true } = context;
  const index = placed.findIndex(({ column }) => column.id === 'title');
  const title = placed[index];
  const wanted = reasonWidth(task, { showsId });
  const least = reasonWidth(task, { showsId, least: true });
  if (title === undefined || wanted === null || least === null) return spreadFile(task, placed, context);
  const over = (columns: readonly string[] | undefined) => {
    let { width } = title;
    let end = index + 1;
    for (let next = placed[end]; width < wanted && next !== undefined; next = placed[end]) {
      if (columns?.includes(next.column.id) !== false) break;
      width += gap + next.width;
      end++;
    }
    return { width, end };
  };
  const usual = over(kept[task.status]);
  const cells = placed.reduce((sum, each) => sum + each.width + gap, 0);
  const all = task.status === 'failed' || task.status === 'partial' ? over([]) : usual;
  const { width, end } = usual.width < least && (all.width >= least || cells < reasonAlone) ? all : usual;
  const spent = [...placed.slice(0, index), { column: title.column, width }, ...placed.slice(end)];
  return spreadFile(task, spent, context);
}

/** The same of a task with a file that could not be saved: the reason takes the place of as much behind it as it needs. */
function spreadFile(task: Task, placed: readonly Placed[], context: CellContext): readonly Placed[] {
  const index = placed.findIndex(({ column }) => column.id === 'file');
  const file = placed[index];
  const cell = file === undefined ? '' : fileCell(task, context);
  if (file === undefined || typeof cell === 'string' || cell.style !== 'failure') return placed;
  let { width } = file;
  let end = index + 1;
  for (let next = placed[end]; width < cellWidth(cell.text) && next !== undefined; next = placed[end]) {
    width += gap + next.width;
    end++;
  }
  return [...placed.slice(0, index), { column: file.column, width }, ...placed.slice(end)];
}
