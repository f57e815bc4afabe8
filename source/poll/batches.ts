/** The most ids in one request: what the vendor's own tools recommend for the tasks dialect; new-api names no limit. */
export const batchLimit = 50;

/** What the poller remembers of a task it asks about. Times are monotonic milliseconds. */
export type PolledTask = {
  readonly id: string;
  dueAt: number;
  /** When it was put on the list, which may be long before this run. */
  readonly addedAt: number;
  /** When an answer last spoke of it, and when one last changed something. */
  seenAt: number | null;
  movedAt: number;
  missingSince: number | null;
  /** Absent from a batch for longer than the grace period: ask for it alone. */
  confirm: boolean;
  /** It spoils every batch it is in: only ever ask for it alone. */
  alone: boolean;
  /** How often it was found to spoil a batch. */
  poisonCount: number;
  /** It was asked about, and the answer was not cut short. */
  asked: boolean;
};

/** Something to ask a vendor. */
export type Request =
  { readonly kind: 'batch'; readonly ids: readonly string[] } | { readonly kind: 'single'; readonly id: string };

export type NextStep = Request | { readonly kind: 'wait'; readonly until: number };

type NextRequestOptions = {
  readonly now: number;
  /** Parts of a batch that failed as a whole. */
  readonly parts: readonly (readonly string[])[];
  readonly lastKind: 'batch' | 'single';
  readonly limit?: number;
};

/**
 * What to ask a source now. `watches` are in the order they were last asked, so that thousands of ids go round evenly;
 * single questions and batches take turns.
 */
export function nextRequest(
  watches: Iterable<PolledTask>,
  { now, parts, lastKind, limit = batchLimit }: NextRequestOptions,
): NextStep {
  const part = parts[0];
  if (part !== undefined) return { kind: 'batch', ids: part };

  const ids: string[] = [];
  let single: string | undefined;
  let until = Number.POSITIVE_INFINITY;
  for (const watch of watches) {
    if (watch.dueAt > now) {
      until = Math.min(until, watch.dueAt);
    } else if (watch.alone || watch.confirm) {
      single ??= watch.id;
    } else if (ids.length < limit) {
      ids.push(watch.id);
    }
    if (ids.length === limit && (single !== undefined || lastKind === 'single')) break;
  }
  if (single !== undefined && (ids.length === 0 || lastKind === 'batch')) return { kind: 'single', id: single };
  return ids.length > 0 ? { kind: 'batch', ids } : { kind: 'wait', until };
}
