/** `pending`: no answer about the task yet. `missing`: the API does not know the id, or it belongs to another key. */
export const statuses = ['pending', 'queued', 'running', 'succeeded', 'partial', 'failed', 'missing'] as const;
export type Status = (typeof statuses)[number];

/** One song, stem archive, video or text that a task made. Every string is already safe to print. */
export type Clip = {
  readonly id: string | null;
  readonly title: string | null;
  /** The vendor's own word for the clip's state. */
  readonly status: string | null;
  readonly audioUrl: string | null;
  readonly videoUrl: string | null;
  readonly imageUrl: string | null;
  /** Anything else that can be downloaded: a wav, a zip with stems. */
  readonly fileUrl: string | null;
  /** Length of the song in seconds. */
  readonly duration: number | null;
  readonly model: string | null;
  readonly style: string | null;
  readonly lyrics: string | null;
};

/** Why a task failed, or why there is no answer about it. */
export type TaskError = {
  readonly code: string | null;
  readonly message: string;
};

/** What one reply of an API says about one task. Times are milliseconds since 1970 by the vendor's clock. */
export type Snapshot = {
  readonly id: string;
  readonly status: Exclude<Status, 'pending' | 'missing'>;
  /** False when the status is final but the vendor gives no finishing time yet: a second reply must confirm it. */
  readonly settled: boolean;
  /** The vendor's own word. */
  readonly rawStatus: string | null;
  /** Percent, 0 to 100; null when the vendor gives none, never 0 for "unknown". */
  readonly progress: number | null;
  readonly action: string | null;
  /** What the user asked the vendor for, on one line; it tells tasks apart that have no title yet. */
  readonly prompt: string | null;
  readonly clips: readonly Clip[];
  readonly error: TaskError | null;
  readonly submittedAt: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly updatedAt: number | null;
  /** In the vendor's own unit. new-api's quota is 500,000 to the dollar by default. */
  readonly cost: number | null;
  readonly traceId: string | null;
};

/** `provider/service`, such as `ccapi/producer`. */
export type SourceName = string;

/** `provider/service:id`, unique over all sources. A user can give a task's key instead of its id. */
export type TaskKey = string;

/** A watched task: what is known from all replies so far. */
export type Task = Omit<Snapshot, 'status' | 'settled'> & {
  readonly key: TaskKey;
  readonly source: SourceName;
  readonly status: Status;
  /** When it was put on the list, in milliseconds since 1970 by our own clock. */
  readonly addedAt: number;
  /** When an answer first had a row for it, by our own clock; null before. */
  readonly seenAt: number | null;
  /** When we last saw its status change, by our own clock. */
  readonly changedAt: number;
  /** Unfinished for longer than the deadline of the poller, which now asks about it only rarely. */
  readonly stalled: boolean;
  /** The status changes seen so far, oldest first. */
  readonly history: readonly Change[];
  /** The last reply that said something new, and fingerprints of those before, while the task is open; see `merge`. */
  readonly replies?: readonly (Snapshot | string)[];
};

type Change = { readonly at: number; readonly status: Status; readonly rawStatus: string | null };

/** The key of a task: its source and its id. */
export const taskKey = (source: SourceName, id: string): TaskKey => `${source}:${id}`;

/** Names the tasks that are likely to take alike: those of the same source and action. */
export function kindOf({ source, action }: Pick<Task, 'source' | 'action'>): string {
  // Ten thousand tasks are mostly of one kind, and a text that was made anew has to be hashed anew.
  if (lastKind.source !== source || lastKind.action !== action) {
    lastKind = { source, action, kind: `${source} ${action ?? ''}` };
  }
  return lastKind.kind;
}

let lastKind: { source: string; action: string | null; kind: string } = { source: '', action: null, kind: ' ' };

/** A task without any answer yet. */
export function newTask(source: SourceName, id: string, addedAt: number): Task {
  return {
    key: taskKey(source, id),
    source,
    id,
    status: 'pending',
    rawStatus: null,
    progress: null,
    action: null,
    prompt: null,
    clips: [],
    error: null,
    submittedAt: null,
    startedAt: null,
    finishedAt: null,
    updatedAt: null,
    cost: null,
    traceId: null,
    addedAt,
    seenAt: null,
    changedAt: addedAt,
    stalled: false,
    history: [{ at: addedAt, status: 'pending', rawStatus: null }],
  };
}

/** Whether a status is final: it never changes again, and the poller never asks about the task again. */
export const isFinal = (status: Status): boolean =>
  status === 'succeeded' || status === 'partial' || status === 'failed';

/** Whether waiting for the task is over: its status is final, or `missing` (which the poller still asks about rarely). */
export const isEnded = (status: Status): boolean => isFinal(status) || status === 'missing';

/**
 * Whether the audio of a clip is a preview: it can be heard before the task has ended, and its address is another one
 * afterwards.
 */
export const isPreview = (clip: Clip, task: Pick<Task, 'status'>): boolean =>
  clip.audioUrl !== null && !isEnded(task.status);

/** What is copied and opened of a clip: its audio, else its video, else its file. */
export const addressOf = ({ audioUrl, videoUrl, fileUrl }: Clip): string | null => audioUrl ?? videoUrl ?? fileUrl;
