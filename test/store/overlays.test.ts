import { describe, expect, it } from 'vitest';
import { after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const song = task({});
const details = { type: 'open-overlay', overlay: { kind: 'details', key: song.key, raw: false } } as const;
const help = { type: 'open-overlay', overlay: { kind: 'help' } } as const;

describe('an overlay', () => {
  it('is where it was when the one over it is closed', () => {
    const state = after(watching([song]), details, { type: 'scroll', top: 7 }, help);
    expect(state.scroll).toBe(0);
    expect(after(state, { type: 'scroll', top: 3 }, { type: 'close-overlay' }).scroll).toBe(7);
  });

  it('begins at its first line', () => {
    const state = after(watching([song]), details, { type: 'scroll', top: 7 }, { type: 'close-overlay' });
    expect(state.scroll).toBe(0);
    expect(after(state, details).scroll).toBe(0);
  });
});
