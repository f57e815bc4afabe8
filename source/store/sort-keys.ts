import { statuses, type Task } from '../task/task.ts';
import { elapsed, progressOf } from './progress.ts';
import type { State } from './state.ts';

/** The value a column is sorted by; null (unknown) comes last in either direction. */
type SortKey = (task: Task, state: State) => string | number | null;

/** The sort key of each column that can be sorted by, by the column's id. */
export const sortKeys: Readonly<Record<string, SortKey>> = {
  status: task => statuses.indexOf(task.status),
  title: task => task.clips[0]?.title ?? task.prompt,
  action: task => task.action,
  source: task => task.source,
  id: task => task.id,
  model: task => task.clips[0]?.model ?? null,
  submitted: task => task.submittedAt,
  length: task => task.clips[0]?.duration ?? null,
  cost: task => task.cost,
  progress: (task, state) => progressOf(task, state)?.percent ?? null,
  time: elapsed,
};
