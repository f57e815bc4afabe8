import { isDeepStrictEqual } from 'node:util';
import type { Task, TaskKey } from '../task/task.ts';
import { keyOf, type Entry, type Listed, type Reading } from './record.ts';

/** The ids that were ever on the list, in order of addition, as the lines of a file or as our own program knows them. */
export type ListState = Map<TaskKey, { readonly item: Listed; listed: boolean; result: Task | null }>;

/** What is to be said of some ids. `finished`: final results, also of the `added`, and later ones that say more. */
export type Change = {
  readonly added: readonly Listed[];
  readonly removed: readonly TaskKey[];
  readonly finished: readonly Task[];
};

/** Takes in what a line says, by the order of the lines; returns the id that it is about, if any. */
export function applyEntry(list: ListState, entry: Reading): TaskKey | null {
  const key = keyOf(entry);
  if (key === null) return null;
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
  return key;
}

/** What has to be said of these ids to somebody who knows `from`, so that he knows what `to` has of them. */
export function difference(from: ListState, to: ListState, keys: Iterable<TaskKey>): Change {
  const change = { added: [] as Listed[], removed: [] as TaskKey[], finished: [] as Task[] };
  for (const key of keys) {
    const [old, known] = [from.get(key), to.get(key)];
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
