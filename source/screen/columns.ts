import { isPreview, type Clip, type Task } from '../task/task.ts';
import { formatMoment } from '../text/duration.ts';
import {
  barCells,
  fileCell,
  idCell,
  lengthOf,
  percentCells,
  progressCell,
  statusWord,
  timeCell,
  timeCells,
  tookCells,
  type CellContext,
} from './cells.ts';
import { shortSource } from '../store/health-words.ts';
import type { Segment } from './segments.ts';
import { statusGlyph, statusStyles } from './theme.ts';
import { titleCell } from './title-cell.ts';

export type Column = {
  readonly id: string;
  readonly title: string;
  /** What goes first when the pane is narrow: the highest number. */
  readonly priority: number;
  /** In cells. */
  readonly minWidth: number;
  readonly maxWidth: number;
  readonly align?: 'left' | 'right';
  /** Shown only when asked for (`w`, or by name). */
  readonly wide?: boolean;
  /** Shown unasked, too, where there is room beside an ample title: the lowest number first. */
  readonly extra?: number;
  /** The cell's text, at most `width` cells of it shown. */
  readonly cell: (task: Task, context: CellContext, width: number) => string | Segment | readonly Segment[];
  /** The same for one clip of an unfolded task. */
  readonly clipCell?: (clip: Clip, task: Task, context: CellContext, width: number) => string;
};

/** In cells: the longest common ids, `task_` and 32 characters, and a UUID with a cell to spare. */
const wholeId = 37;

/**
 * Words and titles first and changing numbers last: only the changed end of a line is sent to the terminal.
 */
export const columns: readonly Column[] = [
  {
    id: 'status',
    title: 'STATUS',
    priority: 0,
    minWidth: 11,
    maxWidth: 11,
    cell: (task, { state, glyphs }) => ({
      text: `${statusGlyph(task.status, glyphs)} ${statusWord(task, state)}`,
      style: statusStyles[task.status].style,
    }),
    clipCell: (clip, task) => (isPreview(clip, task) ? '  preview' : ''),
  },
  {
    id: 'title',
    title: 'TITLE',
    priority: 1,
    minWidth: 12,
    maxWidth: 1000,
    cell: (task, { glyphs, showsId }, width) => titleCell(task, glyphs, width, { showsId }),
    clipCell: (clip, _, { glyphs }) => `${glyphs.branch} ${clip.title ?? clip.id ?? 'untitled'}`,
  },
  {
    id: 'action',
    title: 'ACTION',
    priority: 5,
    minWidth: 8,
    maxWidth: 8,
    cell: task => task.action ?? '',
  },
  {
    id: 'source',
    title: 'SOURCE',
    priority: 6,
    minWidth: 12,
    maxWidth: 12,
    wide: true,
    extra: 1,
    cell: task => shortSource(task.source),
  },
  { id: 'id', title: 'ID', priority: 4, minWidth: 10, maxWidth: wholeId, extra: 3, cell: idCell },
  {
    id: 'model',
    title: 'MODEL',
    priority: 9,
    minWidth: 12,
    maxWidth: 12,
    wide: true,
    extra: 2,
    cell: task => task.clips[0]?.model ?? '',
    clipCell: clip => clip.model ?? '',
  },
  {
    id: 'submitted',
    title: 'SUBMITTED',
    priority: 8,
    minWidth: 11,
    maxWidth: 11,
    wide: true,
    // Month, day, hour and minute: a list spans days, not years.
    cell: task => (task.submittedAt === null ? '' : formatMoment(task.submittedAt).slice(5, 16)),
  },
  {
    id: 'length',
    title: 'LENGTH',
    priority: 7,
    minWidth: timeCells,
    maxWidth: timeCells,
    align: 'right',
    wide: true,
    // Where there is no room for it, the progress of a task that has ended says it.
    extra: 4,
    cell: task => lengthOf(task.clips[0]),
    clipCell: lengthOf,
  },
  {
    id: 'cost',
    // In new-api's quota units; what one of them costs is the operator's choice. The tasks dialect names no cost.
    title: 'COST',
    priority: 10,
    minWidth: 8,
    maxWidth: 8,
    align: 'right',
    wide: true,
    cell: task => (task.cost === null ? '' : String(task.cost)),
  },
  { id: 'file', title: 'FILE', priority: 4.5, minWidth: 8, maxWidth: 8, cell: fileCell },
  {
    id: 'progress',
    title: 'PROGRESS',
    priority: 2,
    minWidth: percentCells,
    maxWidth: barCells + 1 + percentCells,
    cell: progressCell,
    clipCell: (clip, _task, _context, width) => (width > percentCells ? (clip.status ?? '') : ''),
  },
  {
    id: 'time',
    title: 'TIME',
    priority: 3,
    minWidth: timeCells,
    maxWidth: tookCells,
    align: 'right',
    cell: timeCell,
    clipCell: lengthOf,
  },
];

export const columnIds: readonly string[] = columns.map(({ id }) => id);
