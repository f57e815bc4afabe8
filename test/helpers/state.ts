import type { Health } from '../../source/poll/events.ts';
import { reduce, type Action } from '../../source/store/reduce.ts';
import { initialState, type State } from '../../source/store/state.ts';
import type { Snapshot, SourceName, Task } from '../../source/task/task.ts';

/** The state after the given actions. */
export const after = (state: State, ...actions: readonly Action[]): State => actions.reduce(reduce, state);

/** A state with these tasks and their sources. */
export const watching = (tasks: readonly Task[], overrides: Partial<State> = {}): State =>
  after(
    { ...initialState, ...overrides },
    { type: 'add-sources', names: [...new Set(tasks.map(({ source }) => source))] },
    { type: 'add', tasks },
  );

type Answered = Extract<Action, { type: 'answered' }>;

/** The event of a reply with these snapshots. */
export const answer = (snapshots: readonly Snapshot[], overrides: Partial<Answered> = {}): Answered => ({
  type: 'answered',
  source: 'ccapi/producer',
  at: 60_000,
  snapshots,
  absent: [],
  notFound: [],
  stalled: [],
  unreadable: [],
  latency: 42,
  skew: 0,
  ...overrides,
});

/** The event of a source whose health has changed. */
export const health = (overrides: Partial<Health> = {}, source: SourceName = 'ccapi/producer'): Action => ({
  type: 'health',
  source,
  at: 60_000,
  health: { state: 'ok', message: null, retryAt: null, since: null, ...overrides },
});
