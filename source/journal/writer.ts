import { randomUUID } from 'node:crypto';
import { closeSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { isFinal, newTask, taskKey, type Task, type TaskKey } from '../task/task.ts';
import { append, identityAt, openFile, readNew, type ListFile } from './file.ts';
import type { JournalOptions } from './journal.ts';
import { applyEntry, difference, entriesOf, type Change, type ListState } from './list-state.ts';
import { makeFreshList, pointLastTo } from './names.ts';
import { NewerFormatError, type ProblemReporter } from './problems.ts';
import { keyOf, markId, type Entry, type Mark, type Reading, type StartedHook } from './record.ts';
import { keepCopy } from './recovery.ts';

/** Where a list is kept, and the parts it needs of the world. `path` is null for a fresh list. */
type Place = Required<Pick<JournalOptions, 'disk' | 'folder' | 'readOnly' | 'now'>> & {
  readonly path: string | null;
  readonly problems: ProblemReporter;
};

/** Tasks in order of addition, the finished ones as they were recorded, the others as new; messages for the person. */
export type Restored = Readonly<{ tasks: readonly Task[]; marks: readonly Mark[]; notices: readonly string[] }>;

/** What became of an attempt to start a hook: another has started it, or the disk does not take that we do. */
export type Claim = 'ours' | 'taken' | 'unsaved';

/** Keeps a list in memory and in its file the same, whatever happens to either. Only `open` throws. */
export class Writer {
  readonly #place: Place;
  /** What the file says, and what our own program knows is listed: they differ until told. */
  #inFile: ListState = new Map();
  readonly #ours: ListState = new Map();
  /** What the file says of files and hooks, by `markId`. */
  #marks = new Map<string, Mark>();
  /** Mentioned in the file since differences were last looked for. */
  readonly #touched = new Set<TaskKey>();
  /** What is not in the file yet. */
  #pending: readonly Entry[] = [];
  #file: ListFile | null = null;
  /** The folder as long as a fresh list has no file. */
  path: string;
  /** A fresh list is made, filled, and then pointed to: until then the last list stays what it is. */
  #toDo: 'make' | 'point' | null;
  #polls = 0;
  readonly #notices: string[] = [];

  constructor(place: Place) {
    this.#place = place;
    this.path = place.path ?? place.folder;
    this.#toDo = place.path === null ? 'make' : null;
  }

  /** Whether a fresh list has no file yet. */
  get isUnmade(): boolean {
    return this.#toDo === 'make';
  }

  /** Throws `NewerFormatError`. */
  open(): Restored {
    try {
      if (!this.isUnmade) this.#attach();
      this.#save();
    } catch (error) {
      if (error instanceof NewerFormatError) throw error;
      this.#place.problems.report('read', this.path, error);
    }
    this.#takeChange();
    const listed = [...this.#inFile.values()].filter(known => known.listed);
    const tasks = listed.map(({ item, result }) => result ?? newTask(item.source, item.id, item.addedAt));
    return { tasks, marks: [...this.#marks.values()], notices: this.#notices.splice(0) };
  }

  /** Looks at what others did, and every tenth time tries to save what could not be saved. */
  poll(): Change {
    const { problems } = this.#place;
    if (++this.#polls % 10 === 0) this.#save();
    try {
      this.#look();
      problems.resolve('read');
    } catch (error) {
      problems.report('read', this.path, error);
      this.#detach();
    }
    this.#notices.splice(0).forEach(notice => problems.tell(notice));
    return this.#takeChange();
  }

  /** Records what our own program does to the list; what says nothing new takes no line. */
  record({ added = [], removed = [], finished = [], marks = [] }: Partial<Change> & { marks?: readonly Mark[] }): void {
    if (this.#place.readOnly) return;
    const final = finished.filter(({ status }) => isFinal(status));
    const news = entriesOf({ added, removed, finished: final }).filter(entry => this.#learn(entry));
    this.#pending = [...this.#pending, ...news, ...marks.filter(mark => !this.#marks.has(markId(mark)))];
    this.#save();
  }

  /** Of several programs that claim the same hook, it belongs to the one whose line comes first in the file. */
  claim(hooks: readonly Omit<StartedHook, 'by'>[]): readonly Claim[] {
    const by = randomUUID();
    const marks = hooks.map(({ key, event }) => ({ type: 'hook', key, event, by }) as const);
    this.record({ marks });
    return marks.map(mark => {
      const first = this.#marks.get(markId(mark));
      if (first === undefined) return this.#place.readOnly ? 'ours' : 'unsaved';
      return first.type === 'hook' && first.by === by ? 'ours' : 'taken';
    });
  }

  /** Returns how many records could not be saved. */
  close(): number {
    this.#save();
    this.#detach();
    return this.#pending.length;
  }

  /** false: it says nothing new. */
  #learn(entry: Entry): boolean {
    const known = this.#ours.get(keyOf(entry) ?? '');
    if ((entry.type === 'add') === (known !== undefined)) return false;
    if (entry.type === 'result' && known?.result === entry.task) return false;
    const key = applyEntry(this.#ours, entry);
    return entry.type !== 'remove' || this.#ours.delete(key ?? '');
  }

  /** Reads what was appended, or all of a file that has taken the place of the one that was read. */
  #look(): void {
    const here = this.isUnmade ? null : identityAt(this.path);
    const isWhole = this.#readOn();
    // With nothing in its place, it is left to the next record to begin a new file.
    if (here === null ? isWhole || this.#file === null : isWhole && here === this.#file?.identity) return;
    this.#attach();
    this.#save();
  }

  /** Opens the file that is here now, and finds out what it lacks of all that is known: that is to be written. */
  #attach(): void {
    const { disk, readOnly, now } = this.#place;
    this.#detach();
    const opened = openFile(this.path);
    const wanted = new Map(this.#ours);
    for (const [key, known] of this.#inFile)
      wanted.set(key, { ...known, result: this.#ours.get(key)?.result ?? known.result });
    this.#inFile = new Map();
    const marks = this.#marks;
    this.#marks = new Map();
    this.#file = opened?.file ?? null;
    this.#takeIn(opened?.entries ?? []);
    const { added, finished } = difference(this.#inFile, wanted, this.#settled(wanted.keys()));
    // What the new file has taken off the list stays off.
    const lost = added.filter(({ source, id }) => !this.#inFile.has(taskKey(source, id)));
    const lostMarks = [...marks.values()].filter(mark => !this.#marks.has(markId(mark)));
    const missing = [...entriesOf({ added: lost, removed: [], finished }), ...lostMarks];
    if (!readOnly) this.#pending = [...missing, ...this.#pending];
    if (opened === null || opened.file.damaged === 0) return;
    const { isKept, notice } = keepCopy(readOnly ? null : disk, this.path, opened, now());
    this.#notices.push(notice);
    if (isKept) this.#pending = [{ type: 'kept' }, ...this.#pending];
  }

  #detach(): void {
    if (this.#file !== null) closeSync(this.#file.fd);
    this.#file = null;
  }

  /** Takes in what was appended. false: there is no file, or it was cut off in place. */
  #readOn(): boolean {
    const entries = this.#file === null ? null : readNew(this.#file);
    this.#takeIn(entries ?? []);
    return entries !== null;
  }

  #takeIn(entries: readonly Reading[]): void {
    for (const entry of entries)
      if (isMark(entry) && !this.#marks.has(markId(entry))) this.#marks.set(markId(entry), entry);
    const keys = entries.map(entry => applyEntry(this.#inFile, entry));
    for (const key of keys) if (key !== null) this.#touched.add(key);
  }

  #save(): void {
    const { disk, folder, now, problems } = this.#place;
    if (this.#pending.length === 0 && this.#toDo !== 'point') return;
    let fd: number | null = null;
    let work: 'save' | 'confirm' = 'save';
    try {
      disk.makeFolder(folder);
      if (this.isUnmade) {
        this.path = makeFreshList(disk, folder, now());
        this.#toDo = 'point';
      }
      fd = disk.open(this.path);
      this.#write(fd);
      if (this.#toDo === 'point') pointLastTo(disk, this.path);
      this.#toDo = null;
      problems.resolve('read', 'save');
      work = 'confirm';
      disk.sync(fd);
      problems.resolve('confirm');
    } catch (error) {
      problems.report(work, this.path, error);
    }
    if (fd !== null) closeSync(fd);
  }

  #write(fd: number): void {
    // What a person has moved away or cut off is no list any more: what it said goes into the one that is here now.
    if (!this.#readOn() || this.#file?.identity !== identityAt(this.path)) this.#attach();
    for (let fruitless = 0; this.#file !== null && this.#pending.length > 0;) {
      const written = append(this.#place.disk, fd, this.#file, this.#pending);
      this.#pending = this.#pending.slice(written);
      // What we wrote must be read before the file is compared with what we know.
      this.#readOn();
      if (written === 0 && ++fruitless > 1) throw new Error('only a part could be written');
    }
  }

  /** The ids about which our own program has nothing under way: its word counts more. */
  #settled(keys: Iterable<TaskKey>): readonly TaskKey[] {
    const pending = new Set(this.#pending.map(keyOf));
    return [...keys].filter(key => !pending.has(key));
  }

  /** What the file says that our own program does not know, from then on known. */
  #takeChange(): Change {
    const keys = this.#settled(this.#touched);
    const change = difference(this.#ours, this.#inFile, keys);
    for (const key of keys) {
      this.#touched.delete(key);
      const [known, ours] = [this.#inFile.get(key), this.#ours.get(key)];
      if (known === undefined) continue;
      // The same result in one object, not two: lyrics are long.
      if (isDeepStrictEqual(known.result, ours?.result)) known.result = ours?.result ?? null;
      if (known.listed) this.#ours.set(key, { ...known });
      else this.#ours.delete(key);
    }
    return change;
  }
}

const isMark = (entry: Reading): entry is Mark => entry.type === 'saved' || entry.type === 'hook';
