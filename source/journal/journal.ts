import type { Task, TaskKey } from '../task/task.ts';
import { realDisk, type Disk } from './disk.ts';
import { restoreTasks, type Change } from './list-state.ts';
import { checkName } from './names.ts';
import type { Listed } from './record.ts';
import { createTroubles, type OnProblem } from './problems.ts';
import { createWriter } from './writer.ts';

export { NewerFormatError } from './content.ts';
export type { Change } from './list-state.ts';
export { ListNameError, listNames } from './names.ts';
export type { Listed } from './record.ts';

/** What was on the list when it was opened. */
export type Restored = {
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
  /** Where the list is now: another process may rename it. */
  readonly path: string;
  /** Puts ids on the list; those that are on it are passed over. */
  readonly add: (items: readonly Listed[]) => void;
  /** Takes ids off the list; those that are not on it are passed over. */
  readonly remove: (keys: readonly TaskKey[]) => void;
  /** Records final results, again when one has gained something. Tasks that are not final are passed over. */
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
  /** 1 to 64 letters, digits, `_`, `-` and `.`. */
  readonly name: string;
  /** Put the list of that name away under a dated name, and start an empty one. */
  readonly anew?: boolean;
  /** May be called before `openJournal` returns. */
  readonly onProblem?: OnProblem;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly disk?: Disk;
};

/**
 * Opens a watch list; the file is made with the first record. Several processes may have it open.
 *
 * Throws `ListNameError` for a name that is none, and `NewerFormatError` for the list of a later cliptop. Everything
 * else that is wrong with the disk is told, and the list is kept in memory.
 */
export function openJournal(options: JournalOptions): { journal: Journal; restored: Restored } {
  const { folder, name, anew = false, onProblem = () => undefined, now = Date.now, disk = realDisk } = options;
  checkName(name);
  const writer = createWriter({ disk, folder, name, anew, now, troubles: createTroubles(onProblem) });
  const notices = writer.open();
  const followers = new Set<(change: Change) => void>();
  let timer: NodeJS.Timeout | null = null;

  const tick = () => {
    const change = writer.poll();
    if (change.added.length + change.removed.length + change.finished.length === 0) return;
    for (const follower of followers) follower(change);
  };
  const rest = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  const journal: Journal = {
    get path() {
      return writer.path();
    },
    add: writer.add,
    remove: writer.remove,
    finish: writer.finish,
    follow: onChange => {
      // A wrapper, so that one function can follow twice and stop once.
      const follower = (change: Change) => {
        onChange(change);
      };
      followers.add(follower);
      // A look at two numbers costs some microseconds and works on every file system; notifications do not.
      timer ??= setInterval(tick, pollInterval).unref();
      return () => {
        followers.delete(follower);
        if (followers.size === 0) rest();
      };
    },
    close: () => {
      followers.clear();
      rest();
      return writer.close();
    },
  };
  return { journal, restored: { tasks: restoreTasks(writer.list), notices } };
}

/** Milliseconds: an id that another process adds is to be seen within a second. */
const pollInterval = 400;
