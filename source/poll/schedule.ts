import type { ApiError } from '../api/errors.ts';
import type { Dialect } from '../api/providers.ts';
import { isFinal, type Task } from '../task/task.ts';

/** All durations here are milliseconds. */
const second = 1000;
const minute = 60 * second;

/** The shortest polling interval a person can ask for, and the one used when they ask for none. */
export const minInterval = second;
export const defaultInterval = 5 * second;

/** How often to ask: milliseconds from one round to the next, or as is learned from how long tasks take. */
export type Interval = number | 'auto';

/** Milliseconds: a fixed interval, and the usual one where it is learned. */
export const usualInterval = (interval: Interval): number => (interval === 'auto' ? defaultInterval : interval);

/** How long an id may be unknown before it is confirmed as missing: a task just submitted is not visible at once. */
export const gracePeriod = 30 * second;

/** A task without an end after this long is shown as stalled; new-api itself gives up on tasks after 24 hours. */
export const defaultDeadline = 24 * 60 * minute;

/** How often an id is asked about that makes every batch fail which it is in. */
export const aloneInterval = minute;

/**
 * The least time from the start of one request to the start of the next, per host. Ace Data Cloud asks for less than
 * one a second, and two requests may arrive closer together than they were sent. new-api documents no limit for task
 * queries: five a second are our own limit, for lists of thousands of ids.
 */
export const requestGap = (dialect: Dialect): number => (dialect === 'tasks' ? 1.1 * second : 200);

/** After a task has not moved for this long, it is asked about less often. */
const slowDownAfter = 10 * minute;

/** How long to wait until a task is asked about again, given when something about it last changed (all monotonic). */
export function pollInterval(
  task: Pick<Task, 'status' | 'stalled'>,
  { interval, sinceMoved, sinceMissing }: { interval: number; sinceMoved: number; sinceMissing: number },
): number {
  if (isFinal(task.status)) return Number.POSITIVE_INFINITY;
  // The longer it has been missing, the less likely it turns up: first each minute, in the end each quarter of an hour.
  if (task.status === 'missing') return Math.max(interval, clamp(sinceMissing / 2, minute, 15 * minute));
  if (task.stalled) return Math.max(interval, minute);
  return sinceMoved > slowDownAfter ? Math.max(interval, 30 * second) : interval;
}

/** Open for longer than the deadline? `skew` is how far the clock is ahead by which the task was submitted. */
export function isStalled(
  task: Pick<Task, 'status' | 'addedAt' | 'submittedAt'> | undefined,
  { at, skew, deadline }: { at: number; skew: number; deadline: number },
): boolean {
  if (task === undefined || task.status === 'missing' || isFinal(task.status)) return false;
  const submittedAt = task.submittedAt === null ? task.addedAt : task.submittedAt - skew;
  return at - Math.min(task.addedAt, submittedAt) >= deadline;
}

/** A source that asks for a longer wait than this rests: only a person's key asks it before its time. */
export const restThreshold = 5 * minute;

/**
 * How long to leave a source alone after its nth failure of this kind in a row (from 1); null: until a person asks again.
 * `random` gives 0 to 1 and spreads clients that failed together.
 */
export function retryDelay(
  fault: Pick<ApiError, 'kind' | 'retryAfter' | 'status'>,
  attempt: number,
  random: () => number,
): number | null {
  if (fault.kind === 'refused') return null;
  const jitter = random();
  if (fault.kind === 'exhausted') return Math.max(fault.retryAfter ?? 0, 5 * minute) + jitter * second;
  // A server that names a time knows better than any formula, but not that it will be asked by many at once.
  const backOff =
    fault.retryAfter === null
      ? backOffDelay(attempt, isRefusal(fault) ? minute : 10 * second, jitter)
      : Math.max(fault.retryAfter, second) + jitter * second;
  return fault.kind === 'protocol' ? Math.max(backOff, 5 * second) : backOff;
}

/** 1, 2, 4, 8 … seconds and up to one more, and at last `longest` and up to half as much more, but at most 5 s more. */
function backOffDelay(attempt: number, longest: number, jitter: number): number {
  const delay = second * 2 ** Math.min(attempt - 1, 20);
  return delay < longest ? delay + jitter * second : longest + jitter * (longest === minute ? 1 : 5) * second;
}

/**
 * Whether the server works, and does not want the request or has nothing to say; anything else may end at any moment. An
 * error of the server without a status is a reply without rows.
 */
const isRefusal = ({ kind, status }: Pick<ApiError, 'kind' | 'status'>): boolean =>
  kind === 'busy' ||
  kind === 'request' ||
  (kind === 'protocol' ? (status ?? 0) >= 400 : kind === 'server' && status === null);

/** The first moment from `from` in steps of `interval` that is at least `delay` away, so that slow tasks share a round's batches. */
export const nextTick = (from: number, delay: number, interval: number): number =>
  from + Math.ceil(Math.max(delay, 1) / interval - 1e-9) * interval;

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
