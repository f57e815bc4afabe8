import { reduce, type Action } from './reduce.ts';
import { initialState, type State } from './state.ts';

type Listener = (state: State, previous: State) => void;

/**
 * Holds the state. Listeners are called after every change, and not for an action that changes nothing. What a listener
 * dispatches changes the state at once, and is told when all listeners have heard of the change before it.
 */
export class Store {
  #state: State;
  readonly #listeners = new Set<Listener>();
  /** Changes that are still to be told, the oldest first; the state after and before each. */
  #untold: (readonly [State, State])[] = [];
  #telling = false;

  constructor(state: Partial<State> = {}) {
    this.#state = { ...initialState, ...state };
  }

  readonly getState = (): State => this.#state;

  readonly dispatch = (action: Action): void => {
    const previous = this.#state;
    this.#state = reduce(previous, action);
    if (this.#state === previous) return;
    this.#untold.push([this.#state, previous]);
    if (!this.#telling) this.#tell();
  };

  #tell(): void {
    this.#telling = true;
    try {
      for (let change = this.#untold.shift(); change !== undefined; change = this.#untold.shift()) {
        for (const listener of this.#listeners) listener(...change);
      }
    } finally {
      this.#telling = false;
      this.#untold = [];
    }
  }

  /** Returns a function that removes the listener. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
