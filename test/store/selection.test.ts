import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../source/store/reduce.ts';
import { selectedKey, selectedRow, tableWindow, visibleTasks } from '../../source/store/selectors.ts';
import { initialState, tabs, type State, type Tab } from '../../source/store/state.ts';
import { statuses } from '../../source/task/task.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const titled = (id: string, title: string) => task({ id, status: 'running', clips: [clip({ id, title })] });
const [a, b, c, d] = [
  titled('task_a', 'Dawn'),
  titled('task_b', 'Cloud'),
  titled('task_c', 'Beach'),
  titled('task_d', 'Air'),
];
const base = after(watching([a, b, c, d]), { type: 'select', key: b.key });

describe('the selection follows the task', () => {
  it('through another order', () => {
    const sorted = after(base, { type: 'sort', sort: { column: 'title', descending: false } });
    expect(visibleTasks(sorted).map(({ id }) => id)).toEqual(['task_d', 'task_c', 'task_b', 'task_a']);
    expect(sorted.selected).toBe(b.key);
  });

  it('through replies that move it to another row', () => {
    const done = after(
      base,
      answer([snapshot({ id: a.id, status: 'succeeded' }), snapshot({ id: b.id, status: 'succeeded' })]),
    );
    expect(visibleTasks(done).slice(0, 2)).toEqual([c, d]);
    expect(done.selected).toBe(b.key);
  });

  it('through a filter that matches it', () => {
    expect(after(base, { type: 'filter', text: 'cl' }).selected).toBe(b.key);
  });

  it('through the removal of others', () => {
    expect(after(base, { type: 'remove', keys: [a.key, c.key], undoable: true }).selected).toBe(b.key);
  });
});

describe('the selection passes to the task that took its place', () => {
  it('when its task is removed', () => {
    expect(after(base, { type: 'remove', keys: [b.key], undoable: true }).selected).toBe(c.key);
  });

  it('at the end of the list to the last one', () => {
    const last = after(base, { type: 'move-to', place: 'last' });
    expect(after(last, { type: 'remove', keys: [d.key], undoable: true }).selected).toBe(c.key);
  });

  it('when a reply moves it to another tab', () => {
    const active = after(base, { type: 'tab', tab: 'active' });
    expect(after(active, answer([snapshot({ id: b.id, status: 'succeeded' })])).selected).toBe(c.key);
  });

  it('and undo brings it back', () => {
    const state = after(base, { type: 'remove', keys: [b.key], undoable: true }, { type: 'restore' });
    expect(state.selected).toBe(b.key);
  });

  it('and there is a selection again when a filter that hid everything is removed', () => {
    const none = after(base, { type: 'filter', text: 'zzz' });
    expect(selectedKey(none)).toBeNull();
    expect(selectedKey(after(none, { type: 'filter', text: '' }))).not.toBeNull();
  });
});

describe('the selection returns to its task', () => {
  const filter = (text: string) => ({ type: 'filter', text }) as const;
  const tab = (name: Tab) => ({ type: 'tab', tab: name }) as const;

  it('after a filter without a match', () => {
    expect(selectedKey(after(base, filter('zzz'), filter('')))).toBe(b.key);
    // Typed letter by letter: other tasks match in between.
    expect(selectedKey(after(base, filter('b'), filter('be'), filter('bez'), filter('')))).toBe(b.key);
  });

  it('after an empty tab', () => {
    expect(selectedKey(after(base, tab('done'), tab('failed'), tab('all')))).toBe(b.key);
  });

  it('after a tab of others', () => {
    const done = after(base, answer([snapshot({ id: a.id, status: 'succeeded' })]), tab('done'));
    expect(selectedKey(done)).toBe(a.key);
    expect(selectedKey(after(done, tab('all')))).toBe(b.key);
  });

  it('but not after a move, nor when a filter was taken', () => {
    expect(selectedKey(after(base, filter('ai'), { type: 'move', by: 1 }, filter('')))).toBe(d.key);
    expect(selectedKey(after(base, filter('ai'), { type: 'settle' }, filter('')))).toBe(d.key);
    expect(selectedKey(after(base, filter('zzz'), { type: 'settle' }, filter('')))).toBe(b.key);
  });

  it('but not when it was removed meanwhile', () => {
    const gone = after(base, filter('ai'), { type: 'remove', keys: [b.key], undoable: false }, filter(''));
    expect(selectedKey(gone)).toBe(d.key);
    expect(gone.home).toBeNull();
  });

  it('but not when a reply took it from the tab', () => {
    const active = after(base, tab('active'), answer([snapshot({ id: b.id, status: 'succeeded' })]));
    expect(selectedKey(after(active, tab('all')))).toBe(c.key);
  });

  it('and stays at the top while nobody has chosen one', () => {
    expect(selectedKey(after(watching([a, b, c, d]), filter('zzz'), filter('')))).toBe(a.key);
  });
});

describe('as long as nobody has chosen a task', () => {
  const [first, second] = [task({ id: 'task_1111', status: 'running' }), task({ id: 'task_2222', status: 'running' })];
  const finishFirst = answer([snapshot({ id: first.id, status: 'succeeded' })]);

  it('the first row counts as selected, whichever it is', () => {
    const before = watching([first, second]);
    expect(selectedKey(before)).toBe(first.key);
    expect(selectedKey(after(before, finishFirst))).toBe(second.key);
  });

  it('and the first movement is from there', () => {
    const moved = after(watching([first, second]), { type: 'move', by: 1 });
    expect(selectedKey(after(moved, finishFirst))).toBe(second.key);
    const marked = after(watching([first, second]), { type: 'mark' });
    expect([...marked.marks]).toEqual([first.key]);
  });
});

const keys = Array.from({ length: 12 }, (_, index) => `ccapi/producer:task_${index}`);
const id = fc.nat(11).map(index => `task_${index}`);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant('move' as const), by: fc.integer({ min: -30, max: 30 }) }),
  fc.record({ type: fc.constant('tab' as const), tab: fc.constantFrom(...tabs) }),
  fc.record({ type: fc.constant('filter' as const), text: fc.constantFrom('', '1', '!1', 'zzz', 'running') }),
  fc.record({
    type: fc.constant('sort' as const),
    sort: fc.constantFrom(null, { column: 'id', descending: true }, { column: 'status', descending: false }),
  }),
  fc.record({ type: fc.constant('add' as const), tasks: fc.array(id.map(text => task({ id: text }))) }),
  fc.record({
    type: fc.constant('remove' as const),
    keys: fc.array(fc.constantFrom(...keys)),
    undoable: fc.boolean(),
  }),
  fc.constant({ type: 'restore' as const }),
  fc.constantFrom({ type: 'mark' as const }, { type: 'mark-range' as const }, { type: 'fold' as const }),
  fc.record({ type: fc.constant('resize' as const), columns: fc.nat(100), rows: fc.nat(40) }),
  fc
    .array(
      fc.record({ id, status: fc.constantFrom(...statuses.filter(each => each !== 'pending' && each !== 'missing')) }),
    )
    .map(snapshots => answer(snapshots.map(each => snapshot({ ...each, clips: [clip(), clip({ title: 'x' })] })))),
);

describe('after any actions', () => {
  it('a shown task is selected as long as there is one, and it is on the screen', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), actions => {
        let state: State = { ...initialState, size: { columns: 80, rows: 9 } };
        for (const each of actions) {
          state = after(state, each);
          const visible = visibleTasks(state).map(({ key }) => key);
          if (visible.length === 0) expect(selectedKey(state)).toBeNull();
          else expect(visible).toContain(selectedKey(state));
          const rows = tableWindow(state).rows;
          if (visible.length > 0)
            expect(rows.some(row => row.clip === selectedRow(state)?.clip && row.task.key === selectedKey(state))).toBe(
              true,
            );
          expect([...state.positions]).toEqual(state.tasks.map(({ key }, index) => [key, index]));
          expect(state.tasks.map(({ key }) => key)).toEqual(expect.arrayContaining([...state.marks]));
        }
      }),
    );
  });
});
