import type { Until } from './options.ts';
import type { State } from './store/state.ts';
import { isEnded } from './task/task.ts';

/** Whether it is time to leave by itself. */
export function isOver(state: Pick<State, 'tasks' | 'sources'>, until: Until, failFast: boolean): boolean {
  const { tasks, sources } = state;
  if (failFast && tasks.some(({ status }) => isEnded(status) && status !== 'succeeded')) return true;
  if (until === 'never' || tasks.length === 0) return false;
  if (until === 'any' && tasks.some(({ status }) => isEnded(status))) return true;
  // A source that refused the token rests: nobody is there to say otherwise, and its tasks will not move.
  const resting = new Set(sources.filter(({ health }) => health.state === 'refused').map(({ name }) => name));
  return tasks.every(({ status, source }) => isEnded(status) || resting.has(source));
}
