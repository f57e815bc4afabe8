import { countByStatus } from './store/selectors.ts';
import type { State } from './store/state.ts';
import { isEnded } from './task/task.ts';

/** Every way out, once. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 4,
  open: 8,
  SIGHUP: 129,
  SIGINT: 130,
  SIGQUIT: 131,
  SIGTERM: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What the watched tasks and their sources amount to; when several apply: 4, then 1, then 8. */
export function exitCodeOf(state: Pick<State, 'tasks' | 'sources'>): ExitCode {
  const isOpen = (source: string) => state.tasks.some(task => task.source === source && !isEnded(task.status));
  // Of a source whose tasks have all ended nothing is asked, whatever became of its token.
  if (state.sources.some(({ name, health }) => health.state === 'refused' && isOpen(name))) return exitCodes.refused;
  const counts = countByStatus(state.tasks);
  if (counts.failed + counts.partial + counts.missing > 0) return exitCodes.failed;
  return state.tasks.every(({ status }) => isEnded(status)) ? exitCodes.ok : exitCodes.open;
}
