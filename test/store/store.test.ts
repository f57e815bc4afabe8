import { describe, expect, it } from 'vitest';
import { Store } from '../../source/store/store.ts';

const flash = (text: string) => ({ type: 'flash', flash: { level: 'info', text } }) as const;

/** A store, and what its second listener heard: the text before and after each change. */
function heard(first: (store: Store, text: string | undefined) => void) {
  const store = new Store();
  const changes: [string | undefined, string | undefined][] = [];
  store.subscribe(state => first(store, state.flash?.text));
  store.subscribe((state, previous) => changes.push([previous.flash?.text, state.flash?.text]));
  return { store, changes };
}

describe('the listeners of the store', () => {
  it('hear of each change in order, also of those that a listener makes', () => {
    const { store, changes } = heard((own, text) => {
      if (text === 'a') own.dispatch(flash('b'));
    });
    store.dispatch(flash('a'));
    expect(changes).toEqual([
      [undefined, 'a'],
      ['a', 'b'],
    ]);
  });

  it('find the state changed as soon as they have dispatched', () => {
    const { store } = heard((own, text) => {
      if (text !== 'a') return;
      own.dispatch(flash('b'));
      expect(own.getState().flash?.text).toBe('b');
    });
    store.dispatch(flash('a'));
  });

  it('hear of the next change after one of them has thrown', () => {
    const { store, changes } = heard((_, text) => {
      if (text === 'a') throw new Error('broken');
    });
    expect(() => store.dispatch(flash('a'))).toThrow('broken');
    store.dispatch(flash('b'));
    expect(changes).toEqual([['a', 'b']]);
  });
});
