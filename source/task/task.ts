/** Where a task stands. `pending`: no answer about it yet. `missing`: the API does not know it, or not with this key. */
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

/** Why a task failed, or why nothing better is known about it. */
export type TaskError = {
  readonly code: string | null;
  readonly message: string;
};

/** What one reply of an API says about one task. Times are milliseconds since 1970, by the vendor's clock. */
export type Snapshot = {
  readonly id: string;
  readonly status: Exclude<Status, 'pending' | 'missing'>;
  /** false: the vendor has not stamped the end yet, and a second reply must confirm it. */
  readonly settled: boolean;
  /** The vendor's own word. */
  readonly rawStatus: string | null;
  /** Percent, 0 to 100; null when the vendor gives none, never 0 for "unknown". */
  readonly progress: number | null;
  readonly action: string | null;
  /** What was asked for, one line: it tells tasks apart that have no title yet. */
  readonly prompt: string | null;
  readonly clips: readonly Clip[];
  readonly error: TaskError | null;
  readonly submittedAt: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly updatedAt: number | null;
  /** In the vendor's own unit (new-api: 500,000 to the dollar). */
  readonly cost: number | null;
  readonly traceId: string | null;
};

/** `provider/service`, such as `ccapi/producer`. */
export type SourceName = string;

/** `provider/service:id`: unique over all sources, and what a person can type to name the task. */
export type TaskKey = string;

/** A watched task: the best that is known, from all replies so far. */
export type Task = Omit<Snapshot, 'status' | 'settled'> & {
  readonly key: TaskKey;
  readonly source: SourceName;
  readonly status: Status;
  /** By our own clock: when it was put on the list, and when an answer last spoke of it. */
  readonly addedAt: number;
  readonly seenAt: number | null;
  /** By our own clock: when its status last changed under our eyes; the end of `seconds in this state`. */
  readonly changedAt: number;
  /** Open for longer than the deadline: it is only asked about now and then. */
  readonly stalled: boolean;
  /** The status changes seen so far, oldest first. */
  readonly history: readonly Change[];
};

export type Change = { readonly at: number; readonly status: Status; readonly rawStatus: string | null };

export const taskKey = (source: SourceName, id: string): TaskKey => `${source}:${id}`;

/** A task nobody has answered for yet. */
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

/** Final states never change again and are never asked about again. */
export const isFinal = (status: Status): boolean =>
  status === 'succeeded' || status === 'partial' || status === 'failed';

/** Ended for whoever waits: final, or unknown to the vendor (which is still asked about now and then). */
export const isEnded = (status: Status): boolean => isFinal(status) || status === 'missing';
