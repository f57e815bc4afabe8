import { statuses, type Task } from '../task/task.ts';
import { elapsed, progressOf } from './progress.ts';
import type { State } from './state.ts';

/** What a column is sorted by; null stands last, whatever the direction. */
export type SortKey = (task: Task, state: State) => string | number | null;

/** By column id. */
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
