import { isEnded, isFinal, type Status, type Task } from '../task/task.ts';
import { findSource } from './progress.ts';
import type { State } from './state.ts';

/**
 * A time in a task's life. `took`: milliseconds, up to the last answer for one that lasts; null where nobody tells.
 * `at`: of a moment, milliseconds since 1970 by our clock; null for what lasts.
 */
type Phase = { readonly status: Status; readonly took: number | null; readonly at: number | null };

/**
 * The life of a task in at most three phases: how long it was queued, how long it ran, and when and how it ended. The
 * vendor's times count; where they are missing, what we saw change. Where neither tells when the task left the queue,
 * there is no phase for it.
 */
export function phasesOf(task: Task, state: State): readonly Phase[] {
  const { status, history } = task;
  if (status === 'pending') return [{ status, took: null, at: task.addedAt }];
  if (status === 'missing') return [{ status, took: null, at: task.changedAt }];
  const skew = findSource(state, task.source)?.skew ?? 0;
  const ours = (index: number): number | null => {
    const change = history[index];
    return change === undefined ? null : change.at + skew;
  };
  // What we saw first may have been so for long: only a change from one to the other dates the other.
  const queued = history.findIndex(change => change.status === 'queued');
  const running = history.findIndex(change => change.status === 'running');
  const submitted = task.submittedAt ?? ours(queued);
  const started = task.startedAt ?? (queued >= 0 && running > queued ? ours(running) : null);
  const ended = isFinal(status) ? (task.finishedAt ?? ours(history.length - 1)) : null;
  const end = ended ?? (state.polledAt === null ? null : state.polledAt + skew);
  const phases: Phase[] = [];
  if (status === 'queued' || started !== null) {
    phases.push({ status: 'queued', took: between(submitted, started ?? end), at: null });
  }
  if (status !== 'queued') {
    phases.push({ status: 'running', took: between(started ?? task.submittedAt, end), at: null });
  }
  if (isEnded(status)) phases.push({ status, took: null, at: ended === null ? null : ended - skew });
  return phases;
}

/** Relays copy times of their upstream, whose clock may differ: an end before its start says nothing. */
const between = (start: number | null, end: number | null): number | null =>
  start === null || end === null || end < start ? null : end - start;
