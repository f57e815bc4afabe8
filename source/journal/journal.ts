import { taskKey, type SourceName, type Task, type TaskKey } from '../task/task.ts';
import { realDisk, type Disk } from './disk.ts';
import type { Change } from './list-state.ts';
import { lastName, listPath } from './names.ts';
import { ProblemReporter } from './problems.ts';
import type { Listed } from './record.ts';
import { Writer } from './writer.ts';

export type { Change } from './list-state.ts';
export { findLists, lastName, listPath, ListNameError } from './names.ts';
export { NewerFormatError } from './problems.ts';
export type { Listed } from './record.ts';

/** What was on the list when it was opened. */
type Restored = {
  /** In order of addition; the finished ones as they were recorded, the others as new. */
  readonly tasks: readonly Task[];
  /** One-line messages for the person. */
  readonly notices: readonly string[];
};

/**
 * A watch list on disk. What `add`, `remove` and `finish` were given is in the file when they return, or kept and tried
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
  /** Calls back with what other processes do to the list, within half a second. Returns what stops it. */
  readonly follow: (onChange: (change: Change) => void) => () => void;
  /** Writes what is left and lets the file go. Returns how many records could not be saved: 0 when all is well. */
  readonly close: () => number;
};

/** Where the list is, and what a test may put in place of the clock and the disk. */
export type JournalOptions = {
  /** The folder of the lists; made with the first record. */
  readonly folder: string;
  /** 1 to 64 letters, digits, `_`, `-` and `.`; `last` is the list that the pointer names. */
  readonly name: string;
  /** Begin an empty list in a new file, the last one from its first record on; `name` has no meaning then. */
  readonly fresh?: boolean;
  /** Follow the list, and write nothing at all: `add`, `remove` and `finish` do nothing. */
  readonly readOnly?: boolean;
  /** Whether there is a source of that name; ids of others are left out, with a notice. */
  readonly isSource?: (name: SourceName) => boolean;
  /** Gets a line for the person, once per kind of problem, also before `openJournal` returns; null when all is well. */
  readonly onProblem?: (message: string | null) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly disk?: Disk;
};

/** Milliseconds: an id that another process adds is to be seen within a second. */
const pollInterval = 400;

/**
 * Opens a watch list; the file is made with the first record. Several processes may have it open.
 *
 * Throws `ListNameError` for a name that is none, and `NewerFormatError` for the list of a later cliptop. Everything
 * else that is wrong with the disk is told, and the list is kept in memory.
 */
export function openJournal(options: JournalOptions): { journal: Journal; restored: Restored } {
  const { folder, name, fresh = false, readOnly = false, onProblem = () => undefined } = options;
  const { isSource = hasSourceShape, now = Date.now, disk = realDisk } = options;
  const place = { disk, folder, isSource, now };
  const path = fresh ? null : listPath(folder, name);
  const writer = new Writer({ ...place, path, readOnly, problems: new ProblemReporter(onProblem) });
  const restored = writer.open();
  const followers = new Set<(change: Change) => void>();
  let timer: NodeJS.Timeout | undefined;
  let before: Writer | null = null;

  const closeBefore = () => {
    before?.close();
    before = null;
  };
  const tick = () => {
    const changes = [writer.poll(), ...(before === null ? [] : [takeFrom(before, writer)])];
    if (!writer.isUnmade) closeBefore();
    for (const change of changes.filter(({ added, removed, finished }) => [added, removed, finished].some(isFilled)))
      for (const follower of followers) follower(change);
  };
  const start = () => {
    if (writer.isUnmade) {
      const problems = new ProblemReporter(() => undefined);
      before = new Writer({ ...place, path: listPath(folder, lastName), readOnly: true, problems });
      // What is on it already is not ours.
      before.poll();
    }
    // A look at two numbers costs some microseconds and works on every file system; notifications do not.
    return setInterval(tick, pollInterval).unref();
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    closeBefore();
  };

  const journal: Journal = {
    get path() {
      return writer.path;
    },
    add: added => writer.record({ added }),
    remove: removed => writer.record({ removed }),
    finish: finished => writer.record({ finished }),
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

const isFilled = (changes: readonly unknown[]): boolean => changes.length > 0;

const hasSourceShape = (name: SourceName): boolean => /^[a-z0-9]+\/[a-z0-9]+$/.test(name);

/**
 * Until a fresh list has its first id, `cliptop --add` can only add to the list before it. The fresh one is on the
 * screen and the one that is meant: what was added there is put on it, too.
 */
function takeFrom(before: Writer, fresh: Writer): Change {
  const { added, finished } = before.poll();
  const keys = new Set(added.map(({ source, id }) => taskKey(source, id)));
  const change = { added, removed: [], finished: finished.filter(({ key }) => keys.has(key)) };
  fresh.record(change);
  return change;
}
