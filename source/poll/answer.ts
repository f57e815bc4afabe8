import type { Answer } from '../api/client.ts';
import { isFinal, type Snapshot, type Task } from '../task/task.ts';
import { ApiError } from '../api/errors.ts';

/**
 * What an answer holds about an id. `absent`: no row in a batch. `notFound`: no row when asked for
 * alone. `truncated`: the vendor has more rows than it sent, this one perhaps among them.
 */
export const outcomeKinds = ['found', 'absent', 'notFound', 'truncated'] as const;
export type Outcome = (typeof outcomeKinds)[number];

/** The ids that were asked for, by what the answer holds about them. */
export function outcomes(
  ids: readonly string[],
  kind: 'batch' | 'single',
  { snapshots, more }: Pick<Answer, 'snapshots' | 'more'>,
): Readonly<Record<Outcome, readonly string[]>> {
  const rows = new Set(snapshots.map(({ id }) => id));
  const without = ids.filter(id => !rows.has(id));
  const cut = more && rows.size > 0;
  return {
    found: ids.filter(id => rows.has(id)),
    absent: kind === 'batch' && !cut ? without : [],
    notFound: kind === 'single' ? without : [],
    truncated: kind === 'batch' && cut ? without : [],
  };
}

/** One reply may hold a task twice, in an old and a new state: the final or the newest row wins, else the last. */
export function dedupe(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const best = new Map<string, Snapshot>();
  for (const snapshot of snapshots) {
    const other = best.get(snapshot.id);
    if (other === undefined || !isBetter(other, snapshot)) best.set(snapshot.id, snapshot);
  }
  return [...best.values()];
}

function isBetter(a: Snapshot, b: Snapshot): boolean {
  if (isFinal(a.status) !== isFinal(b.status)) return isFinal(a.status);
  return (a.updatedAt ?? 0) > (b.updatedAt ?? 0);
}

/**
 * Whether a batch that failed like this may be answered in smaller parts: the request reached the vendor, which did not
 * take it, broke on it, was too slow for it, or sent too much. Not so where the vendor speaks of the token, the balance or
 * its limits, names a time to ask again, or where something else than its API answers.
 */
export function failsAsBatch({ kind, code, retryAfter, reached }: Fault): boolean {
  if (retryAfter !== null) return false;
  return kind === 'request' || kind === 'server' || (kind === 'network' && reached) || code === 'reply_too_large';
}

type Fault = Pick<ApiError, 'kind' | 'code' | 'retryAfter' | 'reached'>;

/** Whether there was a row about a task at some time, and nobody has said since that it is gone. */
export const wasSeen = (task: Task | undefined): boolean =>
  task !== undefined && task.seenAt !== null && task.status !== 'missing';

/** A reply without rows, although there were some before. */
export const noRowsError = (): ApiError => new ApiError('server', 'the API answers with nothing about tasks it knew');

/** The reply of new-api when it cannot write one of the rows. */
export const rowsLostError = (): ApiError =>
  new ApiError('server', 'the API answers with nothing, as it does when it cannot write one of the rows', {
    status: 200,
    code: 'lost',
  });
