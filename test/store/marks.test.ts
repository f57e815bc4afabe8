import { describe, expect, it } from 'vitest';
import type { State } from '../../source/store/state.ts';
import { targets } from '../../source/store/selectors.ts';
import { after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const tasks = ['a', 'b', 'c', 'd', 'e'].map(name => task({ id: name, clips: [clip({ title: name })] }));
const base = watching(tasks);
const marks = (state: State) =>
  [...state.marks]
    .map(key => key.slice(-1))
    .sort()
    .join('');
const down = { type: 'move', by: 1 } as const;
const up = { type: 'move', by: -1 } as const;

describe('marks', () => {
  it('go on and off, and each moves down', () => {
    const marked = after(base, { type: 'mark' }, { type: 'mark' });
    expect(marks(marked)).toBe('ab');
    expect(marked.selected).toBe(tasks[2]?.key);
    expect(marks(after(marked, up, { type: 'mark' }))).toBe('a');
  });

  it('of a range grow with the selection, in both directions', () => {
    const range = after(base, down, { type: 'mark-range' });
    expect(marks(after(range, down, down))).toBe('bcd');
    expect(marks(after(range, up))).toBe('ab');
    expect(marks(after(range, { type: 'move-to', place: 'last' }))).toBe('bcde');
  });

  it('of a range shrink again when the selection comes back', () => {
    const range = after(base, { type: 'mark-range' }, down, down, down);
    expect(marks(after(range, up, up))).toBe('ab');
    expect(marks(after(base, down, down, { type: 'mark-range' }, down, up, up))).toBe('bc');
  });

  it('made before a range stay', () => {
    const first = after(
      base,
      { type: 'move-to', place: 'last' },
      { type: 'mark' },
      { type: 'move-to', place: 'first' },
    );
    expect(marks(after(first, { type: 'mark-range' }, down, down, up))).toBe('abe');
  });

  it('stay when the range is ended, and no longer grow', () => {
    expect(marks(after(base, { type: 'mark-range' }, down, { type: 'mark-range' }, down, down))).toBe('ab');
  });

  it('of all mean what is shown', () => {
    const some = after(base, { type: 'filter', text: '!b' }, { type: 'mark-all' }, { type: 'filter', text: '' });
    expect(marks(some)).toBe('acde');
    expect(marks(after(some, { type: 'unmark' }))).toBe('');
  });
});

describe('a key acts on', () => {
  it('the selected task', () => {
    expect(targets(after(base, down))).toEqual([tasks[1]]);
  });

  it('the marked tasks instead, in the order of the list', () => {
    const state = after(base, { type: 'move-to', place: 'last' }, { type: 'mark' }, up, up, { type: 'mark' });
    expect(targets(state).map(({ id }) => id)).toEqual(['c', 'e']);
  });

  it('the task whose details cover the table, not on marks that cannot be seen', () => {
    const details = { kind: 'details', key: tasks[3]?.key ?? '', raw: false } as const;
    expect(targets(after(base, { type: 'mark' }, { type: 'open-overlay', overlay: details }))).toEqual([tasks[3]]);
  });

  it('nothing on an empty list', () => {
    expect(targets(watching([]))).toEqual([]);
  });
});
