import { isEnded, type Task } from '../task/task.ts';
import type { State } from './state.ts';

/** What happened to a task between two states, in the words of `--json`. */
export type TaskChange = { readonly change: 'added' | 'status' | 'progress' | 'clips'; readonly task: Task };

/** Everything that changed between two states, a change per task: the one that matters most. */
export function taskChanges(state: State, previous: State): readonly TaskChange[] {
  if (state.tasks === previous.tasks) return [];
  const changes: TaskChange[] = [];
  for (const [index, task] of state.tasks.entries()) {
    // Mostly nothing moved: then the old task stands at the same place.
    if (previous.tasks[index] === task) continue;
    const place = previous.positions.get(task.key);
    const before = place === undefined ? undefined : previous.tasks[place];
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

/** The tasks that ended between two states: finished, failed, or found to be missing. */
export const endedTasks = (state: State, previous: State): readonly Task[] =>
  taskChanges(state, previous)
    .filter(({ change, task }) => change === 'status' && isEnded(task.status))
    .map(({ task }) => task);
