import { isEnded, type Task } from '../task/task.ts';
import { findSource } from './progress.ts';
import type { State } from './state.ts';

/** What changed about a task between two states; `change` is the word that `--json` prints. */
export type TaskChange = { readonly change: 'added' | 'status' | 'progress' | 'clips'; readonly task: Task };

/** The tasks that changed between two states, each with its most important change: added, status, progress, clips. */
export function taskChanges(state: State, previous: State): readonly TaskChange[] {
  if (state.tasks === previous.tasks) return [];
  const changes: TaskChange[] = [];
  for (const [index, task] of state.tasks.entries()) {
    // The common case first: the same object at the same index.
    if (previous.tasks[index] === task) continue;
    const position = previous.positions.get(task.key);
    const before = position === undefined ? undefined : previous.tasks[position];
    if (before === task) continue;
    const change = kindOf(task, before);
    if (change !== null) changes.push({ change, task });
  }
  return changes;
}

function kindOf(task: Task, before: Task | undefined): TaskChange['change'] | null {
  if (before === undefined) return 'added';
  if (before.status !== task.status) return 'status';
  if (before.progress !== task.progress) return 'progress';
  return before.clips === task.clips ? null : 'clips';
}

/** The tasks that ended between two states: their status became final or `missing`. */
export const endedTasks = (state: State, previous: State): readonly Task[] =>
  taskChanges(state, previous)
    .filter(({ change, task }) => change === 'status' && isEnded(task.status))
    .map(({ task }) => task);

/** Milliseconds: replies to the batches of one round come within this time, those of the next round come later. */
export const roundSpan = 500;

/**
 * Whether the status of a task changed with the last answer of its source. The first answer about a task is no change:
 * at the start all rows would be new.
 */
export function justChanged(task: Task, state: State): boolean {
  if (task.history.length < 2 || task.history.at(-2)?.status === 'pending') return false;
  const answeredAt = findSource(state, task.source)?.answeredAt ?? null;
  return answeredAt !== null && task.changedAt > answeredAt - roundSpan;
}
