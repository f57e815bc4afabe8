import { isFinal, type Task, type TaskKey } from '../task/task.ts';
import { NewerFormatError } from './content.ts';
import { attach, detach, hold, isStillAList, readOn, underWay, type Place } from './held.ts';
import {
  addOurs,
  finishOurs,
  removeOurs,
  takeChange,
  type Change,
  type KnownList,
  type Pending,
} from './list-state.ts';
import { appendLines, isCutOff, type ListFile } from './file.ts';
import { identityAt } from './names.ts';
import type { Listed } from './record.ts';

/** Keeps a list in memory and in its file the same, whatever happens to either. Only `open` throws. */
export type Writer = {
  readonly list: KnownList;
  readonly path: () => string;
  /** Reads the list; returns messages for the person. Throws `NewerFormatError`. */
  readonly open: () => readonly string[];
  readonly add: (items: readonly Listed[]) => void;
  readonly remove: (keys: readonly TaskKey[]) => void;
  readonly finish: (tasks: readonly Task[]) => void;
  /** Looks at what others did, and now and then tries to save what could not be saved. */
  readonly poll: () => Change;
  /** How many records could not be saved. */
  readonly close: () => number;
};

/** Every so many polls, what could not be done is tried again. */
const retryEvery = 10;
/** How often a list that is moved away under our writing is followed before it is left to the next poll. */
const maxMoves = 5;

/** A writer for one list; `open` is to be called first. */
export function createWriter(place: Place): Writer {
  const { disk, troubles } = place;
  const held = hold(place);
  let polls = 0;
  let unreadable = false;
  let lastHere: string | null = null;

  /** Goes from a file that is no list any longer, with what others wrote to it until now. */
  const leave = (file: ListFile) => {
    readOn(held, file);
    detach(held);
  };

  const writableFile = (): ListFile | null => {
    // One that could only be read may be open to writing by now.
    if (held.file !== null && (held.file.refusal !== null || isCutOff(held.file))) detach(held);
    else if (held.file !== null && !isStillAList(held, held.file)) leave(held.file);
    if (held.file === null) attach(held, true).forEach(troubles.notice);
    if (held.file === null || held.file.refusal === null) return held.file;
    troubles.report('save', held.path, held.file.refusal);
    return null;
  };

  const confirm = (file: ListFile): boolean => {
    try {
      disk.sync(file.fd);
      return true;
    } catch (error) {
      troubles.report('confirm', held.path, error);
      return false;
    }
  };

  const save = () => {
    let confirmed = false;
    try {
      for (let moves = 0; held.pending.length > 0; moves++) {
        const file = writableFile();
        if (file === null) return;
        const batch = held.pending;
        const lines = batch.map(({ line }) => line);
        const { written, error } = appendLines(disk, file, lines);
        held.pending = batch.slice(written);
        if (written > 0) confirmed = confirm(file);
        if (moves < maxMoves && !isStillAList(held, file)) {
          // What we wrote went to a file that nobody will read as this list again.
          leave(file);
          held.pending = batch;
        } else if (error !== null) {
          troubles.report('save', held.path, error);
          return;
        }
      }
      troubles.over('read', 'save', ...(confirmed ? (['confirm'] as const) : []));
    } catch (error) {
      troubles.report('save', held.path, error);
    }
  };

  const look = () => {
    const here = identityAt(held.path);
    const { file } = held;
    if (file === null) {
      // Until it is put away, the file there is the old list, not ours.
      if (here === null || held.toPutAway) return;
    } else {
      const isWhole = readOn(held, file);
      // With nothing in its place, it is left to the next record to begin a new file.
      const isOurs = here === file.identity || here === null || here === lastHere || isStillAList(held, file);
      lastHere = here;
      if (isWhole && isOurs) return;
      detach(held);
    }
    attach(held, false).forEach(troubles.notice);
    save();
    // What we wrote must be read before the file is compared with what we know.
    if (held.file !== null) readOn(held, held.file);
  };

  const poll = (): Change => {
    polls++;
    const retry = polls % retryEvery === 0;
    if (retry) save();
    try {
      if (retry || !unreadable) {
        look();
        unreadable = false;
        troubles.over('read');
      }
    } catch (error) {
      unreadable = true;
      troubles.report('read', held.path, error);
      detach(held);
    }
    return takeChange(held.list, underWay(held));
  };

  const record = (lines: readonly Pending[]) => {
    held.pending = [...held.pending, ...lines];
    save();
  };

  return {
    list: held.list,
    path: () => held.path,
    open: () => {
      try {
        const notices = attach(held, false);
        takeChange(held.list, new Set());
        save();
        return notices;
      } catch (error) {
        if (error instanceof NewerFormatError) throw error;
        troubles.report(held.toPutAway ? 'save' : 'read', held.path, error);
        return [];
      }
    },
    add: items => {
      record(addOurs(held.list, items));
    },
    remove: keys => {
      record(removeOurs(held.list, keys));
    },
    finish: tasks => {
      const final = tasks.filter(({ status }) => isFinal(status));
      record(finishOurs(held.list, final));
    },
    poll,
    close: () => {
      save();
      detach(held);
      return held.pending.length;
    },
  };
}
