import { describe, expect, it } from 'vitest';
import { Store } from '../../source/store/store.ts';
import type { Flash } from '../../source/store/state.ts';
import { answer, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

/** A store with a message that is shown since the second 100. */
function showing(text: string) {
  const store = new Store(watching([task()]), () => 100_000);
  const flash: Flash = { level: 'info', text };
  store.dispatch({ type: 'flash', flash });
  return store;
}
const text = (store: Store) => store.getState().flash?.text ?? null;

describe('a message', () => {
  it('goes with the next poll', () => {
    const store = showing('copied 3 URLs');
    store.dispatch(answer([], { at: 104_000 }));
    expect(text(store)).toBeNull();
  });

  it('goes with the end of a round without an answer, too', () => {
    const store = showing('copied 3 URLs');
    store.dispatch({ type: 'round-finished', at: 104_000 });
    expect(text(store)).toBeNull();
  });

  it('stays when the poll comes before anybody can have read it', () => {
    const store = showing('copied 3 URLs');
    store.dispatch(answer([], { at: 101_000 }));
    expect(text(store)).toBe('copied 3 URLs');
  });

  it('stays the longer the more there is to read', () => {
    const long = 'a word '.repeat(20);
    const store = showing(long);
    store.dispatch(answer([], { at: 104_000 }));
    expect(text(store)).toBe(long);
    store.dispatch(answer([], { at: 109_000 }));
    expect(text(store)).toBeNull();
  });
});
