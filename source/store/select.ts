import { isEnded, isFinal, statuses, type SourceName, type Status, type Task, type TaskKey } from '../task/task.ts';
import type { SourceState, State, Tab } from './state.ts';

export type Counts = Readonly<Record<Status, number>>;

const emptyCounts = Object.fromEntries(statuses.map(status => [status, 0])) as Record<Status, number>;

/** How many tasks stand in each status. */
export const countByStatus = memo((tasks: readonly Task[]): Counts => {
  const counts = { ...emptyCounts };
  for (const task of tasks) counts[task.status]++;
  return counts;
});

const inTab: Readonly<Record<Tab, (task: Task) => boolean>> = {
  all: () => true,
  active: task => !isEnded(task.status),
  done: task => task.status === 'succeeded' || task.status === 'partial',
  failed: task => task.status === 'failed' || task.status === 'missing' || task.status === 'partial',
};

/** What a column is sorted by; given by the table, which knows the columns. */
export type SortKey = (task: Task, state: State) => string | number | null;
let sortKeys: Readonly<Record<string, SortKey>> = {};
export const useSortKeys = (keys: Readonly<Record<string, SortKey>>): void => {
  sortKeys = keys;
};

type View = Pick<State, 'tasks' | 'tab' | 'filter' | 'sort'>;
let lastView: { view: View; visible: readonly Task[] } | undefined;

/** The tasks of the chosen tab that pass the filter, in the chosen order. The same array while nothing of it changed. */
export function visibleTasks(state: State): readonly Task[] {
  const { tasks, tab, filter, sort } = state;
  const view = lastView?.view;
  if (lastView !== undefined && view?.tasks === tasks && view.tab === tab && view.filter === filter && view.sort === sort) {
    return lastView.visible;
  }
  const matches = matcher(filter);
  const kept = tasks.filter(task => inTab[tab](task) && matches(task));
  const visible = sort === null ? usualOrder(kept) : sorted(kept, state);
  lastView = { view: { tasks, tab, filter, sort }, visible };
  return visible;
}

/** Unfinished first, as they were added; then the ended ones, the latest on top. */
function usualOrder(tasks: readonly Task[]): readonly Task[] {
  const open = tasks.filter(task => !isEnded(task.status));
  const ended = tasks.filter(task => isEnded(task.status));
  return [...open, ...ended.sort((a, b) => endedAt(b) - endedAt(a))];
}

const endedAt = (task: Task): number => task.finishedAt ?? task.changedAt;

function sorted(tasks: readonly Task[], state: State): readonly Task[] {
  const key = sortKeys[state.sort?.column ?? ''];
  if (key === undefined) return tasks;
  const direction = state.sort?.descending === true ? -1 : 1;
  // Each key is computed once: a comparison for ten thousand rows happens a hundred thousand times.
  const keyed = tasks.map(task => ({ task, key: key(task, state) }));
  keyed.sort((a, b) => {
    // What is unknown stands last in either direction.
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return direction * (typeof a.key === 'string' ? collator.compare(a.key, String(b.key)) : a.key - Number(b.key));
  });
  return keyed.map(({ task }) => task);
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Words that must all occur; a leading `!` turns the whole filter around. */
function matcher(filter: string): (task: Task) => boolean {
  const inverse = filter.startsWith('!');
  const words = (inverse ? filter.slice(1) : filter).toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return task => {
    const text = searchText(task);
    return words.every(word => text.includes(word)) !== inverse;
  };
}

const texts = new WeakMap<Task, string>();

function searchText(task: Task): string {
  let text = texts.get(task);
  if (text === undefined) {
    const clips = task.clips.flatMap(clip => [clip.title, clip.style, clip.model]);
    text = [task.key, task.status, task.rawStatus, task.action, task.error?.message, task.traceId, ...clips]
      .filter(Boolean)
      .join('\n')
      .toLowerCase();
    texts.set(task, text);
  }
  return text;
}

export const findTask = (state: State, key: TaskKey | null): Task | undefined => {
  const index = key === null ? undefined : state.positions.get(key);
  return index === undefined ? undefined : state.tasks[index];
};

/** What a key acts on: the marked tasks, else the selected one. */
export function targets(state: State): readonly Task[] {
  if (state.marks.size > 0) return state.tasks.filter(task => state.marks.has(task.key));
  const overlay = state.overlays.at(-1);
  const task = findTask(state, overlay?.kind === 'details' ? overlay.key : state.selected);
  return task === undefined ? [] : [task];
}

export const findSource = (state: State, name: SourceName): SourceState | undefined =>
  state.sources.find(source => source.name === name);

/** Milliseconds a task took, or is taking as of the last answer; null when the vendor names no beginning. */
export function elapsed(task: Task, state: State): number | null {
  const start = task.startedAt ?? task.submittedAt;
  const begun = task.submittedAt ?? start;
  if (isFinal(task.status)) {
    // The relay copies its upstream's times: an end before the beginning is another clock's.
    return begun !== null && task.finishedAt !== null && task.finishedAt >= begun ? task.finishedAt - begun : null;
  }
  const now = state.polledAt;
  if (now === null || task.status === 'missing' || task.status === 'pending') return null;
  const skew = findSource(state, task.source)?.skew ?? 0;
  return Math.max(0, begun === null ? now - task.addedAt : now + skew - begun);
}

/** The median time, in milliseconds, that succeeded tasks of one source and action took; null before the first. */
export function typicalDuration(task: Task, state: State): number | null {
  return durations(state.tasks).get(`${task.source} ${task.action ?? ''}`) ?? null;
}

const durations = memo((tasks: readonly Task[]): ReadonlyMap<string, number> => {
  const groups = new Map<string, number[]>();
  for (const task of tasks) {
    if (task.status !== 'succeeded' || task.submittedAt === null || task.finishedAt === null) continue;
    const took = task.finishedAt - task.submittedAt;
    if (took <= 0) continue;
    const name = `${task.source} ${task.action ?? ''}`;
    groups.set(name, [...(groups.get(name) ?? []), took].slice(-200));
  }
  return new Map([...groups].map(([name, took]) => [name, took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0]));
});

/** Percent done, by the vendor or, where it says nothing, by how long such tasks usually take. */
export function progressOf(task: Task, state: State): { percent: number; estimated: boolean } | null {
  if (task.progress !== null) return { percent: task.progress, estimated: false };
  if (task.status !== 'running') return null;
  const took = elapsed(task, state);
  const typical = typicalDuration(task, state);
  if (took === null || typical === null) return null;
  return { percent: Math.min(95, Math.floor((100 * took) / typical)), estimated: true };
}

/** Remembers the last result: state is compared by identity, so one is enough. */
function memo<A extends object, R>(compute: (argument: A) => R): (argument: A) => R {
  let last: { argument: A; result: R } | undefined;
  return argument => {
    if (last?.argument !== argument) last = { argument, result: compute(argument) };
    return last.result;
  };
}
