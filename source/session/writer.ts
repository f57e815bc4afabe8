import { closeSync } from 'node:fs';
import { isFinal, type Task, type TaskKey } from '../task/task.ts';
import { NewerFormatError } from './content.ts';
import type { Disk } from './disk.ts';
import {
  addOurs,
  emptyList,
  finishOurs,
  forgetFile,
  missingLines,
  readEntry,
  removeOurs,
  takeChange,
  type Change,
  type KnownList,
  type Pending,
} from './known.ts';
import { appendLines, readNew, type ListFile } from './list-file.ts';
import { load } from './load.ts';
import { identityAt, listPath, nameOfFile } from './names.ts';
import { putAway } from './put-away.ts';
import { readLine, type Listed } from './record.ts';
import type { Troubles } from './troubles.ts';

/** Keeps a list in memory and in its file the same, whatever happens to either. */
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

type WriterOptions = {
  readonly disk: Disk;
  readonly folder: string;
  readonly name: string;
  readonly anew: boolean;
  readonly now: () => number;
  readonly troubles: Troubles;
};

/** Every so many polls, what could not be done is tried again. */
const retryEvery = 10;
/** How often a list that is moved aside under our writing is followed before it is left to the next poll. */
const maxMoves = 5;

export function createWriter({ disk, folder, name, anew, now, troubles }: WriterOptions): Writer {
  const list = emptyList();
  let path = listPath(folder, name);
  let file: ListFile | null = null;
  let pending: readonly Pending[] = [];
  let toPutAway = anew;
  let polls = 0;
  let lastHere: string | null = null;

  const underWay = () => new Set(pending.map(({ key }) => key));

  /** Opens the file and compares it with what we know; what it lacks will be written. Throws what the disk says. */
  const attach = (create: boolean): readonly string[] => {
    if (create) disk.makeFolder(folder);
    if (toPutAway) {
      putAway(disk, folder, name, now());
      toPutAway = false;
    }
    const loaded = load(disk, path, create, now());
    forgetFile(list);
    for (const entry of loaded.entries) readEntry(list, entry);
    file = loaded.file;
    pending = [...loaded.pending, ...pending];
    pending = [...missingLines(list, underWay()), ...pending];
    if (loaded.error !== null) troubles.report('save', path, loaded.error);
    return loaded.notices;
  };

  const detach = () => {
    if (file !== null) closeSync(file.fd);
    file = null;
  };

  /** Whether the file is still a list: not so when it was deleted, replaced, or moved aside as damaged. */
  const isStillAList = ({ identity }: ListFile): boolean => {
    if (identityAt(path) === identity) return true;
    const renamed = nameOfFile(folder, identity);
    if (renamed !== undefined) path = listPath(folder, renamed);
    return renamed !== undefined;
  };

  const reachFile = (): ListFile | null => {
    // One that could only be read may be open to writing by now.
    if (file !== null && file.refusal !== null) detach();
    if (file === null) attach(true).forEach(troubles.notice);
    if (file !== null && file.refusal !== null) troubles.report('save', path, file.refusal);
    return file === null || file.refusal !== null ? null : file;
  };

  const save = () => {
    let confirmed = true;
    try {
      for (let moves = 0; pending.length > 0; moves++) {
        const target = reachFile();
        if (target === null) return;
        const batch = pending;
        const { written, error } = appendLines(
          disk,
          target,
          batch.map(({ line }) => line),
        );
        pending = batch.slice(written);
        if (written > 0) confirmed = confirm(target) && confirmed;
        if (moves < maxMoves && !isStillAList(target)) {
          // What we wrote went to a file that nobody will read as this list again.
          readOn(target);
          pending = batch;
          detach();
        } else if (error !== null) {
          troubles.report('save', path, error);
          return;
        }
      }
      troubles.over('save', ...(confirmed ? (['confirm'] as const) : []));
    } catch (error) {
      troubles.report('save', path, error);
    }
  };

  const confirm = (target: ListFile): boolean => {
    try {
      disk.sync(target.fd);
      return true;
    } catch (error) {
      troubles.report('confirm', path, error);
      return false;
    }
  };

  /** Takes in what was appended. false: the file was cut off in place. */
  const readOn = (target: ListFile): boolean => {
    const lines = readNew(target);
    for (const line of lines ?? []) {
      const entry = readLine(line);
      if (entry.type !== 'torn' && entry.type !== 'damaged') readEntry(list, entry);
    }
    return lines !== null;
  };

  const look = () => {
    const here = identityAt(path);
    if (file === null) {
      // Until then the file there is the list that is to be put away, not ours.
      if (here === null || toPutAway) return;
    } else {
      const isWhole = readOn(file);
      const isOurs = here === file.identity || here === null || here === lastHere || isStillAList(file);
      lastHere = here;
      if (isWhole && isOurs) return;
      detach();
    }
    attach(false).forEach(troubles.notice);
    save();
  };

  const poll = (): Change => {
    polls++;
    const retry = polls % retryEvery === 0;
    try {
      if (file !== null || retry || !troubles.has('read')) look();
      troubles.over('read');
    } catch (error) {
      troubles.report('read', path, error);
      detach();
    }
    if (retry && pending.length > 0) save();
    return takeChange(list, underWay());
  };

  const record = (lines: readonly Pending[]) => {
    pending = [...pending, ...lines];
    save();
  };

  return {
    list,
    path: () => path,
    open: () => {
      try {
        const notices = attach(false);
        takeChange(list, new Set());
        save();
        return notices;
      } catch (error) {
        if (error instanceof NewerFormatError) throw error;
        troubles.report('read', path, error);
        return [];
      }
    },
    add: items => record(addOurs(list, items)),
    remove: keys => record(removeOurs(list, keys)),
    finish: tasks =>
      record(
        finishOurs(
          list,
          tasks.filter(({ status }) => isFinal(status)),
        ),
      ),
    poll,
    close: () => {
      save();
      detach();
      return pending.length;
    },
  };
}
