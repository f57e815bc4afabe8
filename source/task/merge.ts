import { fingerprint } from './fingerprint.ts';
import { addClips, replaceClips } from './merge-clips.ts';
import { isFinal, type Clip, type Snapshot, type Status, type Task } from './task.ts';
import { unknownIdWords } from './unknown-id.ts';

/** How far along a status is: a reply that goes back is a stale one, unless the vendor dates it later. */
const rank: Readonly<Record<Status, number>> = {
  pending: 0,
  missing: 0,
  queued: 1,
  running: 2,
  partial: 3,
  failed: 3,
  succeeded: 3,
};

/** The status changes kept for a task; a vendor that swings between two words must not fill the memory. */
const maxHistory = 50;

/** So many of the last replies with news are remembered for an open task, to know them again. */
const maxReplies = 8;
/** Of a task that is no longer open, or of which nothing is known. */
const none: readonly (Snapshot | string)[] = [];

/** The task to which a snapshot brought no news: a reply of the same bytes brings the same snapshots again. */
const withoutNews = new WeakMap<Snapshot, Task>();

/**
 * What is known after a reply: the previous task and the snapshot in it, as of `now` (milliseconds, our clock).
 * Returns *the same object* when the reply says nothing new, so that nothing is drawn or reported for it.
 *
 * A final state never goes back, whatever a slow replica says later; it may still gain media and titles.
 */
export function merge(previous: Task, snapshot: Snapshot, now: number): Task {
  if (withoutNews.get(snapshot) === previous) return previous;
  const next = mergeNews(previous, snapshot, now);
  if (next === previous) withoutNews.set(snapshot, previous);
  return next;
}

function mergeNews(previous: Task, snapshot: Snapshot, now: number): Task {
  const settled = settle(previous, snapshot);
  if (isStale(previous, settled)) return previous;

  const keepStatus = isFinal(previous.status);
  const status = keepStatus ? previous.status : settled.status;
  const next: Task = {
    ...previous,
    status,
    rawStatus: keepStatus ? previous.rawStatus : settled.rawStatus,
    progress: nextProgress(previous, settled, status),
    action: settled.action ?? previous.action,
    prompt: settled.prompt ?? previous.prompt,
    clips: mergeClips(previous, settled),
    error: keepStatus ? previous.error : settled.error,
    submittedAt: settled.submittedAt ?? previous.submittedAt,
    startedAt: settled.startedAt ?? previous.startedAt,
    finishedAt: settled.finishedAt ?? previous.finishedAt,
    updatedAt: settled.updatedAt ?? previous.updatedAt,
    cost: settled.cost ?? previous.cost,
    traceId: settled.traceId ?? previous.traceId,
    // A stamp of its own that changed would be the only change in most replies: a wave of needless work.
    seenAt: previous.seenAt ?? now,
  };
  const merged = finish(previous, next, now);
  if (merged === previous) return previous;
  // Replicas in two states answer by turns: what was news once is none when it comes again.
  // One that the vendor dates later than all before cannot be one of them.
  const { replies: before = none } = previous;
  const isLater = isDatedLater(previous, settled);
  if (!isLater && before.some(reply => fingerprintOf(reply) === fingerprintOf(settled))) return previous;
  // Only what moved is no longer stalled: a mark that each reply takes off and the poller puts back is endless news.
  if (isFinal(status)) return { ...merged, stalled: false, replies: none };
  // The last one as it is: it costs nothing, and most are followed by a later one.
  const replies = isLater ? [settled] : [...before.map(fingerprintOf), settled].slice(-maxReplies);
  return { ...merged, stalled: false, replies };
}

const isDatedLater = (previous: Task, { updatedAt }: Snapshot): boolean =>
  updatedAt !== null && previous.updatedAt !== null && updatedAt > previous.updatedAt;

const fingerprints = new WeakMap<Snapshot, string>();

function fingerprintOf(reply: Snapshot | string): string {
  if (typeof reply === 'string') return reply;
  const known = fingerprints.get(reply) ?? fingerprint(reply);
  fingerprints.set(reply, known);
  return known;
}

/**
 * The task after the API said, to a single query, that it does not know it. `apart`: this vendor keeps the tasks of each
 * service apart.
 */
export function mergeMissing(previous: Task, now: number, apart = false): Task {
  if (isFinal(previous.status)) return previous;
  const { seenAt, source } = previous;
  const message = seenAt === null ? unknownIdWords(source, { apart, final: true }) : 'the API no longer knows this id';
  return noted(previous, { status: 'missing', error: { code: 'not_found', message } }, now);
}

/** The task with a note on why there is no answer about it; a later answer takes the note away. */
export function mergeTaskError(previous: Task, code: string, message: string, now: number): Task {
  if (isFinal(previous.status)) return previous;
  return noted(previous, { error: { code, message } }, now);
}

/** With a note that any answer takes away, also one that came before. */
function noted(previous: Task, note: Pick<Task, 'error'> & { status?: 'missing' }, now: number): Task {
  const next = finish(previous, { ...previous, ...note }, now);
  return next === previous ? previous : { ...next, replies: none };
}

/** The task marked as one that stopped moving, or no longer so. */
export function mergeStalled(previous: Task, stalled: boolean): Task {
  return previous.stalled === stalled || isFinal(previous.status) ? previous : { ...previous, stalled };
}

/**
 * Clips that are all done although the task has no finishing time yet may still be taken back by the vendor: such a
 * success counts when a second reply confirms it.
 */
function settle(previous: Task, snapshot: Snapshot): Snapshot {
  if (snapshot.settled || !isFinal(snapshot.status) || isFinal(previous.status)) return snapshot;
  const confirmed = previous.status === 'running' && previous.progress === 100;
  return confirmed ? snapshot : { ...snapshot, status: 'running', progress: 100 };
}

function isStale(previous: Task, snapshot: Snapshot): boolean {
  if (isFinal(snapshot.status)) {
    // Two final replies that differ: the first is what was reported, and it stays.
    return isFinal(previous.status) && previous.status !== snapshot.status;
  }
  if (isFinal(previous.status)) return true;
  // Any row is better than none: an old one of a slow replica tells that the task is there after all.
  if (previous.status === 'missing') return false;
  if (previous.updatedAt !== null && snapshot.updatedAt !== null && previous.updatedAt !== snapshot.updatedAt) {
    return snapshot.updatedAt < previous.updatedAt;
  }
  return rank[snapshot.status] < rank[previous.status];
}

function nextProgress(previous: Task, snapshot: Snapshot, status: Status): number | null {
  if (status === 'succeeded' || status === 'partial') return 100;
  if (status === 'failed') return null;
  // Relays step back (30 % of their own, then 12 % of the upstream's): a bar that shrinks reads as a fault.
  if (status === 'running' && previous.status === 'running' && previous.progress !== null) {
    return Math.max(previous.progress, snapshot.progress ?? 0);
  }
  return snapshot.progress;
}

function mergeClips(previous: Task, snapshot: Snapshot): readonly Clip[] {
  const { clips, status } = snapshot;
  // A reply without clips after one with clips is a stub, not a loss.
  if (clips.length === 0) return previous.clips;
  if (isFinal(previous.status)) return addClips(previous.clips, clips);
  return isDatedLater(previous, snapshot) || isFinal(status)
    ? replaceClips(previous.clips, clips)
    : addClips(previous.clips, clips);
}

function finish(previous: Task, next: Task, now: number): Task {
  if (next.status !== previous.status) {
    const change = { at: now, status: next.status, rawStatus: next.rawStatus };
    return { ...next, changedAt: now, history: [...previous.history, change].slice(-maxHistory) };
  }
  return isEqual(previous, next) ? previous : next;
}

function isEqual(a: Task, b: Task): boolean {
  for (const key in b) {
    if (Object.is(a[key as keyof Task], b[key as keyof Task])) continue;
    if (key !== 'error' || JSON.stringify(a.error) !== JSON.stringify(b.error)) return false;
  }
  return true;
}
