import { isDeepStrictEqual } from 'node:util';
import { newTask, taskKey, type Task, type TaskKey } from '../task/task.ts';
import { addLine, removeLine, resultLine, type Entry, type Listed } from './record.ts';

/** What others did to the list. Times are milliseconds since 1970. */
export type Change = {
  readonly added: readonly Listed[];
  readonly removed: readonly TaskKey[];
  /** Final results, also of the `added`; of an id seen before when a later result says more. */
  readonly finished: readonly Task[];
};

type Side = { listed: boolean; result: Task | null };

const nowhere = (): Side => ({ listed: false, result: null });

/**
 * An id as the file has it, by the order of its lines, and as our own program has it: they differ until told. `kept` is
 * what was known when the file was last exchanged for another.
 */
type Known = { item: Listed; file: Side & { mentioned: boolean }; ours: Side; kept: Side };

/** A line that is not in the file yet, and the id it is about (null: no id). */
export type Pending = { readonly key: TaskKey | null; readonly line: string };

/** Everything known about a list, by key, in order of addition. */
export type KnownList = {
  readonly ids: Map<TaskKey, Known>;
  /** Mentioned in the file since differences were last looked for. */
  readonly touched: Set<TaskKey>;
};

/** A list with nothing on it. */
export const emptyList = (): KnownList => ({ ids: new Map(), touched: new Set() });

/** Takes in what a line of the file says. */
export function readEntry(list: KnownList, entry: Entry): void {
  if (!('key' in entry)) return;
  list.touched.add(entry.key);
  const { file } = reach(list, entry.key, itemOf(entry), entry.type === 'add');
  if (entry.type === 'result') {
    // A final state never goes back, but a later record of the same state may have gained clips.
    if (file.result === null || file.result.status === entry.task.status) file.result = entry.task;
    // The line that added it may have been lost to damage. One that was removed stays removed.
    if (!file.mentioned) file.listed = true;
  } else {
    file.listed = entry.type === 'add';
  }
  file.mentioned = true;
}

/** Puts ids on the list for our own program; returns the lines that say so. Ids that are there already need none. */
export function addOurs(list: KnownList, items: readonly Listed[]): Pending[] {
  return items.flatMap(item => {
    const key = taskKey(item.source, item.id);
    const known = reach(list, key, listed(item), true);
    if (known.ours.listed) return [];
    known.ours = { listed: true, result: null };
    return [{ key, line: addLine(item) }];
  });
}

/** Takes ids off the list for our own program; returns the lines that say so. */
export function removeOurs(list: KnownList, keys: readonly TaskKey[]): Pending[] {
  return keys.flatMap(key => {
    const known = list.ids.get(key);
    if (known?.ours.listed !== true) return [];
    known.ours = nowhere();
    return [{ key, line: removeLine(key) }];
  });
}

/** Keeps final results of our own program; returns the lines that say so. What is kept already needs none. */
export function finishOurs(list: KnownList, tasks: readonly Task[]): Pending[] {
  return tasks.flatMap(task => {
    const { ours } = reach(list, task.key, listed(task), false);
    if (ours.result === task) return [];
    ours.result = task;
    return [{ key: task.key, line: resultLine(task) }];
  });
}

/** What the file says that our own program does not know, from then on known. `skip`: our own word is under way. */
export function takeChange(list: KnownList, skip: ReadonlySet<TaskKey | null>): Change {
  const change = { added: [] as Listed[], removed: [] as TaskKey[], finished: [] as Task[] };
  for (const key of list.touched) {
    const known = list.ids.get(key);
    if (known === undefined || skip.has(key)) continue;
    list.touched.delete(key);
    const { file, ours } = known;
    if (!file.listed) {
      if (ours.listed && file.mentioned) change.removed.push(key);
      if (file.mentioned) known.ours = nowhere();
      continue;
    }
    if (!ours.listed) change.added.push(known.item);
    ours.listed = true;
    if (file.result === null) continue;
    // The same result in one object, not two: lyrics are long.
    if (isDeepStrictEqual(file.result, ours.result)) file.result = ours.result;
    else change.finished.push(file.result);
    ours.result = file.result;
  }
  return change;
}

/** The list as tasks: the finished ones as they were recorded, the others not asked about yet. */
export function restoreTasks(list: KnownList): Task[] {
  return [...list.ids.values()].flatMap(({ item, ours }) =>
    ours.listed ? [ours.result ?? newTask(item.source, item.id, item.addedAt)] : [],
  );
}

/**
 * The file is another one now, or starts again: nothing is known of what it says, but what is to be in it is kept in
 * mind. `skip`: our own word is under way, and counts.
 */
export function forgetFile(list: KnownList, skip: ReadonlySet<TaskKey | null>): void {
  for (const [key, known] of list.ids) {
    const { file, ours } = known;
    const listed = file.mentioned && !skip.has(key) ? file.listed : ours.listed;
    known.kept = { listed, result: ours.result ?? file.result };
    known.file = { ...nowhere(), mentioned: false };
  }
}

/** The lines that the new file needs to know all that was known before, besides those under way already. */
export function missingLines(list: KnownList, skip: ReadonlySet<TaskKey | null>): Pending[] {
  return [...list.ids].flatMap(([key, { item, file, kept }]) => {
    if (!kept.listed || skip.has(key)) return [];
    return [
      ...(file.mentioned ? [] : [{ key, line: addLine(item) }]),
      ...(kept.result === null || isDeepStrictEqual(kept.result, file.result)
        ? []
        : [{ key, line: resultLine(kept.result) }]),
    ];
  });
}

function reach(list: KnownList, key: TaskKey, item: Listed, adding: boolean): Known {
  const known = list.ids.get(key);
  if (known === undefined || (adding && !known.file.listed && !known.ours.listed)) {
    // What was removed and comes again comes last.
    list.ids.delete(key);
    const fresh: Known = {
      file: { ...nowhere(), mentioned: false },
      ours: nowhere(),
      kept: nowhere(),
      ...known,
      item,
    };
    list.ids.set(key, fresh);
    return fresh;
  }
  return known;
}

const listed = ({ source, id, addedAt }: Listed): Listed => ({ source, id, addedAt });

const itemOf = (entry: Extract<Entry, { key: TaskKey }>): Listed => {
  if (entry.type === 'add') return entry.item;
  if (entry.type === 'result') return listed(entry.task);
  return { source: '', id: '', addedAt: 0 };
};
