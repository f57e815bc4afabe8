import { reduce, type Action } from './reduce.ts';
import { initialState, type State } from './state.ts';

type Listener = (state: State, previous: State) => void;

/** Holds the state. Listeners are called after every change, and not for an action that changes nothing. */
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

  /** Returns a function that removes the listener. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
