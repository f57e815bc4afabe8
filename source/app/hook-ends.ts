import { taskChanges } from '../store/changes.ts';
import { findSource } from '../store/progress.ts';
import { findTask } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { isEnded, type Task } from '../task/task.ts';

/**
 * The tasks whose end was not known before: those that ended, also before the first answer about them, and those that came
 * onto the list ended and were submitted after `since` (milliseconds since 1970, by our clock). What a saved list or the
 * account's history brings along had ended long before.
 */
export const newEnds = (state: State, previous: State, since: number): readonly Task[] =>
  taskChanges(state, previous).flatMap(({ change, task }) => {
    if (!isEnded(task.status)) return [];
    if (change === 'added') return wasSubmittedAfter(task, state, since) ? [task] : [];
    const before = findTask(previous, task.key);
    return before !== undefined && isEnded(before.status) && !(before.status === 'missing' && task.status !== 'missing')
      ? []
      : [task];
  });

function wasSubmittedAfter({ submittedAt, source }: Task, state: State, since: number): boolean {
  const skew = findSource(state, source)?.skew ?? 0;
  return submittedAt !== null && submittedAt - skew >= since;
}
