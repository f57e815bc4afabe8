import type { Until } from '../options/options.ts';
import { exitCodes, type ExitCode } from '../exit-code.ts';
import { countByStatus } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { isEnded } from '../task/task.ts';
import type { Session } from './session.ts';

/** Whether it is time to leave by itself, whatever ids may still come. */
export const isDecided = ({ tasks }: Pick<State, 'tasks'>, until: Until, failFast: boolean): boolean =>
  tasks.some(({ status }) => isEnded(status) && (until === 'any' || (failFast && status !== 'succeeded')));

/** Whether it is time to leave by itself, with all ids that were to come on the list. */
export function isOver(state: Pick<State, 'tasks' | 'sources'>, until: Until, failFast: boolean): boolean {
  const { tasks, sources } = state;
  if (isDecided(state, until, failFast)) return true;
  if (until === 'never' || tasks.length === 0) return false;
  // A source that refused the token rests: nobody is there to say otherwise, and its tasks will not move.
  const resting = new Set(sources.filter(({ health }) => health.state === 'refused').map(({ name }) => name));
  return tasks.every(({ status, source }) => isEnded(status) || resting.has(source));
}

type EndOptions = {
  readonly store: Store;
  /** Judged at each change. */
  readonly isDecided: (state: State) => boolean;
  /** Judged at each change after the input has ended, and then. */
  readonly isOver: (state: State) => boolean;
  /** Until then more ids may come. */
  readonly inputEnd: Promise<void>;
  /** Milliseconds. */
  readonly timeout: number | undefined;
  /** Both are judged with each round that ends, too. */
  readonly onRoundFinished: Session['onRoundFinished'];
};

/** Settles when it is over; `stop` lets go of everything. */
export function waitForEnd(options: EndOptions): {
  readonly end: Promise<void>;
  readonly stop: () => void;
} {
  const { store, inputEnd, timeout } = options;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const input = { open: true };
  const check = () => {
    const state = store.getState();
    if (options.isDecided(state) || (!input.open && options.isOver(state))) resolve(undefined);
  };
  const unsubscribe = store.subscribe(check);
  void inputEnd.then(() => {
    input.open = false;
    check();
  });
  const timer = timeout === undefined ? undefined : setTimeout(() => resolve(undefined), timeout);
  const stopRounds = options.onRoundFinished(check);
  return {
    end: promise,
    stop() {
      unsubscribe();
      clearTimeout(timer);
      stopRounds();
    },
  };
}

/**
 * What the watched tasks and their sources amount to; when several apply: 4, then 1, then 8. Who waits for any task has
 * what he waited for with the first that ended: those that are open do not count.
 */
export function exitCodeOf(
  state: Pick<State, 'tasks' | 'sources'> & Partial<Pick<State, 'files'>>,
  until: Until,
): ExitCode {
  const isOpen = (source: string) => state.tasks.some(task => task.source === source && !isEnded(task.status));
  // Of a source whose tasks have all ended nothing is asked, whatever became of its token.
  if (state.sources.some(({ name, health }) => health.state === 'refused' && isOpen(name))) return exitCodes.refused;
  const counts = countByStatus(state.tasks);
  const isUnsaved = [...(state.files?.values() ?? [])].some(file => file.state === 'failed');
  if (counts.failed + counts.partial + counts.missing > 0 || isUnsaved) return exitCodes.failed;
  const enough = until === 'any' && counts.succeeded > 0;
  return enough || state.tasks.every(({ status }) => isEnded(status)) ? exitCodes.ok : exitCodes.open;
}
