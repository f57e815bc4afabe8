import { nameOf } from '../task/name.ts';
import type { TaskKey } from '../task/task.ts';
import type { LogEntry, State } from './state.ts';

/** Entries of the event log that are kept. */
const maxLog = 500;

/** The log with more entries at its end; the same object when there are none. */
export const logged = (log: readonly LogEntry[], entries: readonly LogEntry[]): readonly LogEntry[] =>
  entries.length === 0 ? log : [...log, ...entries].slice(-maxLog);

/** The log with entries of which some are told late: each stands before those that came after it. */
export function loggedLate(log: readonly LogEntry[], late: readonly LogEntry[]): readonly LogEntry[] {
  return late.reduce((entries, entry) => {
    const before = entries.findLastIndex(({ at }) => at <= entry.at);
    return entries.toSpliced(before + 1, 0, entry).slice(-maxLog);
  }, log);
}

/** An entry about a task, where it is still on the list; else about cliptop itself. */
export function noteEntry(
  { tasks, positions }: Pick<State, 'tasks' | 'positions'>,
  { at, text, task }: { readonly at: number; readonly text: string; readonly task?: TaskKey },
): LogEntry {
  const known = tasks[positions.get(task ?? '') ?? -1];
  return { at, about: known === undefined ? null : nameOf(known), task: known?.key ?? null, status: null, text };
}
