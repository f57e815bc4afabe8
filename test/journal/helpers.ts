import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, vi } from 'vitest';
import { realDisk, type Disk } from '../../source/journal/disk.ts';
import { findLists, openJournal, type Change, type JournalOptions, type Listed } from '../../source/journal/journal.ts';
import { newTask, taskKey, type Clip, type Task } from '../../source/task/task.ts';

export const source = 'ccapi/producer';
export const keyOf = (id: string) => taskKey(source, id);
export const listed = (id: string, addedAt = 1_000): Listed => ({ source, id, addedAt });

const clip: Clip = {
  id: 'clip-1',
  title: '雨の夜に走る電車と猫 🐈',
  status: 'complete',
  audioUrl: 'https://cdn.example.com/a.mp3?x=1&y=%20',
  videoUrl: null,
  imageUrl: 'http://cdn.example.com/a.jpg',
  fileUrl: null,
  duration: 187.25,
  model: 'FUZZ-2.0',
  style: 'city pop, "late" \\ night',
  lyrics: '[Verse]\nline one\n\nline two',
};

export const finished = (id: string, changes: Partial<Task> = {}): Task => ({
  ...newTask(source, id, 1_000),
  status: 'succeeded',
  rawStatus: 'SUCCESS',
  progress: 100,
  action: 'generate',
  clips: [clip],
  submittedAt: 1_700_000_000_000,
  startedAt: 1_700_000_001_000,
  finishedAt: 1_700_000_040_000,
  updatedAt: 1_700_000_040_000,
  cost: 0.25,
  traceId: 'trace-1',
  seenAt: 2_000,
  changedAt: 3_000,
  history: [
    { at: 1_000, status: 'pending', rawStatus: null },
    { at: 3_000, status: 'succeeded', rawStatus: 'SUCCESS' },
  ],
  ...changes,
});

const folders: string[] = [];
const journals: { close: () => number }[] = [];

afterEach(() => {
  for (const journal of journals.splice(0)) journal.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  folders.push(folder);
  return folder;
}

/** Opens a journal that is closed after the test, with what it told. */
export function open(folder: string, options: Partial<JournalOptions> = {}) {
  const problems: (string | null)[] = [];
  const opened = openJournal({ folder, name: 'last', onProblem: message => problems.push(message), ...options });
  journals.push(opened.journal);
  return { ...opened, problems };
}

/** Opens and follows, on fake timers; `heard` is what it was told since it was last asked. */
export function follow(folder: string, options: Partial<JournalOptions> = {}) {
  const opened = open(folder, options);
  const changes: Change[] = [];
  const stop = opened.journal.follow(change => changes.push(change));
  const heard = () => {
    vi.advanceTimersByTime(500);
    const all = changes.splice(0);
    return {
      added: all.flatMap(({ added }) => added.map(({ id }) => id)),
      removed: all.flatMap(({ removed }) => removed),
      finished: all.flatMap(change => change.finished),
    };
  };
  return { ...opened, heard, stop };
}

export const nothing = { added: [], removed: [], finished: [] };

/** What a cliptop that starts now would show. */
export function look(folder: string, name = 'last') {
  const { journal, restored } = openJournal({ folder, name });
  journal.close();
  return restored;
}

/** The lists in the folder by name, without the pointer, which is the file `last`. */
export const listNames = (folder: string): string[] => findLists(folder).map(({ name }) => name);
export const idsOf = (tasks: readonly Task[]): string[] => tasks.map(({ id }) => id);
export const idsIn = (folder: string, name = 'last'): string[] => idsOf(look(folder, name).tasks);
export const textOf = (folder: string, name = 'last'): string => readFileSync(join(folder, `${name}.jsonl`), 'utf8');

export const systemError = (code: string): Error => Object.assign(new Error(code), { code });

/** A disk whose next writes take `budget` bytes and then refuse with the error; `Infinity` for a healthy one. */
export function smallDisk(budget: number, code = 'ENOSPC') {
  const state = { budget, writes: 0 };
  const disk: Disk = {
    ...realDisk,
    write: (fd, bytes) => {
      state.writes++;
      if (state.budget <= 0) throw systemError(code);
      const count = realDisk.write(fd, bytes.subarray(0, Math.min(bytes.length, state.budget)));
      state.budget -= count;
      return count;
    },
    writeNew: (path, content) => {
      if (content.length > state.budget) throw systemError(code);
      realDisk.writeNew(path, content);
    },
  };
  return { disk, state };
}

/** A disk that does `steps` changes and then none: what is left is what a process killed there leaves. */
export function dyingDisk(steps: number): { disk: Disk; wasReached: () => boolean } {
  let left = steps;
  let reached = false;
  const step = <A extends unknown[], R>(change: (...args: A) => R) => {
    return (...args: A): R => {
      if (left-- > 0) return change(...args);
      reached = true;
      throw systemError('EIO');
    };
  };
  const disk: Disk = {
    open: step(realDisk.open),
    // The last write is cut in its middle.
    write: (fd, bytes) => {
      if (left === 1) return step(realDisk.write)(fd, bytes.subarray(0, Math.ceil(bytes.length / 2)));
      return step(realDisk.write)(fd, bytes);
    },
    sync: realDisk.sync,
    writeNew: (path, content) => {
      if (left === 1) step(realDisk.writeNew)(path, content.slice(0, Math.ceil(content.length / 2)));
      step(realDisk.writeNew)(path, content);
    },
    rename: step(realDisk.rename),
    remove: step(realDisk.remove),
    makeFolder: realDisk.makeFolder,
  };
  return { disk, wasReached: () => reached };
}
