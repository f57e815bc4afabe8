import { elapsed, progressOf } from '../store/progress.ts';
import { filesOf, totalsOf } from '../store/files.ts';
import type { State } from '../store/state.ts';
import { isFinal, isPreview, type Clip, type Task } from '../task/task.ts';
import { formatClock, formatInterval, formatMoment } from '../text/duration.ts';
import type { Segment } from './segments.ts';
import { progressBar, statusGlyph, statusStyles, type Glyphs, type Style } from './theme.ts';
import { titleCell } from './title-cell.ts';

/** What a cell may need besides its task. */
export type CellContext = { readonly state: State; readonly glyphs: Glyphs };

export type Column = {
  readonly id: string;
  readonly title: string;
  /** What goes first when the pane is narrow: the highest number. */
  readonly priority: number;
  /** In cells. `most` greater than `least`: it takes what is left over. */
  readonly minWidth: number;
  readonly maxWidth: number;
  readonly align?: 'left' | 'right';
  /** Shown only when asked for (`w`, or by name). */
  readonly wide?: boolean;
  /** The cell's text, at most `width` cells of it shown. */
  readonly cell: (task: Task, context: CellContext, width: number) => string | Segment;
  /** The same for one clip of an unfolded task. */
  readonly clipCell?: (clip: Clip, task: Task, context: CellContext, width: number) => string;
};

/** The width from which the progress column has room for a bar besides its number. */
const barCells = 8;
const percentCells = 4;
const timeCells = 6;
const tookCells = 10;

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
    cell: (task, { glyphs }) => ({
      text: `${statusGlyph(task.status, glyphs)} ${task.stalled ? 'stalled' : task.status}`,
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
    cell: (task, { glyphs }, width) => titleCell(task, glyphs, width),
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
    minWidth: 15,
    maxWidth: 16,
    wide: true,
    cell: task => task.source,
  },
  { id: 'id', title: 'ID', priority: 4, minWidth: 10, maxWidth: 10, cell: idCell },
  {
    id: 'model',
    title: 'MODEL',
    priority: 9,
    minWidth: 12,
    maxWidth: 12,
    wide: true,
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
    cell: task => lengthOf(task.clips[0]),
    clipCell: lengthOf,
  },
  {
    id: 'cost',
    // new-api's own unit; what one of them costs is the operator's choice.
    title: 'QUOTA',
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

function idCell(task: Task, { glyphs }: CellContext, width: number): string {
  if (task.id.length <= width) return task.id;
  return task.id.slice(0, width - 1) + glyphs.ellipsis;
}

/** `62%`, `saved`, `1/3`, or the reason why a file could not be saved. */
function fileCell({ key }: Task, { state, glyphs }: CellContext): string | Segment {
  const files = filesOf(state, key);
  if (files.length === 0) return '';
  const { count, saved, failed, percent, message } = totalsOf(files);
  if (failed > 0) return { text: `no: ${message ?? '?'}`, style: 'failure' };
  if (saved === count) return { text: 'saved', style: 'success' };
  if (saved > 0) return `${saved}/${count}`;
  return percent === null ? glyphs.unknown : `${percent}%`;
}

/** How full a bar is says how far a task is, its colour in which state; an estimate is drawn lighter than what is known. */
const barStyles: Partial<Record<Task['status'], Style>> = {
  succeeded: 'success',
  partial: 'warning',
  running: 'accent',
};

/**
 * How far a task is; beside the bar of one that has ended the length of its first song, of more interest than "100%"
 * where no column shows it.
 */
function progressCell(task: Task, { state, glyphs }: CellContext, width: number): string | Segment {
  if (task.status === 'failed' || task.status === 'missing' || task.status === 'pending') return '';
  const ended = task.status === 'succeeded' || task.status === 'partial';
  const progress = ended ? { percent: 100, estimated: false } : progressOf(task, state);
  const barWidth = width >= barCells + 1 + percentCells ? barCells : 0;
  if (progress === null) {
    const unknown = task.status === 'queued' ? '' : glyphs.unknown;
    return ' '.repeat(barWidth === 0 ? 0 : barWidth + 1) + unknown.padStart(percentCells);
  }
  const { percent, estimated } = progress;
  const isShown = barWidth > 0 && !state.wide && state.columns?.includes('length') !== true;
  const length = ended && isShown ? lengthOf(task.clips[0]) : '';
  const known = length !== '' && length.length <= timeCells ? length : null;
  const number = (known ?? `${estimated ? '~' : ''}${percent}%`).padStart(percentCells);
  const cells = barWidth === 0 ? 0 : width - 1 - number.length;
  const text = cells === 0 ? number : `${progressBar(percent, Math.min(barCells, cells), glyphs)} ${number}`;
  return { text, style: estimated ? 'muted' : (barStyles[task.status] ?? 'text') };
}

/** How long a task runs, or in a column that has room for the word, that it took so long. */
function timeCell(task: Task, { state }: CellContext, width: number): string {
  const milliseconds = elapsed(task, state);
  if (milliseconds === null) return '';
  const clock = shortClock(milliseconds);
  const words = `took ${clock}`;
  return isFinal(task.status) && words.length <= width ? words : clock;
}

function lengthOf(clip: Clip | undefined): string {
  const seconds = clip?.duration ?? null;
  return seconds === null ? '' : shortClock(seconds * 1000);
}

/** A clock, or from an hour on the two largest units, in at most `timeCells`. */
function shortClock(milliseconds: number): string {
  const day = 86_400_000;
  const texts = [formatClock(milliseconds), formatInterval(milliseconds), `${Math.floor(milliseconds / day)}d`];
  return texts.find(text => text.length <= timeCells) ?? '';
}
