import { noticeOf } from '../store/notices.ts';
import { openSources, tableRows, visibleTasks } from '../store/selectors.ts';
import type { SourceState, State } from '../store/state.ts';
import { bodyHeight } from '../store/viewport.ts';
import { truncate } from '../text/width.ts';
import { filesPhrase, healthPhrase, shortSource } from './phrases.ts';
import { justify, widthOf, type Segment, type StyledLine } from './segments.ts';
import type { Glyphs } from './theme.ts';

/** How each source is doing, those in trouble first, and on the right what of the table is shown. */
export function sourcesLine(state: State, glyphs: Glyphs): StyledLine {
  const view = viewPhrase(state, glyphs);
  const ordered = [...state.sources].sort((a, b) => Number(isCalm(a)) - Number(isCalm(b)));
  const open = openSources(state.tasks);
  const whole = inARow(ordered, source => healthPhrase(source, { ended: !open.has(source.name) }));
  const room = state.size.columns - (view.length === 0 ? 0 : widthOf(view) + 2);
  // Where not all of it fits, those in trouble say so, and the first of them says why, at the end.
  const [first, ...others] = ordered.filter(source => !isCalm(source));
  const short = inARow(first === undefined ? [] : [...others, first], source =>
    source === first ? healthPhrase(source) : `${shortSource(source.name)} ${source.health.state}`,
  );
  // Where all is well, that is all there is to say in a narrow pane.
  const asked = ordered.filter(({ name, health }) => open.has(name) || health.state !== 'new');
  const narrow = first === undefined ? [{ text: calmPhrase(asked) }] : short;
  return { segments: justify(widthOf(whole) <= room ? whole : narrow, view, state.size.columns, glyphs) };
}

function calmPhrase(sources: readonly SourceState[]): string {
  if (sources.length === 0) return 'all ended';
  const answered = sources.filter(({ health }) => health.state === 'ok').length;
  return answered === sources.length ? `${answered} sources ok` : `${answered} of ${sources.length} sources ok`;
}

const isCalm = (source: SourceState): boolean =>
  (source.health.state === 'ok' || source.health.state === 'new') && noticeOf(source) === null;

const inARow = (sources: readonly SourceState[], phrase: (source: SourceState) => string): readonly Segment[] =>
  sources.flatMap((source, index): Segment[] => [
    ...(index === 0 ? [] : [{ text: '   ' }]),
    { text: phrase(source), style: isCalm(source) ? 'plain' : 'red' },
  ]);

/** What narrows the table: marks, tab, filter, order, and how many of the tasks are shown. */
function viewPhrase(state: State, glyphs: Glyphs): readonly Segment[] {
  const parts: string[] = state.files.size === 0 ? [] : [filesPhrase(state)];
  if (state.marks.size > 0) parts.push(`${state.marks.size} marked`);
  if (state.tab !== 'all') parts.push(state.tab);
  if (state.filter !== '') parts.push(`/${truncate(state.filter, 20, glyphs.ellipsis)}`);
  if (state.sort !== null) parts.push(`by ${state.sort.column}`);
  const shown = visibleTasks(state).length;
  if (shown !== state.tasks.length) parts.push(`${shown} of ${state.tasks.length}`);
  else if (tableRows(state).length > bodyHeight(state)) parts.push(`${shown} tasks`);
  return parts.length === 0 ? [] : [{ text: parts.join('  '), style: 'cyan' }];
}
