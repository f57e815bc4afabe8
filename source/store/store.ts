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
  readonly #now: () => number;

  /** `now`: milliseconds since 1970. */
  constructor(state: Partial<State> = {}, now: () => number = Date.now) {
    this.#state = { ...initialState, ...state };
    this.#now = now;
  }

  readonly getState = (): State => this.#state;

  readonly dispatch = (action: Action): void => {
    const previous = this.#state;
    this.#state = reduce(previous, this.#dated(action));
    if (this.#state === previous) return;
    this.#untold.push([this.#state, previous]);
    if (!this.#telling) this.#tell();
  };

  /** A message is to be read before a poll takes it away: it has to be known since when it is shown. */
  #dated(action: Action): Action {
    if (action.type !== 'flash' || action.flash === null) return action;
    return { ...action, flash: { at: this.#now(), ...action.flash } };
  }

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
