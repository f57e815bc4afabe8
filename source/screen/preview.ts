import { filesOf } from '../store/files.ts';
import { phasesOf } from '../store/phases.ts';
import { selectedRow, type Row } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { nameOf } from '../task/name.ts';
import type { Task } from '../task/task.ts';
import { formatClock, formatTime } from '../text/duration.ts';
import { truncate, wrap } from '../text/width.ts';
import { shortSource } from '../store/health-words.ts';
import { coverLines } from './cover.ts';
import { clipLines } from './preview-clips.ts';
import { blankLine, cutSegments, padSegments, textLine, widthOf, type Segment, type StyledLine } from './segments.ts';
import { statusGlyph, statusStyles, type Glyphs } from './theme.ts';

/** A pane, in cells. */
type Size = { readonly columns: number; readonly rows: number };

/** A title is cut after so many lines. */
const titleLines = 2;

/**
 * The selected task in so many cells: title, state, its life as one line, why it failed, its clips, its cover, and as much
 * of the lyrics as there is room for. At most `rows` lines, none wider than `columns`; none where nothing is selected.
 */
export function previewLines(state: State, glyphs: Glyphs, size: Size): readonly StyledLine[] {
  const row = selectedRow(state);
  if (row === null || size.columns < 1) return [];
  const { columns, rows } = size;
  const aside = coverLines(row, state, sizeAside(size));
  const asideCells = Math.max(0, ...aside.map(({ segments }) => widthOf(segments)));
  const text = asideCells === 0 ? columns : columns - asideCells - gap.length;
  const { task } = row;
  const parts = [
    [...titleOf(row, text, glyphs), ...stateLines(task, glyphs), timeline(task, state, glyphs)],
    [...errorLines(task, text), ...unsavedLines(task, state, text)],
    clipLines(row, text, glyphs),
    coverLines(row, state, sizeBetween(size)),
    lyricLines(row, { columns: text, rows }),
  ].filter(part => part.length > 0);
  const lines = parts
    .flatMap((part, index) => (index === 0 ? part : [blankLine, ...part]))
    .slice(0, rows)
    .map(({ segments }) => ({ segments: cutSegments(segments, text, glyphs) }));
  if (asideCells === 0) return lines;
  return Array.from({ length: Math.max(lines.length, aside.length) }, (_, index) => ({
    segments: [
      ...padSegments(aside[index]?.segments ?? [], asideCells + gap.length),
      ...(lines[index]?.segments ?? []),
    ],
  }));
}

/** Between a cover and what stands beside it. */
const gap = '  ';
/** In rows: the highest cover. */
const highestCover = 12;
/** In cells: what stands beside a cover needs as much. */
const leastText = 40;

/** A low and wide pane has room for a cover beside the text, a high one between it. */
const isLow = ({ columns, rows }: Size): boolean => 4 * rows < columns;
const sizeAside = (size: Size): Size =>
  isLow(size)
    ? { columns: Math.max(0, size.columns - leastText - gap.length), rows: Math.min(highestCover, size.rows) }
    : { columns: 0, rows: 0 };
const sizeBetween = (size: Size): Size =>
  isLow(size)
    ? { columns: 0, rows: 0 }
    : { columns: size.columns, rows: Math.min(highestCover, Math.floor(size.rows / 3)) };

function titleOf({ task, clip }: Row, columns: number, glyphs: Glyphs): readonly StyledLine[] {
  const lines = wrap(clip?.title ?? nameOf(task), columns);
  const last = lines.slice(titleLines - 1).join(' ');
  return [...lines.slice(0, titleLines - 1), ...(last === '' ? [] : [truncate(last, columns, glyphs.ellipsis)])].map(
    text => textLine(text, 'strong'),
  );
}

/** `▸ running · music · ccapi`, and below it the id, whole where it fits. */
function stateLines(task: Task, glyphs: Glyphs): readonly StyledLine[] {
  const { style, word } = statusStyles[task.status];
  const facts = [task.stalled ? 'stalled' : null, task.action, shortSource(task.source)].filter(Boolean);
  const state: StyledLine = {
    segments: [
      { text: `${statusGlyph(task.status, glyphs)} ${word}`, style },
      { text: facts.map(fact => ` ${glyphs.separator} ${fact ?? ''}`).join(''), style: 'muted' },
    ],
  };
  return nameOf(task) === task.id ? [state] : [state, textLine(task.id, 'muted')];
}

/** What is said of the moment of a phase that has one. */
const momentWords: Partial<Record<Task['status'], string>> = { pending: 'added', missing: 'not found' };

/** `queued 0:04 ╌╌ running 0:31 ╌╌ ended 20:01:07`. */
function timeline(task: Task, state: State, glyphs: Glyphs): StyledLine {
  const words = phasesOf(task, state).map(({ status, took, at }): Segment => {
    if (took !== null) return { text: `${status} ${formatClock(took)}` };
    if (at === null) return { text: status };
    return { text: `${momentWords[status] ?? 'ended'} ${formatTime(at)}`, style: statusStyles[status].style };
  });
  const line: Segment = { text: ` ${glyphs.dash}${glyphs.dash} `, style: 'muted' };
  return { segments: words.flatMap((phase, index) => (index === 0 ? [phase] : [line, phase])) };
}

function errorLines(task: Task, columns: number): readonly StyledLine[] {
  if (task.error === null || task.status === 'succeeded') return [];
  const { style } = statusStyles[task.status];
  const words = [task.error.code, task.error.message].filter(Boolean).join(': ');
  return wrap(words, columns).map(text => textLine(text, style === 'muted' ? 'text' : style));
}

/** Why files of it could not be saved, each reason once. */
function unsavedLines({ key }: Task, state: State, columns: number): readonly StyledLine[] {
  const failed = filesOf(state, key).filter(file => file.state === 'failed');
  const reasons = Map.groupBy(failed, ({ message }) => message ?? 'unknown');
  return [...reasons].flatMap(([reason, files]) => {
    const what = [...new Set(files.map(file => file.what))].join(', ');
    return wrap(`${what} not saved: ${reason}`, columns).map(text => textLine(text, 'failure'));
  });
}

/** The lyrics of the selected clip, or of the first one that has any; no more of them than a pane can show. */
function lyricLines({ task, clip }: Row, { columns, rows }: Size): readonly StyledLine[] {
  const lyrics = clip?.lyrics ?? task.clips.find(each => each.lyrics !== null)?.lyrics ?? '';
  const lines = lyrics.trim().split('\n', rows);
  if (lines.join('') === '') return [];
  return lines.flatMap(line =>
    wrap(line.trim(), columns).map(text => textLine(text, line.startsWith('[') ? 'muted' : 'text')),
  );
}
