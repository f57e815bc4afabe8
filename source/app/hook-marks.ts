import { createHash } from 'node:crypto';
import type { Journal, Mark } from '../journal/journal.ts';
import { fileKey } from '../media/plan.ts';
import type { Task } from '../task/task.ts';

/** What tells the start of a hook from every other: what it is about, and which event of that. */
export type HookMark = Parameters<Journal['claim']>[0][number];

/** Tells a start from every other, as a text. */
export const startId = ({ key, event }: HookMark): string => JSON.stringify([key, event]);

/** A task ends once; that it is unknown to the API is an end, too, but it may turn up after all. */
export const taskMark = ({ key, status }: Task): HookMark => ({
  key,
  event: status === 'missing' ? 'missing' : 'task',
});

/** The `count`th time, from 0, that a file is saved. */
export const fileMark = (file: { key: string; clip: number; what: string }, count: number): HookMark => ({
  key: file.key,
  event: `file ${file.clip} ${file.what} ${count}`,
});

/** The end of all these tasks: with another one on the list it is another end. */
export function batchMark(tasks: readonly Task[]): HookMark {
  const ends = tasks.map(({ key, status }) => `${key} ${status}`).toSorted();
  return { key: 'batch', event: createHash('sha1').update(ends.join('\n')).digest('hex') };
}

/** How often a hook was started for each file, by the keys of the files. */
export function hookedFiles(marks: readonly Mark[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const mark of marks) {
    const [, clip, what] = mark.type === 'hook' ? (/^file (\d+) (\S+) \d+$/.exec(mark.event) ?? []) : [];
    if (clip === undefined || what === undefined) continue;
    const key = fileKey(mark.key, Number(clip), what);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
