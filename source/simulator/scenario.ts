import type { MediaFault } from './media-faults.ts';

export type Dialect = 'fetch' | 'tasks';
/** The part of the path before `/tasks` or `/fetch`. */
export type Service = string;

/** What a task makes: songs, or one of the results that are not a song. */
type Kind = 'audio' | 'stems' | 'wav' | 'video' | 'lyrics' | 'upload';

/** `zombie` (fetch): stays in progress at 100 %, with a reason for a failure. `never`: runs for ever. */
type Ending = 'succeeded' | 'partial' | 'failed' | 'zombie' | 'never';

export type WireObject = Readonly<Record<string, unknown>>;

/** The vendor's value for the progress, sent unchanged; undefined leaves the key out. */
type Progress = string | number | null | undefined;

/** A task as a timeline. All times are milliseconds from its own start. */
export type SimulatedTask = {
  readonly id: string;
  readonly dialect: Dialect;
  readonly service: Service;
  /** One line about the task for `--serve-demo`; its titles when absent. */
  readonly summary?: string;
  readonly kind?: Kind;
  /** The vendor's word for the action; a common one for the kind when absent. */
  readonly action?: string;
  /** One clip for each. */
  readonly titles: readonly string[];
  /** What the user asked for; the title when absent. */
  readonly prompt?: string;
  readonly style?: string;
  readonly lyrics?: string;
  readonly model?: string;
  /** The length of the song in the replies, in seconds. The file itself is always a few seconds long. */
  readonly songSeconds?: number;
  /**
   * It is submitted from elsewhere, so long after the first request of all (milliseconds): until then a listing does not
   * have it. Only where tasks start when they are asked for.
   */
  readonly submittedAfter?: number;
  /** Before this time the API does not know the id. */
  readonly visibleAfter?: number;
  readonly queuedFor?: number;
  readonly endsAfter: number;
  readonly ending?: Ending;
  /** Why it failed, and the code of a structured error. */
  readonly reason?: string;
  readonly code?: string;

  /** `zero`: stays at "0%" until the end. The values of a list are sent unchanged, spread evenly over the run. */
  readonly progress?: 'smooth' | 'zero' | 'absent' | readonly Progress[];
  /** From this part of the run (0 to 1) on, replies have clips that can already be played. */
  readonly preview?: number;
  /** The form of the `response` of a task that has not ended (tasks dialect). */
  readonly pending?:
    'absent' | 'nulls' | 'success-true' | 'empty-data' | 'null-data' | 'temporary-error' | 'finished-processing';
  /** The form of an error. `unfinished`: structured, but without a finishing time (tasks dialect). */
  readonly error?: 'structured' | 'string' | 'unfinished';
  /** The form of a partial result. `refused`: `success` is false although the clips play. `clip`: the last clip failed. */
  readonly partial?: 'refused' | 'clip';
  /** A batch reply has two rows for the task, one of them out of date. */
  readonly duplicate?: 'stale-first' | 'stale-last';
  /** Batch replies have no row for it; a single query finds it. */
  readonly omittedInBatch?: boolean;
  /** Words for its status, other than the common ones. */
  readonly words?: Partial<Record<'submitted' | 'queued' | 'running' | 'succeeded' | 'failed', string>>;
  readonly times?: 'seconds' | 'milliseconds' | 'iso';
  /** `duration` instead of `elapsed`, no `success` (tasks); no id, quota and result URL (fetch). */
  readonly oldShape?: boolean;
  /** `data` as a string that holds JSON (fetch dialect). */
  readonly dataAsText?: boolean;
  /** What is wrong with the host of its songs. */
  readonly mediaFault?: MediaFault;
  /** The video appears this long after the end. */
  readonly videoAfter?: number;
  /** Changes the finished record, for what no other field can express. */
  readonly rewrite?: (record: WireObject, state: State) => unknown;
};

/** An id to watch. It need not exist. */
export type WatchedId = {
  readonly id: string;
  readonly dialect: Dialect;
  readonly service: Service;
  readonly summary: string;
  /** Submitted from elsewhere: a listing has it after a while. */
  readonly found?: boolean;
};

export type Scenario = {
  readonly tasks: readonly SimulatedTask[];
  /** `with-server` when absent. `when-asked`: each task starts at the first request for it. */
  readonly start?: 'with-server' | 'when-asked';
  /** More ids for the list of ids to watch: unknown ones, or repetitions. */
  readonly alsoWatch?: readonly WatchedId[];
};

export type State = {
  readonly phase: 'unknown' | 'submitted' | 'queued' | 'running' | 'ended';
  /** The part of the run that is over, 0 to 1. */
  readonly done: number;
  readonly progress: Progress;
};

/** What the record of a task in a reply depends on. */
export type ReplyContext = {
  /** Milliseconds since the start of the task. */
  readonly elapsed: number;
  /** The wall clock (milliseconds since 1970) at a time of the timeline. */
  readonly at: (elapsed: number) => number;
  /** The base URL of the files, without a trailing slash. */
  readonly media: string;
};

/** The state of a task so many milliseconds after its start. */
export function stateAt(task: SimulatedTask, elapsed: number): State {
  const queuedFor = task.queuedFor ?? 0;
  const done = Math.min(1, Math.max(0, (elapsed - queuedFor) / Math.max(1, task.endsAfter - queuedFor)));
  if (elapsed < (task.visibleAfter ?? 0)) return { phase: 'unknown', done: 0, progress: null };
  if (elapsed < queuedFor / 3) return { phase: 'submitted', done, progress: '0%' };
  if (elapsed < queuedFor) return { phase: 'queued', done, progress: '0%' };
  if (elapsed < task.endsAfter || task.ending === 'never') {
    return { phase: 'running', done, progress: progressAt(task, done) };
  }
  return { phase: 'ended', done: 1, progress: '100%' };
}

function progressAt(task: SimulatedTask, done: number): Progress {
  const progress = task.progress ?? 'smooth';
  if (progress === 'absent') return undefined;
  if (progress === 'zero') return '0%';
  // 100 % only at the end.
  if (progress === 'smooth') return `${Math.min(99, Math.floor(done * 100))}%`;
  return progress[Math.min(progress.length - 1, Math.floor(done * progress.length))];
}

/** A task that the API knows; a higher `row` is a newer task. */
export type KnownTask = { readonly task: SimulatedTask; readonly context: ReplyContext; readonly row: number };

/** Finds a task by its id; null when the API does not know the id at this time. */
export type Lookup = (id: string) => KnownTask | null;

type Entry = { readonly task: SimulatedTask; readonly row: number; startedAt: number | null };

type TaskTable = {
  readonly add: (task: SimulatedTask) => void;
  readonly lookup: (dialect: Dialect, service: Service, media: string) => Lookup;
  /** Every task that has been submitted by now. */
  readonly all: (dialect: Dialect, service: Service, media: string) => readonly KnownTask[];
  readonly ids: () => readonly WatchedId[];
};

/** The tasks of one simulated API. `speed` is how much faster than `now` their timelines run. */
export function createTaskTable(scenario: Scenario, now: () => number, speed: number): TaskTable {
  const entries = new Map<string, Entry>();
  const add = (task: SimulatedTask) => {
    const startedAt = scenario.start === 'when-asked' ? null : now();
    entries.set(`${task.dialect} ${task.service} ${task.id}`, { task, row: entries.size + 41, startedAt });
  };
  for (const task of scenario.tasks) add(task);

  let firstAskedAt: number | null = null;
  const lookup = (dialect: Dialect, service: Service, media: string) => (id: string) => {
    firstAskedAt ??= now();
    const entry = entries.get(`${dialect} ${service} ${id}`);
    if (!entry) return null;
    const startedAt = (entry.startedAt ??= now());
    const elapsed = (now() - startedAt) * speed;
    if (stateAt(entry.task, elapsed).phase === 'unknown') return null;
    const context = { elapsed, at: (instant: number) => startedAt + instant / speed, media };
    return { task: entry.task, context, row: entry.row };
  };

  const all = (dialect: Dialect, service: Service, media: string) => {
    const first = (firstAskedAt ??= now());
    return [...entries.values()].flatMap(entry => {
      const { task } = entry;
      if (task.dialect !== dialect || task.service !== service) return [];
      if (entry.startedAt === null && task.submittedAfter !== undefined) {
        const submittedAt = first + task.submittedAfter;
        if (submittedAt <= now()) entry.startedAt = submittedAt;
      }
      return entry.startedAt === null ? [] : (lookup(dialect, service, media)(task.id) ?? []);
    });
  };

  const ids = () => [
    ...[...entries.values()].map(({ task }) => ({
      id: task.id,
      dialect: task.dialect,
      service: task.service,
      summary: task.summary ?? task.titles.join(' · '),
      ...(task.submittedAfter === undefined ? {} : { found: true }),
    })),
    ...(scenario.alsoWatch ?? []),
  ];
  return { add, lookup, all, ids };
}

/** The same task at an earlier time, for a reply that also has an out-of-date row. */
export function staleContext(task: SimulatedTask, context: ReplyContext): ReplyContext {
  const queuedFor = task.queuedFor ?? 0;
  return { ...context, elapsed: Math.min(context.elapsed, queuedFor + (task.endsAfter - queuedFor) / 5) };
}
