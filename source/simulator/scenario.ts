export type Dialect = 'fetch' | 'tasks';
export type Service = 'producer' | 'suno';

/** What a task makes: songs, or one of the results that are not a song. */
export type Kind = 'audio' | 'stems' | 'wav' | 'video' | 'lyrics' | 'upload';

/** `zombie` (fetch): stuck at 100 % with a reason. `never`: runs for as long as anybody looks. */
export type Ending = 'succeeded' | 'partial' | 'failed' | 'zombie' | 'never';

export type WireObject = Readonly<Record<string, unknown>>;

/** Told as it stands; undefined leaves the key out. */
export type Progress = string | number | null | undefined;

/** A generation told as a timeline. All times are milliseconds from its own start. */
export type SimulatedTask = {
  readonly id: string;
  readonly dialect: Dialect;
  readonly service: Service;
  /** One line for a person who looks for something to watch; the first title when absent. */
  readonly summary?: string;
  readonly kind?: Kind;
  /** The wire's own word; a usual one for the kind when absent. */
  readonly action?: string;
  /** One clip for each. */
  readonly titles: readonly string[];
  /** What was asked for; the title when absent. */
  readonly prompt?: string;
  readonly style?: string;
  readonly lyrics?: string;
  readonly model?: string;
  /** What the vendor says about the length of the song; the file behind it is a few seconds long. */
  readonly songSeconds?: number;
  /** The API does not know the id before this. */
  readonly visibleAfter?: number;
  readonly queuedFor?: number;
  readonly endsAfter: number;
  readonly ending?: Ending;
  /** Why it failed, and the code of a structured error. */
  readonly reason?: string;
  readonly code?: string;

  /** `zero`: stays at "0%" until it ends. A list is spread evenly over the run and sent as it stands. */
  readonly progress?: 'smooth' | 'zero' | 'absent' | readonly Progress[];
  /** From this share of the run (0 to 1) a clip that can be played already is part of the reply. */
  readonly preview?: number;
  /** How a task that has not ended looks (tasks dialect). */
  readonly pending?:
    'absent' | 'nulls' | 'success-true' | 'empty-data' | 'null-data' | 'temporary-error' | 'finished-processing';
  /** `unfinished`: a structured error, but no time of its end (tasks dialect). */
  readonly error?: 'structured' | 'string' | 'unfinished';
  /** `refused`: success is false, and yet the clips play. `clip`: the last of the clips failed. */
  readonly partial?: 'refused' | 'clip';
  /** Two rows in one batch reply, one of them out of date. */
  readonly duplicate?: 'stale-first' | 'stale-last';
  /** Only a single query finds it. */
  readonly omittedInBatch?: boolean;
  /** Other words than the usual ones for where it stands. */
  readonly words?: Partial<Record<'submitted' | 'queued' | 'running' | 'succeeded' | 'failed', string>>;
  readonly times?: 'seconds' | 'milliseconds' | 'iso';
  /** `duration` instead of `elapsed`, no `success` (tasks); no id, quota and result URL (fetch). */
  readonly oldShape?: boolean;
  /** `data` as a string that holds JSON (fetch dialect). */
  readonly dataAsText?: boolean;
  /** A video is there only so long after the end. */
  readonly videoAfter?: number;
  /** The last word about the record, for what no other field can say. */
  readonly rewrite?: (record: WireObject, state: State) => unknown;
};

/** Something to watch; what it names need not exist. */
export type WatchedId = {
  readonly id: string;
  readonly dialect: Dialect;
  readonly service: Service;
  readonly summary: string;
};

export type Scenario = {
  readonly tasks: readonly SimulatedTask[];
  /** `when-asked`: the first question about a task starts it, so that nobody comes too late. */
  readonly start?: 'with-server' | 'when-asked';
  /** Named after the tasks: unknown ids, or one that is there already. */
  readonly alsoWatch?: readonly WatchedId[];
};

export const emptyScenario: Scenario = { tasks: [] };

export type State = {
  readonly phase: 'unknown' | 'submitted' | 'queued' | 'running' | 'ended';
  /** Share of the run that is over, 0 to 1. */
  readonly done: number;
  readonly progress: Progress;
};

/** When and where a task is looked at. */
export type Moment = {
  readonly elapsed: number;
  /** The wall clock (milliseconds since 1970) at a time of the timeline. */
  readonly at: (elapsed: number) => number;
  /** Where the files are, without a trailing slash. */
  readonly media: string;
};

/** Where the timeline stands after so many milliseconds. */
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
  // 100 % belongs to the end alone.
  if (progress === 'smooth') return `${Math.min(99, Math.floor(done * 100))}%`;
  return progress[Math.min(progress.length - 1, Math.floor(done * progress.length))];
}

/** A task, and when it is looked at. */
export type Sighting = { readonly task: SimulatedTask; readonly moment: Moment; readonly row: number };

/** Finds what the API knows at this moment; null for an unknown id. */
export type Look = (id: string) => Sighting | null;

type Entry = { readonly task: SimulatedTask; readonly row: number; startedAt: number | null };

export type TaskTable = {
  readonly add: (task: SimulatedTask) => void;
  readonly look: (dialect: Dialect, service: Service, media: string) => Look;
  readonly ids: () => readonly WatchedId[];
};

/** All tasks of one simulated API, each with its own start. */
export function createTaskTable(scenario: Scenario, now: () => number, speed: number): TaskTable {
  const entries = new Map<string, Entry>();
  const add = (task: SimulatedTask) => {
    const startedAt = scenario.start === 'when-asked' ? null : now();
    entries.set(`${task.dialect} ${task.service} ${task.id}`, { task, row: entries.size + 41, startedAt });
  };
  for (const task of scenario.tasks) add(task);

  const look = (dialect: Dialect, service: Service, media: string) => (id: string) => {
    const entry = entries.get(`${dialect} ${service} ${id}`);
    if (!entry) return null;
    const startedAt = (entry.startedAt ??= now());
    const elapsed = (now() - startedAt) * speed;
    if (stateAt(entry.task, elapsed).phase === 'unknown') return null;
    const moment = { elapsed, at: (instant: number) => startedAt + instant / speed, media };
    return { task: entry.task, moment, row: entry.row };
  };

  const ids = () => [
    ...[...entries.values()].map(({ task }) => ({
      id: task.id,
      dialect: task.dialect,
      service: task.service,
      summary: task.summary ?? task.titles.join(' · '),
    })),
    ...(scenario.alsoWatch ?? []),
  ];
  return { add, look, ids };
}

/** An earlier look at the same task, for a reply that holds an out-of-date row as well. */
export function staleMoment(task: SimulatedTask, moment: Moment): Moment {
  const queuedFor = task.queuedFor ?? 0;
  return { ...moment, elapsed: Math.min(moment.elapsed, queuedFor + (task.endsAfter - queuedFor) / 5) };
}
