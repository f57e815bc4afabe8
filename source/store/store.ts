import { reduce, type Action } from './reduce.ts';
import { initialState, type State } from './state.ts';

export type Listener = (state: State, previous: State) => void;

/** The one place where state changes. Listeners hear of every change, and of nothing else. */
export class Store {
  #state: State;
  readonly #listeners = new Set<Listener>();

  constructor(state: Partial<State> = {}) {
    this.#state = { ...initialState, ...state };
  }

  readonly getState = (): State => this.#state;

  readonly dispatch = (action: Action): void => {
    const previous = this.#state;
    this.#state = reduce(previous, action);
    if (this.#state === previous) return;
    for (const listener of this.#listeners) listener(this.#state, previous);
  };

  /** The result takes the listener away again. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
