import { describe, expect, it } from 'vitest';
import type { Action } from '../../source/store/reduce.ts';
import { Store } from '../../source/store/store.ts';
import { tableRows, visibleTasks } from '../../source/store/selectors.ts';
import { initialState } from '../../source/store/state.ts';
import { answer, after, health, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const a = task({ id: 'task_aaaa' });
const base = watching([a, task({ id: 'task_bbbb' })], { size: { columns: 80, rows: 24 }, selected: a.key });
const sorted = { column: 'title', descending: false };

describe('an action that changes nothing gives the same state', () => {
  const cases: readonly (readonly [string, Action, Action[]?])[] = [
    ['the size it has', { type: 'resize', columns: 80, rows: 24 }],
    ['up at the top', { type: 'move', by: -1 }],
    ['first at the top', { type: 'move-to', place: 'first' }],
    ['selecting the selected task', { type: 'select', key: a.key }],
    ['clearing no marks', { type: 'unmark' }],
    ['marking all twice', { type: 'mark-all' }, [{ type: 'mark-all' }]],
    ['the tab it shows', { type: 'tab', tab: 'all' }],
    ['the filter it has', { type: 'filter', text: '' }],
    ['the usual order', { type: 'sort', sort: null }],
    ['the order it has', { type: 'sort', sort: { ...sorted } }, [{ type: 'sort', sort: sorted }]],
    ['closing no overlay', { type: 'close-overlay' }],
    ['scrolling to where it is', { type: 'scroll', top: 0 }],
    ['typing without a prompt', { type: 'edit', edit: { type: 'insert', text: 'x' } }],
    [
      'deleting from an empty line',
      { type: 'edit', edit: { type: 'backspace' } },
      [{ type: 'open-prompt', kind: 'add' }],
    ],
    ['closing no prompt', { type: 'close-prompt' }],
    ['no flash after none', { type: 'flash', flash: null }],
    ['a source it has', { type: 'add-sources', names: ['ccapi/producer'] }],
    ['no new task', { type: 'add', tasks: [a] }],
    ['removing what is not there', { type: 'remove', keys: ['nobody'], undoable: true }],
    ['nothing to restore', { type: 'restore' }],
    ['the interval it has', { type: 'interval', interval: initialState.interval }],
    ['not pausing', { type: 'pause', paused: false }],
    ['the health it has', health({ state: 'offline', since: 5 }), [health({ state: 'offline', since: 5 })]],
  ];

  for (const [what, action, before = []] of cases) {
    it(what, () => {
      const state = after(base, ...before);
      expect(after(state, action)).toBe(state);
    });
  }

  it('and calls no listener', () => {
    const store = new Store(base);
    let calls = 0;
    store.subscribe(() => calls++);
    store.dispatch({ type: 'tab', tab: 'all' });
    expect(calls).toBe(0);
    store.dispatch({ type: 'tab', tab: 'done' });
    expect(calls).toBe(1);
  });

  it('folding with nothing to fold', () => {
    expect(after(initialState, { type: 'fold' })).toBe(initialState);
  });
});

describe('with 10,000 tasks', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => task({ id: `task_${String(index).padStart(5, '0')}` }));
  const state = watching(many);

  it('a reply makes new objects only of the tasks that moved', () => {
    const next = after(state, answer([snapshot({ id: 'task_00007', progress: 5 })]));
    const changed = next.tasks.filter((each, index) => each !== state.tasks[index]);
    expect(changed.map(({ id }) => id)).toEqual(['task_00007']);
    expect(next.positions).toBe(state.positions);
    expect(next.log).toHaveLength(1);
  });

  it('a reply that says nothing new keeps the list, the order and the rows', () => {
    const reply = answer(many.slice(0, 50).map(({ id }) => snapshot({ id, clips: [clip({ id, title: 'One' })] })));
    const first = after(state, reply);
    const [visible, rows] = [visibleTasks(first), tableRows(first)];
    const second = after(first, { ...reply, at: reply.at + 5000 });
    expect(second.tasks).toBe(first.tasks);
    expect(visibleTasks(second)).toBe(visible);
    expect(tableRows(second)).toBe(rows);
  });

  it('moving the selection keeps the order', () => {
    const visible = visibleTasks(state);
    expect(visibleTasks(after(state, { type: 'move', by: 100 }))).toBe(visible);
  });
});
