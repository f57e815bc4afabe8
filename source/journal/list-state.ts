import { isDeepStrictEqual } from 'node:util';
import type { Task, TaskKey } from '../task/task.ts';
import { keyOf, type Entry, type Listed, type Reading } from './record.ts';

/** An id that was on the list at some time, with its final result, if any. */
type Known = { readonly item: Listed; listed: boolean; result: Task | null };

/** What the lines of a file say, or what our own program knows, in order of addition. */
export type ListState = Map<TaskKey, Known>;

/** What is to be said of some ids: to a program about its list, or to a file. */
export type Change = {
  readonly added: readonly Listed[];
  readonly removed: readonly TaskKey[];
  /** Final results, also of the `added`; of an id seen before when a later result says more. */
  readonly finished: readonly Task[];
};

/** Takes in what a line says, by the order of the lines. */
export function applyEntry(list: ListState, entry: Reading): void {
  const key = keyOf(entry);
  if (key === null) return;
  const known = list.get(key);
  if (entry.type === 'add' && known?.listed !== true) {
    // What was removed and comes again comes last.
    list.delete(key);
    list.set(key, { item: entry, listed: true, result: known?.result ?? null });
  } else if (entry.type === 'remove') {
    if (known === undefined) list.set(key, { item: { source: '', id: '', addedAt: 0 }, listed: false, result: null });
    else known.listed = false;
  } else if (entry.type === 'result') {
    // The line that added it may have been lost to damage. One that was removed stays removed.
    if (known === undefined) list.set(key, { item: entry.task, listed: true, result: entry.task });
    // A final state never goes back, but a later record of the same state may have gained clips.
    else if (known.result === null || known.result.status === entry.task.status) known.result = entry.task;
  }
}

/** What has to be said of these ids to somebody who knows `from`, so that he knows what `to` has of them. */
export function difference(from: ListState, to: ListState, keys: Iterable<TaskKey>): Change {
  const change = { added: [] as Listed[], removed: [] as TaskKey[], finished: [] as Task[] };
  for (const key of keys) {
    const old = from.get(key);
    const known = to.get(key);
    if (known === undefined) continue;
    if (known.listed && old?.listed !== true) change.added.push(known.item);
    if (!known.listed && old?.listed === true) change.removed.push(key);
    if (known.listed && known.result !== null && !isDeepStrictEqual(known.result, old?.result))
      change.finished.push(known.result);
  }
  return change;
}

/** The lines that say so. */
export const entriesOf = ({ added, removed, finished }: Change): Entry[] => [
  ...added.map(({ source, id, addedAt }) => ({ type: 'add', source, id, addedAt }) as const),
  ...removed.map(key => ({ type: 'remove', key }) as const),
  ...finished.map(task => ({ type: 'result', task }) as const),
];
