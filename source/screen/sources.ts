import { noticeOf } from '../store/notices.ts';
import { openSources } from '../store/selectors.ts';
import type { SourceState, State } from '../store/state.ts';
import { chrome } from '../store/viewport.ts';
import { isFinal } from '../task/task.ts';
import { healthWords, shortSource } from './phrases.ts';
import { justify, widthOf, type Segment, type StyledLine } from './segments.ts';
import { viewPhrase } from './tabs.ts';
import type { Glyphs } from './theme.ts';

/** How each source is doing, those in trouble first; and where there is no room for tabs, what of the table is shown. */
export function sourcesLine(state: State, glyphs: Glyphs): StyledLine {
  const view = chrome(state).tabs ? [] : viewPhrase(state, glyphs);
  const line = (segments: readonly Segment[]) => ({ segments: justify(segments, view, state.size.columns, glyphs) });
  const unwell = state.sources.filter(source => !isCalm(source));
  const { length } = state.tasks;
  if (unwell.length === 0 && length > 0 && state.tasks.every(({ status }) => isFinal(status))) {
    const then = state.discovering ? 'looking for new tasks' : 'not polling';
    return line([{ text: `all ${length} ended ${glyphs.separator} ${then}` }]);
  }
  const open = openSources(state.tasks);
  const words = (source: SourceState) => healthWords(source, { ended: !open.has(source.name) });
  const inTrouble = inARow(groupsOf(unwell, words), 'failure');
  const allCalm = state.sources.filter(isCalm);
  // One that has only been asked for new tasks, and has none, is worth a word where nothing else is.
  const hasTasks = ({ name, answeredAt }: SourceState) =>
    answeredAt !== null || state.tasks.some(({ source }) => source === name);
  const withTasks = allCalm.filter(source => source.health.state !== 'ok' || hasTasks(source));
  const calm = withTasks.length + unwell.length === 0 ? allCalm : withTasks;
  const whole = joined(
    inTrouble,
    inARow(
      calm.map(source => [shortSource(source.name), words(source)]),
      'text',
    ),
  );
  const room = state.size.columns - (view.length === 0 ? 0 : widthOf(view) + 2);
  if (widthOf(whole) <= room) return line(whole);
  // Where all is well, that is all there is to say in a narrow pane; else those that are not well say so.
  const asked = calm.filter(({ name, health }) => open.has(name) || health.state !== 'new');
  if (unwell.length === 0) return line([{ text: calmPhrase(asked) }]);
  if (widthOf(inTrouble) <= room) return line(inTrouble);
  // The first sentence stands at the end, where it may be cut.
  const [first] = groupsOf(unwell, words);
  const names = (first?.[0] ?? '').split(', ');
  const states = groupsOf(
    unwell.filter(({ name }) => !names.includes(shortSource(name))),
    ({ health }) => health.state,
  );
  return line(inARow([...states, ...(first === undefined ? [] : [first])], 'failure'));
}

/** Names and what is said of them: sources that fail alike share a sentence. */
type Group = readonly [names: string, words: string];

function groupsOf(sources: readonly SourceState[], words: (source: SourceState) => string): readonly Group[] {
  const groups = new Map<string, string[]>();
  for (const source of sources) {
    const said = words(source);
    const group = groups.get(said);
    if (group === undefined) groups.set(said, [shortSource(source.name)]);
    else group.push(shortSource(source.name));
  }
  return [...groups].map(([said, names]) => [names.join(', '), said]);
}

const inARow = (groups: readonly Group[], style: 'text' | 'failure'): readonly Segment[] =>
  groups.flatMap(([names, words], index): Segment[] => [
    ...(index === 0 ? [] : [{ text: '   ' }]),
    { text: `${names} ${words}`, style },
  ]);

const joined = (left: readonly Segment[], right: readonly Segment[]): readonly Segment[] =>
  left.length === 0 || right.length === 0 ? [...left, ...right] : [...left, { text: '   ' }, ...right];

function calmPhrase(sources: readonly SourceState[]): string {
  if (sources.length === 0) return 'all ended';
  const answered = sources.filter(({ health }) => health.state === 'ok').length;
  return answered === sources.length ? `${answered} sources ok` : `${answered} of ${sources.length} sources ok`;
}

const isCalm = (source: SourceState): boolean =>
  (source.health.state === 'ok' || source.health.state === 'new') && noticeOf(source) === null;
