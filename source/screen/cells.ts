import { elapsed, findSource, progressOf } from '../store/progress.ts';
import { filesOf, totalsOf } from '../store/files.ts';
import type { State } from '../store/state.ts';
import { isEnded, isFinal, type Clip, type Task } from '../task/task.ts';
import { formatClock, formatInterval } from '../text/duration.ts';
import type { Segment } from './segments.ts';
import { progressBar, type Glyphs, type Style } from './theme.ts';

/** What a cell may need besides its task. */
export type CellContext = {
  readonly state: State;
  readonly glyphs: Glyphs;
  /** Whether a column shows the lengths of songs. */
  readonly showsLength?: boolean;
  /** The words that the filter has found in a column, in lower case. */
  readonly sought?: (column: string) => readonly string[];
  /** false: no column shows the ids. */
  readonly showsId?: boolean;
  /** false: without the cells for signs before each row. */
  readonly gutter?: false;
};

/** In cells: the bar of a progress, the number behind it, a time, and a time with a word before it. */
export const barCells = 8;
export const percentCells = 4;
export const timeCells = 6;
export const tookCells = 10;

/** The start of an id that is longer than its column. */
export function idCell(task: Task, { glyphs }: CellContext, width: number): string {
  if (task.id.length <= width) return task.id;
  return task.id.slice(0, width - 1) + glyphs.ellipsis;
}

/** The status of a task, or why it is not known to be that any more: its source does not answer for it. */
export function statusWord(task: Task, state: State): string {
  if (task.stalled) return 'stalled';
  const health = isEnded(task.status) ? undefined : findSource(state, task.source)?.health;
  if (health?.state === 'refused' || health?.state === 'offline') return health.state;
  return health?.resting === true ? 'resting' : task.status;
}

/** `62%`, `saved`, `1/3`, or the reason why a file could not be saved. */
export function fileCell({ key }: Task, { state, glyphs }: CellContext): string | Segment {
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
 * How far a task is. A bar is for what moves: one that has ended has the length of its first song instead, of more interest
 * than "100%" where no column shows it.
 */
export function progressCell(
  task: Task,
  { state, glyphs, showsLength = false }: CellContext,
  width: number,
): string | readonly Segment[] {
  if (task.status === 'failed' || task.status === 'missing' || task.status === 'pending') return '';
  const hasBar = width >= barCells + 1 + percentCells;
  const style = barStyles[task.status] ?? 'text';
  if (isEnded(task.status)) {
    const length = hasBar && !showsLength ? lengthOf(task.clips[0]) : '';
    return [{ text: (length === '' ? '100%' : `length ${length}`).padStart(width), style }];
  }
  const progress = progressOf(task, state);
  if (progress === null) return (task.status === 'queued' ? '' : glyphs.unknown).padStart(width);
  const { percent, estimated } = progress;
  const number: Segment = {
    text: `${estimated ? '~' : ''}${percent}%`.padStart(hasBar ? width - barCells : percentCells),
    style: estimated ? 'muted' : style,
  };
  if (!hasBar) return [number];
  const bar = progressBar(percent, barCells, glyphs);
  const drawn = bar.trimEnd();
  // What is still to come is blank, and so of the line's own colour in the selected row, too.
  return [{ ...number, text: drawn, blocks: true }, { text: bar.slice(drawn.length) }, number].filter(
    ({ text }) => text !== '',
  );
}

/** How long a task runs, or in a column that has room for the word, that it took so long. */
export function timeCell(task: Task, { state }: CellContext, width: number): string {
  const milliseconds = elapsed(task, state);
  if (milliseconds === null) return '';
  const clock = shortClock(milliseconds);
  const words = `took ${clock}`;
  return isFinal(task.status) && words.length <= width ? words : clock;
}

/** The length of a song. */
export function lengthOf(clip: Clip | undefined): string {
  const seconds = clip?.duration ?? null;
  return seconds === null ? '' : shortClock(seconds * 1000);
}

/** A clock, or from an hour on the two largest units, in at most `timeCells`. */
function shortClock(milliseconds: number): string {
  const day = 86_400_000;
  const texts = [formatClock(milliseconds), formatInterval(milliseconds), `${Math.floor(milliseconds / day)}d`];
  return texts.find(text => text.length <= timeCells) ?? '';
}
