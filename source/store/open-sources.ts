import { isFinal, type SourceName, type Task } from '../task/task.ts';
import { memo } from './memo.ts';

/** The sources of the tasks that are not finished: those that are still asked. */
export const openSources = memo(
  (tasks: readonly Task[]): ReadonlySet<SourceName> =>
    new Set(tasks.filter(({ status }) => !isFinal(status)).map(({ source }) => source)),
);
