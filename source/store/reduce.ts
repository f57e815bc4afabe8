import type { PollEvent } from '../poll/events.ts';
import type { Interval } from '../poll/schedule.ts';
import { merge, mergeMissing, mergeTaskError, mergeStalled } from '../task/merge.ts';
import { nameOf } from '../task/name.ts';
import type { Durations } from '../task/durations.ts';
import { isFinal, kindOf, taskKey, type SourceName, type Task, type TaskKey } from '../task/task.ts';
import { unknownIdWords } from '../task/unknown-id.ts';
import { reduceFiles, type FilesAction } from './files.ts';
import { healthChanged, newSource } from './health.ts';
import { logged, noteEntry } from './log.ts';
import { isRead } from './message.ts';
import { isUiAction, reduceUi, type UiAction } from './reduce-ui.ts';
import { noticeOf, noticeWithKeys, unreadAfter } from './notices.ts';
import { followRefresh, refreshOf } from './refresh.ts';
import { keepSelection } from './selection.ts';
import type { LogEntry, SourceState, State } from './state.ts';

/** Everything that changes the state: events of the poller, changes of the list, keys. */
export type Action =
  | PollEvent
  | UiAction
  | FilesAction
  | { readonly type: 'downloading' }
  | { readonly type: 'listening'; readonly listening: State['listening'] }
  | { readonly type: 'cover'; readonly cover: State['cover'] }
  | { readonly type: 'discovering' }
  | { readonly type: 'add-sources'; readonly names: readonly SourceName[] }
  | { readonly type: 'add'; readonly tasks: readonly Task[] }
  | { readonly type: 'remove'; readonly keys: readonly TaskKey[]; readonly undoable: boolean }
  | { readonly type: 'restore' }
  /** A person wants to know about these tasks, and they are about to be asked about. */
  | { readonly type: 'refreshing'; readonly keys: readonly TaskKey[] }
  /** Final results that another cliptop saved to the same list. */
  | { readonly type: 'finished'; readonly at: number; readonly tasks: readonly Task[] }
  | { readonly type: 'interval'; readonly interval: Interval }
  | { readonly type: 'target-delay'; readonly targetDelay: number }
  | { readonly type: 'pause'; readonly paused: boolean }
  /** Something for the log; `task`: what it is about. */
  | { readonly type: 'note'; readonly at: number; readonly text: string; readonly task?: TaskKey };

/** Removals that can be undone. */
const maxRemovals = 20;

/** The state after an action; the same object when the action changes nothing. */
export function reduce(state: State, action: Action): State {
  const next = isUiAction(action) ? reduceUi(state, action) : afterPoll(state, reduceList(state, action), action);
  if (next === state) return state;
  // On the unfiltered list no reply removes a row, so the selection stays valid, and sorting 10,000 rows for each batch
  // would be slow: `tableWindow` moves the window to the selection when it is drawn.
  const everythingShown = state.tab === 'all' && state.filter === '';
  return everythingShown && fromPoller.has(action.type) ? next : keepSelection(state, next);
}

/** A poll takes away the message that has been read by then, and brings the outcome of what the person has asked about. */
function afterPoll(before: State, state: State, action: Exclude<Action, UiAction>): State {
  if (!isPollEvent(action)) return state;
  const isPoll = action.type === 'answered' || action.type === 'round-finished';
  const isOver = isPoll && state.flash !== null && isRead(state.flash, action.at);
  return followRefresh(before, isOver ? { ...state, flash: null } : state, action);
}

const fromPoller: ReadonlySet<Action['type']> = new Set<PollEvent['type']>([
  'answered',
  'task-error',
  'health',
  'round-finished',
  'pace',
  'plan',
  'learned',
]);

const isPollEvent = (action: Action): action is PollEvent => fromPoller.has(action.type);

function reduceList(state: State, action: Exclude<Action, UiAction>): State {
  switch (action.type) {
    case 'add-sources': {
      const names = action.names.filter(name => !has(state, name));
      return names.length === 0 ? state : { ...state, sources: [...state.sources, ...names.map(newSource)] };
    }
    case 'add':
      return addTasks(state, action.tasks);
    case 'remove':
      return removeTasks(state, action.keys, action.undoable);
    case 'finished':
      return withTasks(
        state,
        action.at,
        action.tasks.map(result => [result.key, task => (isFinal(task.status) ? task : result)]),
      );
    case 'restore':
      return restoreTasks(state);
    case 'interval':
      return state.interval === action.interval ? state : { ...state, interval: action.interval };
    case 'target-delay':
      return state.targetDelay === action.targetDelay ? state : { ...state, targetDelay: action.targetDelay };
    case 'refreshing':
      return { ...state, refresh: refreshOf(action.keys) };
    case 'pause':
      return state.paused === action.paused ? state : { ...state, paused: action.paused };
    case 'note':
      return { ...state, log: logged(state.log, [noteEntry(state, action)]) };
    case 'health':
      return healthChanged(state, action);
    case 'task-error':
      return withTasks(state, action.at, [
        [taskKey(action.source, action.id), task => mergeTaskError(task, action.code, action.message, action.at)],
      ]);
    case 'answered':
      return answered(state, action);
    case 'files':
      return reduceFiles(state, action);
    case 'listening':
      return state.listening === action.listening ? state : { ...state, listening: action.listening };
    case 'downloading':
      return state.downloading ? state : { ...state, downloading: true };
    case 'cover':
      return state.cover === action.cover ? state : { ...state, cover: action.cover };
    case 'discovering':
      return state.discovering ? state : { ...state, discovering: true };
    case 'round-finished':
      return state;
    case 'pace':
      return withSource(state, action.source, { roundTime: action.roundTime });
    case 'learned':
      return { ...state, learned: withKind(state.learned, kindOf(action), action.durations) };
    case 'plan':
      return withSource(state, action.source, { plan: action.plan });
  }
}

const withSource = (state: State, name: SourceName, changed: Partial<SourceState>): State => ({
  ...state,
  sources: state.sources.map(source => (source.name === name ? { ...source, ...changed } : source)),
});

function answered(state: State, action: Extract<PollEvent, { type: 'answered' }>): State {
  const { source, at, apart } = action;
  const key = (id: string) => taskKey(source, id);
  const changes: [TaskKey, (task: Task) => Task][] = [
    ...action.snapshots.map((snapshot): [TaskKey, (task: Task) => Task] => [
      key(snapshot.id),
      task => merge(task, snapshot, at),
    ]),
    ...action.absent.map((id): [TaskKey, (task: Task) => Task] => [key(id), task => mergeAbsent(task, at, apart)]),
    ...action.notFound.map((id): [TaskKey, (task: Task) => Task] => [key(id), task => mergeMissing(task, at, apart)]),
    ...action.stalled.map((id): [TaskKey, (task: Task) => Task] => [key(id), task => mergeStalled(task, true)]),
  ];
  const next = withTasks(state, at, changes);
  const { latency, skew } = action;
  const entries: LogEntry[] = [];
  const sources = next.sources.map(before => {
    if (before.name !== source) return before;
    const after = { ...before, latency, skew, answeredAt: at, unread: unreadAfter(before.unread, action) };
    const notice = after.unread === before.unread ? null : noticeOf(after);
    if (notice !== null && notice !== noticeOf(before)) {
      entries.push({ at, about: source, task: null, status: null, text: noticeWithKeys(after) });
    }
    return after;
  });
  return { ...next, polledAt: at, sources, log: logged(next.log, entries) };
}

/** A task that a batch reply has no row for: a pending one gets an error that says so; others keep their status. */
function mergeAbsent(task: Task, at: number, apart = false): Task {
  if (task.status === 'missing') return mergeMissing(task, at, apart);
  return task.status === 'pending'
    ? mergeTaskError(task, 'not_found_yet', unknownIdWords(task.source, { apart, final: false }), at)
    : task;
}

function withTasks(state: State, at: number, changes: readonly [TaskKey, (task: Task) => Task][]): State {
  let tasks: Task[] | undefined;
  const entries: LogEntry[] = [];
  for (const [key, change] of changes) {
    const index = state.positions.get(key);
    const before = index === undefined ? undefined : (tasks ?? state.tasks)[index];
    if (index === undefined || before === undefined) continue;
    const after = change(before);
    if (after === before) continue;
    tasks ??= state.tasks.slice();
    tasks[index] = after;
    if (after.status !== before.status) entries.push(taskEntry(after, before, at));
  }
  return tasks === undefined ? state : { ...state, tasks, log: logged(state.log, entries) };
}

function taskEntry(task: Task, before: Task, at: number): LogEntry {
  const reason = task.error === null || task.status === 'succeeded' ? '' : `: ${task.error.message}`;
  const text = `${before.status} → ${task.status}${reason}`;
  return { at, about: nameOf(task), task: task.key, status: task.status, text };
}

function addTasks(state: State, added: readonly Task[]): State {
  const fresh = [
    ...new Map(added.filter(({ key }) => !state.positions.has(key)).map(task => [task.key, task])).values(),
  ];
  if (fresh.length === 0) return state;
  const tasks = [...state.tasks, ...fresh];
  return { ...state, tasks, positions: positionsOf(tasks), removals: withoutTasks(state.removals, fresh) };
}

/** What is on the list again is no longer there to be brought back: undo goes on to the removal before. */
function withoutTasks(removals: State['removals'], back: readonly Task[]): State['removals'] {
  const keys = new Set(back.map(({ key }) => key));
  if (!removals.flat().some(({ task }) => keys.has(task.key))) return removals;
  return removals.map(each => each.filter(({ task }) => !keys.has(task.key))).filter(({ length }) => length > 0);
}

function removeTasks(state: State, keys: readonly TaskKey[], undoable: boolean): State {
  const gone = new Set(keys.filter(key => state.positions.has(key)));
  if (gone.size === 0) return state;
  const removal = state.tasks.flatMap((task, index) => (gone.has(task.key) ? [{ task, index }] : []));
  const tasks = state.tasks.filter(({ key }) => !gone.has(key));
  return {
    ...state,
    tasks,
    positions: positionsOf(tasks),
    marks: new Set([...state.marks].filter(key => !gone.has(key))),
    overlays: state.overlays.filter(overlay => overlay.kind !== 'details' || !gone.has(overlay.key)),
    removals: undoable ? [...state.removals, removal].slice(-maxRemovals) : state.removals,
  };
}

function restoreTasks(state: State): State {
  const removal = state.removals.at(-1);
  if (removal === undefined) return state;
  const tasks = state.tasks.slice();
  for (const { task, index } of removal) tasks.splice(Math.min(index, tasks.length), 0, task);
  const selected = removal[0]?.task.key ?? state.selected;
  const removals = state.removals.slice(0, -1);
  return { ...state, tasks, positions: positionsOf(tasks), removals, selected, selectedClip: null, home: null };
}

/** Kinds of tasks whose durations are kept. */
const maxKinds = 200;

/** The latest kinds, the one that was learned last at the end. */
function withKind(learned: State['learned'], kind: string, durations: Durations): State['learned'] {
  const others = [...learned].filter(([name]) => name !== kind).slice(1 - maxKinds);
  return new Map([...others, [kind, durations]]);
}

const positionsOf = (tasks: readonly Task[]): ReadonlyMap<TaskKey, number> =>
  new Map(tasks.map((task, index) => [task.key, index]));

const has = (state: State, name: SourceName): boolean => state.sources.some(source => source.name === name);
