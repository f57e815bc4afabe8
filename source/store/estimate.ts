import { isEnded, isFinal, kindOf, type Task } from '../task/task.ts';
import { batchEnd, rounded } from './batch-end.ts';
import { memo } from './memo.ts';
import { elapsed, progressOf } from './progress.ts';
import { countEnded, openTasks } from './selectors.ts';
import type { State } from './state.ts';

/** Milliseconds until the last task is likely to end, as it is said; see `batchEnd`. */
type Estimate = { readonly left: number; readonly guess: boolean };

/** In percent: less of it says nothing about the pace of a task. */
const minProgress = 5;
/** Of the durations that are longer than a task has taken so far, this share is shorter than what is expected of it. */
const share = 0.75;

/**
 * When the whole list is likely to have ended: with its slowest task. Where too little has been learned it is guessed: a task
 * takes what those took of the same source and action that have ended, else of the same source; one that runs longer than all
 * of them goes on at the pace of its progress. Null where there is no such ground for half of the open tasks.
 */
export const timeLeft = memo((state: State): Estimate | null => {
  const open = openTasks(state.tasks);
  if (open.length === 0 || state.paused) return null;
  const end = batchEnd(open, state);
  if (end !== null) return { left: end.left, guess: !end.sure };
  const known = durations(state.tasks);
  let [guesses, longest] = [0, 0];
  for (const task of open) {
    const left = taskLeft(task, known, state);
    if (left === null) continue;
    guesses++;
    longest = Math.max(longest, left);
  }
  return 2 * guesses <= open.length ? null : { left: rounded(longest), guess: true };
});

type Durations = ReadonlyMap<string, readonly number[]>;

function taskLeft(task: Task, known: Durations, state: State): number | null {
  const taken = elapsed(task, state) ?? 0;
  const expected = expectedOf(known.get(kindOf(task)) ?? known.get(task.source) ?? [], taken);
  if (expected !== null) return expected - taken;
  const { progress } = task;
  if (progress === null || progress < minProgress) return null;
  return (taken * (100 - progress)) / progress;
}

/** Of durations, the shortest first, that one of which `share` of those longer than `taken` are shorter; null: none is longer. */
function expectedOf(durations: readonly number[], taken: number): number | null {
  let [from, to] = [0, durations.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((durations[middle] ?? 0) > taken) to = middle;
    else from = middle + 1;
  }
  return durations[from + Math.floor((durations.length - from) * share)] ?? null;
}

/** The durations of succeeded tasks in milliseconds, the shortest first, by source and by source and action. */
const durations = memo((tasks: readonly Task[]): Durations => {
  const groups = new Map<string, number[]>();
  for (const task of tasks) {
    if (task.status !== 'succeeded' || task.submittedAt === null || task.finishedAt === null) continue;
    const took = task.finishedAt - task.submittedAt;
    if (took <= 0) continue;
    for (const name of [kindOf(task), task.source]) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [took]);
      else group.push(took);
    }
  }
  for (const group of groups.values()) group.sort((a, b) => a - b);
  return groups;
});

/** Percent of the whole list, 0 to 100: an ended task counts in full, a running one by its progress. 100 only at the end. */
export const batchPercent = memo((state: State): number => {
  const { tasks } = state;
  if (tasks.length === 0) return 0;
  let sum = 0;
  for (const task of tasks) sum += isEnded(task.status) ? 100 : (progressOf(task, state)?.percent ?? 0);
  return countEnded(tasks) === tasks.length ? 100 : Math.min(99, Math.floor(sum / tasks.length));
});

/** What a list that has ended came to: milliseconds of audio, and from the first submission to the last end. */
type Totals = { readonly audio: number; readonly took: number | null };

export const totalsOfList = memo((tasks: readonly Task[]): Totals => {
  const final = tasks.filter(({ status }) => isFinal(status));
  const seconds = final.flatMap(({ clips }) => clips).reduce((sum, { duration }) => sum + (duration ?? 0), 0);
  const begun = minOf(final.map(task => task.submittedAt ?? task.startedAt));
  const last = minOf(final.map(({ finishedAt }) => (finishedAt === null ? null : -finishedAt)));
  return { audio: seconds * 1000, took: begun === null || last === null || -last < begun ? null : -last - begun };
});

const minOf = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>(
    (least, each) => (each !== null && (least === null || each < least) ? each : least),
    null,
  );
