import type { SourceName } from '../task/task.ts';
import { cellWidth, truncate, wrap } from '../text/width.ts';
import { backWords, freshRecovery } from './health.ts';
import { healthWords, shortSource } from './health-words.ts';
import { noticeOf } from './notices.ts';
import { openSources } from './open-sources.ts';
import type { SourceState, State } from './state.ts';

/** A piece of a line about sources, and what it says: that something is wrong, that it is over, or that all is well. */
type SourcePhrase = { readonly text: string; readonly kind: 'trouble' | 'back' | 'well' };
type SourceLine = readonly SourcePhrase[];

type Asked = Pick<State, 'sources' | 'tasks' | 'discovering' | 'keymap'>;
/** In cells and lines. */
type Room = { readonly columns: number; readonly lines: number };

/** How a source is doing. */
type Words = (source: SourceState) => string;

/** Between two phrases of a line. */
export const betweenSources = '   ';
/** Before the second line of a sentence. */
const indent = '  ';

/**
 * How each source is doing, those in trouble first, on one line where that has room for it. In a narrower pane those that
 * are well are summed up or left out, and what is wrong goes on in further lines.
 */
export function sourceLines(state: Asked, room: Room): readonly SourceLine[] {
  const unwell = state.sources.filter(source => !isCalm(source));
  const { length } = state.tasks;
  if (unwell.length === 0 && length > 0 && openSources(state.tasks).size === 0) {
    const then = state.discovering ? 'looking for new tasks' : 'not polling';
    return [[phrase('well', `all ${length} ended · ${then}`)]];
  }
  const open = openSources(state.tasks);
  const wordsOf: Words = source =>
    healthWords(source, { keymap: state.keymap, brief: true, ended: !open.has(source.name) });
  const groups = groupsOf(unwell, wordsOf);
  const trouble = groups.map(({ names, words }) => phrase('trouble', `${names.join(', ')} ${words}`));
  const calm = worthAWord(state, unwell);
  const back = backPhrases(calm);
  const well = calm
    .filter(source => freshRecovery(source) === null)
    .map(source => phrase('well', `${shortSource(source.name)} ${wordsOf(source)}`));
  const news = [...trouble, ...back];
  if (fits([...news, ...well], room)) return [[...news, ...well]];
  if (unwell.length === 0) return [news.length > 0 && fits(news, room) ? news : [sumOf(calm, open)]];
  if (fits(news, room)) return [news];
  if (fits(trouble, room)) return [trouble];
  const wrapped = trouble.flatMap(({ text }) => wrappedIn(text, room));
  const lines = wrapped.length <= room.lines ? wrapped : cutTo(shortened(groups, unwell), room);
  return lines.map(text => [phrase('trouble', text)]);
}

const phrase = (kind: SourcePhrase['kind'], text: string): SourcePhrase => ({ kind, text });

const isCalm = (source: SourceState): boolean =>
  (source.health.state === 'ok' || source.health.state === 'new') && noticeOf(source) === null;

const fits = (line: SourceLine, { columns }: Room): boolean =>
  line.reduce((sum, { text }) => sum + cellWidth(text) + betweenSources.length, -betweenSources.length) <= columns;

/** Those that are well. One that has only been asked for new tasks, and has none, is worth a word where nothing else is. */
function worthAWord({ sources, tasks }: Asked, unwell: readonly SourceState[]): readonly SourceState[] {
  const calm = sources.filter(isCalm);
  const hasTasks = ({ name, answeredAt }: SourceState) =>
    answeredAt !== null || tasks.some(({ source }) => source === name);
  const withTasks = calm.filter(source => source.health.state !== 'ok' || hasTasks(source));
  return withTasks.length + unwell.length === 0 ? calm : withTasks;
}

/** `xhuo back after 0:31`, until the next answer. */
const backPhrases = (sources: readonly SourceState[]): readonly SourcePhrase[] =>
  sources.flatMap(source => {
    const recovery = freshRecovery(source);
    return recovery === null ? [] : phrase('back', `${shortSource(source.name)} ${backWords(recovery)}`);
  });

/** Sources that fail alike, and what there is to say of them. */
type Group = { readonly names: readonly string[]; readonly words: string };

/** Those that fail alike share a sentence, although each began to at a moment of its own and is asked again at another. */
function groupsOf(sources: readonly SourceState[], wordsOf: Words): readonly Group[] {
  const groups = Map.groupBy(sources, source => {
    const { state, message, resting, askable } = source.health;
    return JSON.stringify([state, message, resting, askable, state === 'ok' ? noticeOf(source) : null]);
  });
  return [...groups.values()].flatMap(alike => {
    const [first] = alike;
    if (first === undefined) return [];
    const earliest = (of: 'since' | 'retryAt') => {
      const times = alike.flatMap(({ health }) => health[of] ?? []);
      return times.length === 0 ? null : Math.min(...times);
    };
    const health = { ...first.health, since: earliest('since'), retryAt: earliest('retryAt') };
    return { names: alike.map(({ name }) => shortSource(name)), words: wordsOf({ ...first, health }) };
  });
}

/** All is well, in a narrow pane. */
function sumOf(calm: readonly SourceState[], open: ReadonlySet<SourceName>): SourcePhrase {
  const asked = calm.filter(({ name, health }) => open.has(name) || health.state !== 'new');
  const answered = asked.filter(({ health }) => health.state === 'ok').length;
  if (asked.length === 0) return phrase('well', 'all ended');
  const sources = asked.length === 1 ? 'source' : 'sources';
  if (answered === 0) return phrase('well', `${asked.length} ${sources} not asked yet`);
  return phrase('well', `${answered === asked.length ? '' : `${answered} of `}${asked.length} ${sources} ok`);
}

/** The others by their state alone, and the first sentence at the end, where it may be cut. */
function shortened([first, ...others]: readonly Group[], unwell: readonly SourceState[]): string {
  const names = new Set(others.flatMap(group => group.names));
  const rest = Map.groupBy(
    unwell.filter(({ name }) => names.has(shortSource(name))),
    ({ health }) => health.state,
  );
  const states = [...rest].map(([state, alike]) => `${alike.map(({ name }) => shortSource(name)).join(', ')} ${state}`);
  return [...states, ...(first === undefined ? [] : [`${first.names.join(', ')} ${first.words}`])].join(betweenSources);
}

/** A sentence on as many lines as it needs, those behind the first a little to the right. */
function wrappedIn(text: string, { columns }: Pick<Room, 'columns'>): readonly string[] {
  const [first = '', ...rest] = wrap(text, columns);
  if (rest.length === 0) return [first];
  const others = wrap(text.slice(first.length).trimStart(), columns - indent.length);
  return [first, ...others.map(line => indent + line)];
}

/** The same on at most so many lines, the last of them cut. */
function cutTo(text: string, { columns, lines }: Room): readonly string[] {
  const all = wrappedIn(text, { columns });
  if (all.length <= lines) return all;
  const kept = all.slice(0, lines - 1);
  const rest = all.slice(lines - 1).map((line, index) => (index === 0 ? line : line.trimStart()));
  return [...kept, truncate(rest.join(' '), columns)];
}
