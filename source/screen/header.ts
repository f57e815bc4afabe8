import { countByStatus, tableRows, visibleTasks } from '../store/selectors.ts';
import type { SourceState, State } from '../store/state.ts';
import { bodyHeight } from '../store/viewport.ts';
import { statuses, type SourceName, type Status } from '../task/task.ts';
import { formatInterval, formatTime } from '../text/duration.ts';
import { cellWidth, truncate } from '../text/width.ts';
import { statusGlyph, statusStyles, type Glyphs, type Segment } from './theme.ts';

/** `succeeded` is a long word for a header that is read at a glance. */
const countWords: Readonly<Record<Status, string>> = {
  running: 'running',
  queued: 'queued',
  pending: 'pending',
  succeeded: 'done',
  partial: 'partial',
  failed: 'failed',
  missing: 'missing',
};

const countOrder: readonly Status[] = ['running', 'queued', 'pending', 'succeeded', 'partial', 'failed', 'missing'];

/** The counts that are not zero: `2 running`, `5 done`. */
export function countPhrases(state: Pick<State, 'tasks'>): readonly { status: Status; text: string }[] {
  const counts = countByStatus(state.tasks);
  return countOrder
    .filter(status => counts[status] > 0)
    .map(status => ({ status, text: `${counts[status]} ${countWords[status]}` }));
}

/** `cliptop  2 running  5 done            every 5s · 20:01:07`. The time is that of the last answer. */
export function headerLine(state: State, glyphs: Glyphs): readonly Segment[] {
  const inWords = countSegments(state, glyphs, true);
  // A narrow pane gets signs for words: that a song failed must not be what is cut off.
  const left = widthOf(inWords) <= state.size.columns ? inWords : countSegments(state, glyphs, false);
  const pace = state.paused ? 'paused' : `every ${formatInterval(state.interval)}`;
  const time = state.polledAt === null ? [] : [formatTime(state.polledAt)];
  // The counts matter most: in a narrow pane the pace goes first, then the time.
  const room = state.size.columns - widthOf(left) - 2;
  const right =
    [[pace, ...time].join(` ${glyphs.separator} `), ...time, ''].find(text => cellWidth(text) <= room) ?? '';
  const style = state.paused ? 'bold' : 'plain';
  return justify(left, right === '' ? [] : [{ text: right, style }], state.size.columns, glyphs);
}

/** `ccapi`, and `ccapi/suno` where the service is not the usual one. */
export const shortSource = (name: SourceName): string => name.replace(/\/producer$/, '');

/** How each source is doing, those in trouble first, and on the right what of the table is shown. */
export function sourcesLine(state: State, glyphs: Glyphs): readonly Segment[] {
  const view = viewPhrase(state, glyphs);
  const ordered = [...state.sources].sort((a, b) => Number(isCalm(a)) - Number(isCalm(b)));
  const whole = inARow(ordered, source => healthPhrase(source));
  const room = state.size.columns - (view.length === 0 ? 0 : widthOf(view) + 2);
  // Where not all of it fits, those in trouble say so, and the first of them says why, at the end.
  const [first, ...others] = ordered.filter(source => !isCalm(source));
  const short = inARow(first === undefined ? [] : [...others, first], source =>
    source === first ? healthPhrase(source) : `${shortSource(source.name)} ${source.health.state}`,
  );
  // Where all is well, that is all there is to say in a narrow pane.
  const narrow = first === undefined ? [{ text: calmPhrase(ordered) }] : short;
  return justify(widthOf(whole) <= room ? whole : narrow, view, state.size.columns, glyphs);
}

function calmPhrase(sources: readonly SourceState[]): string {
  const answered = sources.filter(({ health }) => health.state === 'ok').length;
  return answered === sources.length ? `${answered} sources ok` : `${answered} of ${sources.length} sources ok`;
}

const isCalm = ({ health }: SourceState): boolean => health.state === 'ok' || health.state === 'new';

const inARow = (sources: readonly SourceState[], phrase: (source: SourceState) => string): readonly Segment[] =>
  sources.flatMap((source, index): Segment[] => [
    ...(index === 0 ? [] : [{ text: '   ' }]),
    { text: phrase(source), style: isCalm(source) ? 'plain' : 'red' },
  ]);

function countSegments(state: State, glyphs: Glyphs, words: boolean): readonly Segment[] {
  const counts = countPhrases(state).flatMap(({ status, text }): Segment[] => {
    const short = `${statusGlyph(status, glyphs)}${parseInt(text, 10)}`;
    const style = status === 'pending' ? 'plain' : statusStyles[status].style;
    return [{ text: words ? '  ' : ' ' }, { text: words ? text : short, style }];
  });
  const demo: Segment[] = state.demo ? [{ text: ' ' }, { text: 'demo', style: 'magenta' }] : [];
  return [{ text: 'cliptop', style: 'bold' }, ...demo, ...counts];
}

/** One source in words: `xhuo retrying at 20:01:15: 429 too many requests`. */
export function healthPhrase({ name, health, latency }: SourceState, { keys = true } = {}): string {
  const who = shortSource(name);
  const why = health.message === null ? '' : `: ${health.message}`;
  switch (health.state) {
    case 'new':
      return `${who} not asked yet`;
    case 'ok':
      return latency === null ? `${who} ok` : `${who} ok ${latency}ms`;
    case 'refused':
      // Without a token there is nothing to ask with; and without a screen there is no key.
      return `${who} refused${keys && /^\d{3} /.test(health.message ?? '') ? ', r asks again' : ''}${why}`;
    case 'offline':
    case 'retrying': {
      const since = health.since === null ? '' : ` since ${formatTime(health.since)}`;
      const what = health.state === 'offline' ? `offline${since}, retrying` : 'retrying';
      return `${who} ${what}${health.retryAt === null ? '' : ` at ${formatTime(health.retryAt)}`}${why}`;
    }
  }
}

function viewPhrase(state: State, glyphs: Glyphs): readonly Segment[] {
  const parts: string[] = [];
  if (state.marks.size > 0) parts.push(`${state.marks.size} marked`);
  if (state.tab !== 'all') parts.push(state.tab);
  if (state.filter !== '') parts.push(`/${truncate(state.filter, 20, glyphs.ellipsis)}`);
  if (state.sort !== null) parts.push(`by ${state.sort.column}`);
  const shown = visibleTasks(state).length;
  if (shown !== state.tasks.length) parts.push(`${shown} of ${state.tasks.length}`);
  else if (tableRows(state).length > bodyHeight({ size: state.size, overlays: [] })) parts.push(`${shown} tasks`);
  return parts.length === 0 ? [] : [{ text: parts.join('  '), style: 'cyan' }];
}

/** Left and right ends of a line; the left one is cut when they do not fit, the right one goes when it alone does not. */
export function justify(
  left: readonly Segment[],
  right: readonly Segment[],
  cells: number,
  glyphs: Glyphs,
): readonly Segment[] {
  const rightWidth = widthOf(right);
  if (rightWidth + 12 > cells) return cutSegments(left, cells, glyphs);
  const room = rightWidth === 0 ? cells : cells - rightWidth - 2;
  const cut = cutSegments(left, room, glyphs);
  if (rightWidth === 0) return cut;
  return [...cut, { text: ' '.repeat(Math.max(2, cells - rightWidth - widthOf(cut))) }, ...right];
}

const widthOf = (segments: readonly Segment[]): number => segments.reduce((sum, { text }) => sum + cellWidth(text), 0);

/** Segments cut to at most so many cells. */
export function cutSegments(segments: readonly Segment[], cells: number, glyphs: Glyphs): readonly Segment[] {
  let room = cells;
  const kept: Segment[] = [];
  for (const [index, segment] of segments.entries()) {
    const width = cellWidth(segment.text);
    const isLast = index === segments.length - 1;
    if (width < room || (isLast && width === room)) {
      kept.push(segment);
      room -= width;
    } else {
      kept.push({
        ...segment,
        text: truncate(segment.text + (isLast ? '' : ' '.repeat(cells)), room, glyphs.ellipsis),
      });
      break;
    }
  }
  return kept;
}

/** All statuses, for the legend in the help. */
export const legend = (glyphs: Glyphs): readonly Segment[] =>
  statuses.flatMap((status, index): Segment[] => [
    ...(index === 0 ? [] : [{ text: '   ' }]),
    {
      text: `${glyphs.ascii ? statusStyles[status].ascii : statusStyles[status].glyph} ${status}`,
      style: statusStyles[status].style,
    },
  ]);
