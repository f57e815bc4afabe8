import { taskKey, type Task, type TaskKey } from '../task/task.ts';
import { realDisk, type Disk } from './disk.ts';
import type { Change } from './list-state.ts';
import { lastName, listPath } from './names.ts';
import { createProblemReporter } from './problems.ts';
import type { Listed, SavedFile, StartedHook } from './record.ts';
import { Writer, type Claim, type Restored } from './writer.ts';

export type { Change } from './list-state.ts';
export { findLists, lastName, listPath, ListNameError } from './names.ts';
export { NewerFormatError } from './problems.ts';
export type { Listed, Mark } from './record.ts';

/**
 * A watch list on disk. What `add`, `remove`, `finish` and `saved` were given is in the file when they return, or kept and tried
 * again: with the next of these calls, every few seconds while the list is followed, and by `close`. They never throw.
 */
export type Journal = {
  /** Where the list is; the folder of the lists until a fresh one has its first record. */
  readonly path: string;
  /** Puts ids on the list; those that are on it are passed over. */
  readonly add: (items: readonly Listed[]) => void;
  /** Takes ids off the list; those that are not on it are passed over. */
  readonly remove: (keys: readonly TaskKey[]) => void;
  /** Records final results of ids on the list, again when one has gained something. Others are passed over. */
  readonly finish: (tasks: readonly Task[]) => void;
  /** Remembers what was saved where. */
  readonly saved: (file: SavedFile) => void;
  /** Remembers that hooks are started, before they are; says of each whether it may be. */
  readonly claim: (hooks: readonly Omit<StartedHook, 'by'>[]) => readonly Claim[];
  /** Calls back with what other processes do to the list, within half a second. Returns what stops it. */
  readonly follow: (onChange: (change: Change) => void) => () => void;
  /** Writes what is left and lets the file go. Returns how many records could not be saved: 0 when all is well. */
  readonly close: () => number;
};

/** Where the list is, and what a test may put in place of the clock (milliseconds since 1970) and the disk. */
export type JournalOptions = {
  /** The folder of the lists; made with the first record. */
  readonly folder: string;
  /** As `listPath` takes it; `last` is the list that the pointer names. */
  readonly name: string;
  /** Begin an empty list in a new file, the last one from its first record on; `name` has no meaning then. */
  readonly fresh?: boolean;
  /** Follow the list, and write nothing at all: `add`, `remove` and `finish` do nothing. */
  readonly readOnly?: boolean;
  /** Gets a line for the person once per kind of problem, also before `openJournal` returns; null when all is well. */
  readonly onProblem?: (message: string | null) => void;
  readonly now?: () => number;
  readonly disk?: Disk;
};

/**
 * Opens a watch list; the file is made with the first record. Several processes may have it open. Throws `ListNameError`
 * and, for the list of a later cliptop, `NewerFormatError`. All else that is wrong is told, and the list kept in memory.
 */
export function openJournal(options: JournalOptions): { journal: Journal; restored: Restored } {
  const { folder, name, fresh = false, readOnly = false, onProblem = () => undefined } = options;
  const place = { folder, now: options.now ?? Date.now, disk: options.disk ?? realDisk };
  const path = fresh ? null : listPath(folder, name);
  const writer = new Writer({ ...place, path, readOnly, problems: createProblemReporter(onProblem) });
  const restored = writer.open();
  const followers = new Set<(change: Change) => void>();
  let timer: NodeJS.Timeout | undefined;
  let before: Writer | undefined;

  const tick = () => {
    const changes = [writer.poll(), ...(before === undefined ? [] : [takeFrom(before, writer)])];
    if (!writer.isUnmade) before = void before?.close();
    for (const change of changes.filter(each => [each.added, each.removed, each.finished].flat().length > 0))
      for (const follower of followers) follower(change);
  };
  const start = () => {
    if (writer.isUnmade) {
      const problems = createProblemReporter(() => undefined);
      before = new Writer({ ...place, path: listPath(folder, lastName), readOnly: true, problems });
      // What is on it already is not ours.
      before.poll();
    }
    // A look at two numbers costs some microseconds and works on every file system; notifications do not. In milliseconds:
    return setInterval(tick, 400).unref();
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    before = void before?.close();
  };

  const journal: Journal = {
    get path() {
      return writer.path;
    },
    add: added => writer.record({ added }),
    remove: removed => writer.record({ removed }),
    finish: finished => writer.record({ finished }),
    saved: file => writer.record({ marks: [{ type: 'saved', ...file }] }),
    claim: hooks => writer.claim(hooks),
    follow: onChange => {
      followers.add(onChange);
      timer ??= start();
      return () => {
        followers.delete(onChange);
        if (followers.size === 0) stop();
      };
    },
    close: () => {
      followers.clear();
      stop();
      return writer.close();
    },
  };
  return { journal, restored };
}

/** Puts on a fresh list what came to the list before it: until there is a first id, `cliptop --add` reaches only that. */
function takeFrom(before: Writer, fresh: Writer): Change {
  const { added, finished } = before.poll();
  const keys = new Set(added.map(({ source, id }) => taskKey(source, id)));
  const change = { added, removed: [], finished: finished.filter(({ key }) => keys.has(key)) };
  fresh.record(change);
  return change;
}
