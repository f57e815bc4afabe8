import type { Until } from './options.ts';
import type { State } from './store/state.ts';
import type { Store } from './store/store.ts';
import { isEnded } from './task/task.ts';

/** Whether it is time to leave by itself, with all ids that were to come on the list. */
export function isOver(state: Pick<State, 'tasks' | 'sources'>, until: Until, failFast: boolean): boolean {
  const { tasks, sources } = state;
  if (failFast && tasks.some(({ status }) => isEnded(status) && status !== 'succeeded')) return true;
  if (until === 'never') return false;
  if (until === 'any' && tasks.some(({ status }) => isEnded(status))) return true;
  // A source that refused the token rests: nobody is there to say otherwise, and its tasks will not move.
  const resting = new Set(sources.filter(({ health }) => health.state === 'refused').map(({ name }) => name));
  return tasks.every(({ status, source }) => isEnded(status) || resting.has(source));
}

export type EndOptions = {
  readonly store: Store;
  /** Judged at the start, at each change, and when the input has ended. */
  readonly isOver: (state: State) => boolean;
  /** Until then more ids may come, and nothing is over but the time. */
  readonly inputEnd: Promise<void>;
  /** Milliseconds. */
  readonly timeout: number | undefined;
  /** Milliseconds between looks at what no change of the state tells. */
  readonly lookEvery?: number | undefined;
};

/** Settles when it is over; `stop` lets go of everything. */
export function waitForEnd({ store, isOver: over, inputEnd, timeout, lookEvery }: EndOptions): {
  readonly end: Promise<void>;
  readonly stop: () => void;
} {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const input = { open: true };
  const check = () => {
    if (!input.open && over(store.getState())) resolve(undefined);
  };
  const unsubscribe = store.subscribe(check);
  void inputEnd.then(() => {
    input.open = false;
    check();
  });
  const timer = timeout === undefined ? undefined : setTimeout(() => resolve(undefined), timeout);
  const looks = lookEvery === undefined ? undefined : setInterval(check, lookEvery);
  return {
    end: promise,
    stop() {
      unsubscribe();
      clearTimeout(timer);
      clearInterval(looks);
    },
  };
}
