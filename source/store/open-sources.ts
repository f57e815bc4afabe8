import { isFinal, type SourceName, type Task } from '../task/task.ts';
import { memo } from './memo.ts';

/** The sources of the tasks that are not finished: those that are still asked. */
export const openSources = memo((tasks: readonly Task[]): ReadonlySet<SourceName> => {
  const open = new Set<SourceName>();
  for (const { source, status } of tasks) if (!isFinal(status)) open.add(source);
  return open;
});
