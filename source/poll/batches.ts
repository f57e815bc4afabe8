/** What the poller remembers of a task it asks about. Times are monotonic milliseconds. */
export type PolledTask = {
  readonly id: string;
  dueAt: number;
  /** Milliseconds from one request about it to the next, and when the last was sent. */
  delay: number;
  askedAt: number;
  /** When it was put on the list, which may be long before this run. */
  readonly addedAt: number;
  /** When an answer last spoke of it, and when one last changed something. */
  seenAt: number | null;
  movedAt: number;
  missingSince: number | null;
  /** Absent from a batch for longer than the grace period: ask for it alone. */
  confirm: boolean;
  /** Every batch that it is in fails: only ever ask for it alone. */
  alone: boolean;
  /** How often it was found to make a batch fail. */
  poisonCount: number;
  poisonedAt: number;
  /** It was asked about, and the answer was not cut short. */
  asked: boolean;
};

/** Something to ask a vendor. */
export type Request =
  { readonly kind: 'batch'; readonly ids: readonly string[] } | { readonly kind: 'single'; readonly id: string };

export type NextStep = Request | { readonly kind: 'wait'; readonly until: number };

/** Whose turn it was: a part of a batch that failed, a batch of the others, or a single id. */
export type Turn = 'part' | 'batch' | 'single';

type NextRequestOptions = {
  /** Monotonic milliseconds. */
  readonly now: number;
  /** A part of a batch that failed as a whole. */
  readonly part: readonly string[] | undefined;
  /** Whether an id is in such a part: it is asked about there, and not with the others. */
  readonly isSuspect: (id: string) => boolean;
  readonly last: Turn;
  /** When the last batch was sent that was no part of a failed one. */
  readonly batchAt: number;
  /** Ids in one batch, from 1. */
  readonly limit: number;
  /** What is due so many milliseconds later shares a batch that is sent anyway and has room. */
  readonly company: number;
};

/**
 * What to ask a source now. `tasks` are in the order they were last asked, so that thousands of ids go round evenly.
 * Single ids, batches and parts of failed batches take turns.
 */
export function nextRequest(
  tasks: Iterable<PolledTask>,
  { now, part, isSuspect, last, batchAt, limit, company }: NextRequestOptions,
): NextStep {
  const ids: string[] = [];
  const soon: string[] = [];
  let isNew = false;
  let single: string | undefined;
  let until = Number.POSITIVE_INFINITY;
  for (const task of tasks) {
    if (isSuspect(task.id)) continue;
    if (task.dueAt > now) {
      until = Math.min(until, task.dueAt);
      if (task.dueAt - now <= company && !task.alone && !task.confirm && soon.length < limit) soon.push(task.id);
    } else if (task.alone || task.confirm) {
      single ??= task.id;
    } else if (ids.length < limit) {
      ids.push(task.id);
      isNew ||= !task.asked;
    }
    const isDecided = single !== undefined || last === 'single' || (last === 'batch' && part !== undefined);
    if (ids.length === limit && isDecided) break;
  }
  const waiting = new Map<Turn, Request>();
  if (single !== undefined) waiting.set('single', { kind: 'single', id: single });
  if (part !== undefined) waiting.set('part', { kind: 'batch', ids: part });
  // Ids in a part may never have been answered for: only others of which that is true, too, have the same right.
  const mayWait = part !== undefined && !isNew && now - batchAt < maxWait;
  if (ids.length > 0 && !mayWait) {
    waiting.set('batch', { kind: 'batch', ids: [...ids, ...soon.slice(0, limit - ids.length)] });
  }
  const order = turns.slice(turns.indexOf(last) + 1).concat(turns);
  const next = order.find(turn => waiting.has(turn));
  return (next === undefined ? undefined : waiting.get(next)) ?? { kind: 'wait', until };
}

/** How long the parts of a failed batch may go before a batch whose ids were answered for before: milliseconds. */
const maxWait = 5_000;

const turns: readonly Turn[] = ['single', 'batch', 'part'];

/** One id that shows whether a source answers at all: rather one that was in no failed batch. */
export function probeRequest(tasks: Iterable<PolledTask>, isSuspect: (id: string) => boolean): Request | undefined {
  let suspect: string | undefined;
  for (const { id, alone, confirm } of tasks) {
    if (alone) continue;
    if (confirm) return { kind: 'single', id };
    if (!isSuspect(id)) return { kind: 'batch', ids: [id] };
    suspect ??= id;
  }
  return suspect === undefined ? undefined : { kind: 'batch', ids: [suspect] };
}
