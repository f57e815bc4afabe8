import { quantile } from '../task/durations.ts';
import { isFinal, kindOf, type SourceName, type Task } from '../task/task.ts';
import { memo } from './memo.ts';
import type { SourceState, State } from './state.ts';

/** The source of this name, or undefined. */
export const findSource = (state: State, name: SourceName): SourceState | undefined =>
  state.sources.find(source => source.name === name);

/**
 * Milliseconds that a finished task took, or that an unfinished one had taken at the last answer. Null where it is not
 * known: the vendor gives no times, or there is no answer about the task.
 */
export function elapsed(task: Task, state: State): number | null {
  const start = task.startedAt ?? task.submittedAt;
  const begun = task.submittedAt ?? start;
  if (isFinal(task.status)) {
    // Relays copy times of their upstream, whose clock may differ: an end before the start says nothing.
    return begun !== null && task.finishedAt !== null && task.finishedAt >= begun ? task.finishedAt - begun : null;
  }
  const now = state.polledAt;
  if (now === null || task.status === 'missing' || task.status === 'pending') return null;
  const skew = findSource(state, task.source)?.skew ?? 0;
  return Math.max(0, begun === null ? now - task.addedAt : now + skew - begun);
}

/** The median time, in milliseconds, that tasks of one source and action take; null before one has succeeded. */
function typicalDuration(task: Task, state: State): number | null {
  const learned = state.learned.get(kindOf(task));
  const half = learned === undefined ? null : quantile(learned, 0.5);
  // Before enough was learned: those on the list.
  return half ?? durations(state.tasks).get(kindOf(task)) ?? null;
}

const durations = memo((tasks: readonly Task[]): ReadonlyMap<string, number> => {
  const groups = new Map<string, number[]>();
  for (const task of tasks) {
    if (task.status !== 'succeeded' || task.submittedAt === null || task.finishedAt === null) continue;
    const took = task.finishedAt - task.submittedAt;
    if (took <= 0) continue;
    const name = kindOf(task);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [took]);
    else group.push(took);
  }
  return new Map([...groups].map(([name, took]) => [name, median(took.slice(-200))]));
});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Percent done, 0 to 100: the vendor's, or for a running task without one an estimate (95 at most) from the median time
 * of succeeded tasks of the same source and action. Null where neither is known.
 */
export function progressOf(task: Task, state: State): { percent: number; estimated: boolean } | null {
  if (task.progress !== null) return { percent: task.progress, estimated: false };
  if (task.status !== 'running') return null;
  const took = elapsed(task, state);
  const typical = typicalDuration(task, state);
  if (took === null || typical === null) return null;
  return { percent: Math.min(95, Math.floor((100 * took) / typical)), estimated: true };
}
