import type { Health, PollEvent } from '../poll/events.ts';
import { taskKey, type SourceName, type TaskKey } from '../task/task.ts';
import { shortSource } from './health-words.ts';
import { nameOf } from '../task/name.ts';
import { findTask } from './selectors.ts';
import type { Flash, State } from './state.ts';

/** What a person has asked about, until there is an answer about all of it. */
export type Refresh = {
  /** The tasks without an answer so far. */
  readonly waiting: ReadonlySet<TaskKey>;
  /** Those with one, and of these the ones about which it said something new. */
  readonly answered: number;
  readonly news: readonly TaskKey[];
  /** The sources that gave none. */
  readonly failed: readonly SourceName[];
};

/** Asking about these tasks, which were asked for just now. */
export const refreshOf = (tasks: readonly TaskKey[]): Refresh | null =>
  tasks.length === 0 ? null : { waiting: new Set(tasks), answered: 0, news: [], failed: [] };

/** The state after an event, with what came of the person's question once there is an answer about all of it. */
export function followRefresh(before: State, state: State, event: PollEvent): State {
  const { refresh } = state;
  if (refresh === null) return state;
  const waiting = new Set([...refresh.waiting].filter(key => state.positions.has(key)));
  const about = [...keysOf(event, state)].filter(key => waiting.delete(key));
  if (about.length === 0) {
    if (waiting.size > 0) return state;
    return { ...state, refresh: null };
  }
  const isFailure = event.type === 'health';
  const next: Refresh = {
    waiting,
    answered: refresh.answered + (isFailure ? 0 : about.length),
    news: [...refresh.news, ...about.filter(key => findTask(before, key) !== findTask(state, key))],
    failed: isFailure ? [...refresh.failed, event.source] : refresh.failed,
  };
  if (waiting.size > 0) return { ...state, refresh: next };
  return { ...state, refresh: null, flash: outcomeOf(next, state, event.at) };
}

/** The tasks that an event settles: those it answers for, and all of a source that fails. */
function keysOf(event: PollEvent, state: State): ReadonlySet<TaskKey> {
  switch (event.type) {
    case 'answered':
      return new Set(
        [...event.snapshots.map(({ id }) => id), ...event.absent, ...event.notFound].map(id =>
          taskKey(event.source, id),
        ),
      );
    case 'task-error':
      return new Set([taskKey(event.source, event.id)]);
    case 'health':
      if (event.health.state === 'ok' || event.health.state === 'new') return new Set();
      return new Set(state.tasks.filter(({ source }) => source === event.source).map(({ key }) => key));
    default:
      return new Set();
  }
}

const failureWords: Partial<Readonly<Record<Health['state'], string>>> = {
  offline: 'gave no answer',
  refused: 'refused',
  retrying: 'answered with an error',
};

/** `ccapi, xhuo gave no answer: connection refused`, for each way in which sources fail. */
function failuresOf({ failed }: Refresh, { sources }: State): readonly string[] {
  const alike = Map.groupBy(
    sources.filter(({ name }) => failed.includes(name)),
    ({ health }) => [failureWords[health.state], health.message].filter(Boolean).join(': '),
  );
  return [...alike].map(([words, group]) => `${group.map(({ name }) => shortSource(name)).join(', ')} ${words}`);
}

/** `nothing new about 3 tasks`, `news about 2 of 3 tasks`, `Weekend Morning is succeeded`, and who gave no answer. */
function outcomeOf(refresh: Refresh, state: State, at: number): Flash {
  const { answered, news } = refresh;
  const failures = failuresOf(refresh, state);
  const tasks = answered === 1 ? '1 task' : `${answered} tasks`;
  const only = findTask(state, news[0] ?? null);
  const parts = [
    ...(answered > 0 && news.length === 0 ? [`nothing new about ${tasks}`] : []),
    ...(answered === 1 && only !== undefined ? [`${nameOf(only)} is ${only.status}`] : []),
    ...(answered > 1 && news.length > 0 ? [`news about ${news.length} of ${tasks}`] : []),
    ...failures,
  ];
  return { level: failures.length > 0 ? 'warning' : 'info', text: parts.join(' · '), at };
}
