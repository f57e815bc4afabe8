import { describe, expect, it } from 'vitest';
import { createTestUser } from '../helpers/test-user.ts';
import { task } from '../helpers/tasks.ts';

const a = task({ id: 'a', status: 'running' });
const b = task({ id: 'b', status: 'succeeded' });
const c = task({ id: 'c', status: 'succeeded' });
const d = task({ id: 'd', status: 'failed' });
const all = [a, b, c, d];

describe('the list', () => {
  it('loses the selected task on d, says that u restores it, and u does', () => {
    const user = createTestUser(all);
    user.press('d');
    expect(user.flash()).toBe('removed from the list: a · u undo');
    expect(user.shown()).not.toContain('a');
    user.press('u');
    expect(user.flash()).toBe('1 task is back');
    expect([user.shown()[0], user.selected()]).toEqual(['a', 'a']);
    user.press('u');
    expect(user.flash()).toBe('nothing to undo');
  });

  it('keeps what is marked and hidden by a tab or a filter', () => {
    const user = createTestUser([task({ id: 'a', status: 'succeeded' }), task({ id: 'b', status: 'running' })]);
    user.press('j', 'space', '2', 'd');
    expect(user.state().tasks.map(({ id }) => id)).toEqual(['a']);
    user.press('u', '1', 'd');
    expect(user.state().tasks.map(({ id }) => id)).toEqual(['b']);
  });

  it('loses all marked tasks together, and one undo restores them', () => {
    const user = createTestUser(all);
    user.press('space', 'space', 'delete');
    expect(user.flash()).toBe('removed from the list: 2 tasks · u undo');
    user.press('z');
    expect(user.flash()).toBe('2 tasks are back');
    expect(user.state().tasks).toEqual(all);
  });

  it('says how many tasks it lost, and how to get them back, in any pane', () => {
    const many = Array.from({ length: 25 }, (_, index) =>
      task({ id: `task_${index}`, prompt: 'a very long song about a very long day' }),
    );
    for (const columns of [30, 40, 80]) {
      const user = createTestUser(many, { size: { columns, rows: 12 } });
      user.press('d');
      expect(user.screen().at(-2)).toMatch(/^removed.*: a very .* u undo$/);
      user.press('*', 'd');
      expect(user.screen().at(-2)).toMatch(/^removed.*: 24 tasks · u undo$/);
      expect(user.state().flash?.level).toBe('warning');
    }
  });

  it('is cleared of the ended tasks, which undo restores', () => {
    const user = createTestUser(all);
    user.press('C');
    expect(user.shown()).toEqual(['a']);
    user.press('C');
    expect(user.flash()).toBe('no finished task to clear');
    user.press('u');
    expect(user.state().tasks).toEqual(all);
  });
});
