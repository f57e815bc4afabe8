import { nameOf } from '../task/name.ts';
import { formatTime } from '../text/duration.ts';
import { wordMatcher } from './filter.ts';
import { shortSource } from './health-words.ts';
import { findTask } from './selectors.ts';
import type { LogEntry, State } from './state.ts';

/** An entry on one line: what it is about, and what happened. */
export const entryText = ({ about, task, text }: LogEntry): string =>
  about === null ? text : `${about}${task === null ? ' ' : '  '}${text}`;

/** The entries that a filter leaves, the latest first: that is what the person came to see. */
export function filteredLog(state: State, filter: string): readonly LogEntry[] {
  const matches = wordMatcher(filter);
  return state.log
    .toReversed()
    .filter(entry => matches(`${formatTime(entry.at)} ${aboutOf(entry, state)} ${entry.text}`));
}

/** What an entry is about, a task by the name that it has now: at the start it is known by its prompt alone. */
export function aboutOf({ about, task }: LogEntry, state: State): string {
  if (about === null) return 'cliptop';
  if (task === null) return shortSource(about);
  const now = findTask(state, task);
  return now === undefined ? about : nameOf(now);
}
