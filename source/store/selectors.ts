import { isEnded, statuses, type Clip, type Status, type Task, type TaskKey } from '../task/task.ts';
import { taskMatcher } from './filter.ts';
import { memo } from './memo.ts';
import { sortKeys } from './sort-keys.ts';
import type { State, Tab } from './state.ts';
import { scrollTo, tableSize } from './viewport.ts';

export type Counts = Readonly<Record<Status, number>>;

const emptyCounts = Object.fromEntries(statuses.map(status => [status, 0])) as Record<Status, number>;

/** How many tasks have each status. */
export const countByStatus = memo((tasks: readonly Task[]): Counts => {
  const counts = { ...emptyCounts };
  for (const task of tasks) counts[task.status]++;
  return counts;
});

/** Each task is in one of the last three, so that their counts add up, and `done` counts what the header calls done. */
const inTab: Readonly<Record<Tab, (task: Task) => boolean>> = {
  all: () => true,
  active: task => !isEnded(task.status),
  done: task => task.status === 'succeeded',
  failed: task => task.status === 'failed' || task.status === 'missing' || task.status === 'partial',
};

/** How many tasks each tab has. */
export function countByTab(tasks: readonly Task[]): Readonly<Record<Tab, number>> {
  const { succeeded, failed, missing, partial } = countByStatus(tasks);
  const ended = { done: succeeded, failed: failed + missing + partial };
  return { all: tasks.length, active: tasks.length - ended.done - ended.failed, ...ended };
}

/** The tasks that have not ended. */
export const openTasks = (tasks: readonly Task[]): readonly Task[] =>
  countEnded(tasks) === 0 ? tasks : tasks.filter(inTab.active);

/** How many tasks have ended, those included that the API does not know. */
export const countEnded = (tasks: readonly Task[]): number => tasks.length - countByTab(tasks).active;

type View = Pick<State, 'tasks' | 'tab' | 'filter' | 'wide' | 'columns' | 'sort'> & { readonly time: number | null };

/** Columns whose values change with time alone: their order depends on `polledAt`. */
const timeDependent = new Set(['time', 'progress']);
let lastView: { readonly view: View; readonly visible: readonly Task[] } | undefined;

/** The tasks of the tab that match the filter, in the current order. The same array as long as none of that changes. */
export function visibleTasks(state: State): readonly Task[] {
  const { tasks, tab, filter, wide, columns, sort } = state;
  const time = timeDependent.has(sort?.column ?? '') ? state.polledAt : null;
  const view: View = { tasks, tab, filter, wide, columns, sort, time };
  if (lastView !== undefined && sameView(lastView.view, view)) return lastView.visible;
  const matches = taskMatcher(state);
  const kept = tab === 'all' && filter === '' ? tasks : tasks.filter(task => inTab[tab](task) && matches(task));
  const visible = sort === null ? usualOrder(kept) : sorted(kept, state);
  lastView = { view, visible };
  return visible;
}

const sameView = (a: View, b: View): boolean =>
  Object.keys(b).every(name => a[name as keyof View] === b[name as keyof View]);

/**
 * The selected task. Until the user selects one it is whichever is first, not the task that was first at the start: that
 * one would take the selection, and the window, to the end of a long list when it finishes.
 */
export const selectedKey = (state: State): TaskKey | null => state.selected ?? visibleTasks(state)[0]?.key ?? null;

/** A line of the table: a task, or one of the clips of an unfolded task. */
export type Row = { readonly task: Task; readonly clip: Clip | null };

/** The selected row; null when no task is shown. */
export function selectedRow(state: State): Row | null {
  const task = findTask(state, selectedKey(state));
  if (task === undefined) return null;
  const clip = state.unfolded.has(task.key) ? task.clips[state.selectedClip ?? -1] : undefined;
  return { task, clip: clip ?? null };
}

/** The index of the selected row among all rows; 0 when there is none. */
export function selectedIndex(state: State): number {
  const selected = selectedRow(state);
  if (selected === null) return 0;
  if (state.unfolded.size === 0) return Math.max(0, visibleTasks(state).indexOf(selected.task));
  const isSelected = ({ task, clip }: Row) => task.key === selected.task.key && clip === selected.clip;
  return Math.max(0, tableRows(state).findIndex(isSelected));
}

let lastRows: { visible: readonly Task[]; unfolded: ReadonlySet<TaskKey>; rows: readonly Row[] } | undefined;

/** All rows of the table, also those outside the window. */
export function tableRows(state: State): readonly Row[] {
  const visible = visibleTasks(state);
  const { unfolded } = state;
  if (lastRows?.visible !== visible || lastRows.unfolded !== unfolded) {
    const rows: Row[] = [];
    for (const task of visible) {
      rows.push({ task, clip: null });
      if (unfolded.has(task.key)) rows.push(...task.clips.map(clip => ({ task, clip })));
    }
    lastRows = { visible, unfolded, rows };
  }
  return lastRows.rows;
}

/** How many rows the table has. Without unfolded tasks none is made for it: ten thousand would be made with each reply. */
const countRows = (state: State): number =>
  state.unfolded.size === 0 ? visibleTasks(state).length : tableRows(state).length;

/** At most so many rows from this index on. */
const rowsFrom = (state: State, top: number, height: number): readonly Row[] =>
  state.unfolded.size === 0
    ? visibleTasks(state)
        .slice(top, top + height)
        .map(task => ({ task, clip: null }))
    : tableRows(state).slice(top, top + height);

/**
 * The rows on the screen, the index of the first one, and the count of all. The window moves as little as possible to
 * show the selected row.
 */
export function tableWindow(state: State): { top: number; rows: readonly Row[]; count: number } {
  const count = countRows(state);
  const height = tableSize(state).rows;
  const index = selectedIndex(state);
  // Show the clips of an unfolded task with it. Where they do not all fit, the task's own row has to be visible.
  const [selected] = rowsFrom(state, index, 1);
  const clips = selected?.clip === null && state.unfolded.has(selected.task.key) ? selected.task.clips.length : 0;
  const end = Math.min(index + clips, count - 1);
  const top = scrollTo(scrollTo(state.top, end, height, count), index, height, count);
  return { top, rows: rowsFrom(state, top, height), count };
}

/** Unfinished first, as they were added; then the ended ones, the latest on top. */
function usualOrder(tasks: readonly Task[]): readonly Task[] {
  const open = openTasks(tasks);
  if (open.length === tasks.length) return tasks;
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
    // Unknown values come last in either direction.
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return direction * (typeof a.key === 'string' ? compareTexts(a.key, String(b.key)) : a.key - Number(b.key));
  });
  return keyed.map(({ task }) => task);
}

let collator: Intl.Collator | undefined;

/** Made at the first sort by a text: its tables take as long to load as a tenth of the first screen. */
const compareTexts = (a: string, b: string): number =>
  (collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })).compare(a, b);

/** The task of this key, or undefined. */
export const findTask = (state: State, key: TaskKey | null): Task | undefined => {
  const index = key === null ? undefined : state.positions.get(key);
  return index === undefined ? undefined : state.tasks[index];
};

/** What a key acts on: the task whose details are shown, else the marked tasks that are shown, else the selected one. */
export function targets(state: State): readonly Task[] {
  const overlay = state.overlays.at(-1);
  const details = overlay?.kind === 'details' ? overlay.key : null;
  const marked = details === null ? shownMarks(state) : [];
  if (marked.length > 0) return marked;
  const task = findTask(state, details ?? selectedKey(state));
  return task === undefined ? [] : [task];
}

/** A clip, and the task that it is of. */
export type TaskClip = { readonly task: Task; readonly clip: Clip };

/** The one clip that a key acts on: the one whose row is selected, as long as no task on the screen is marked. Else null. */
export function targetClip(state: State): TaskClip | null {
  if (state.overlays.length > 0 || shownMarks(state).length > 0) return null;
  const { task, clip = null } = selectedRow(state) ?? {};
  return task === undefined || clip === null ? null : { task, clip };
}

/** The clips that a key acts on: that one, or all those of the targets. */
export function targetClips(state: State): readonly TaskClip[] {
  const one = targetClip(state);
  return one === null ? targets(state).flatMap(task => task.clips.map(clip => ({ task, clip }))) : [one];
}

/** The marked tasks, in the order of the screen. A mark that the tab or the filter hides is never acted upon. */
export const shownMarks = (state: State): readonly Task[] =>
  state.marks.size === 0 ? [] : visibleTasks(state).filter(({ key }) => state.marks.has(key));
