import { describe, expect, it } from 'vitest';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const tasks = ['a', 'b', 'c'].map(id =>
  task({ id, status: 'running', clips: [clip({ title: `${id} one` }), clip({ title: `${id} two` })] }),
);
const shownDetails = (user: ReturnType<typeof createTestUser>) => {
  const overlay = user.state().overlays.at(-1);
  return overlay?.kind === 'details' ? overlay : null;
};

describe('J and K', () => {
  it('step through the details, task by task, and the table follows', () => {
    const user = createTestUser(tasks);
    user.press('enter', 'J');
    expect(shownDetails(user)?.key).toBe(tasks[1]?.key);
    expect(user.screen().join('\n')).toContain('b one');
    user.press('J', 'K', 'escape');
    expect([user.state().overlays, user.selected()]).toEqual([[], 'b']);
  });

  it('keep to JSON where the details are shown as JSON', () => {
    const user = createTestUser(tasks);
    user.press('enter', 'enter', 'J');
    expect(shownDetails(user)).toMatchObject({ key: tasks[1]?.key, raw: true });
  });

  it('say where there is no further task', () => {
    const user = createTestUser(tasks);
    user.press('enter', 'K');
    expect([shownDetails(user)?.key, user.flash()]).toEqual([tasks[0]?.key, 'that is the first task']);
    user.press('J', 'J', 'J');
    expect([shownDetails(user)?.key, user.flash()]).toEqual([tasks[2]?.key, 'that is the last task']);
  });

  it('step past the clips of the table', () => {
    const user = createTestUser(tasks);
    user.press('t', 'j', 'J');
    expect([user.selected(), user.state().selectedClip]).toEqual(['b', null]);
    user.press('K');
    expect([user.selected(), user.state().selectedClip]).toEqual(['a', null]);
  });

  it('go by what the filter shows', () => {
    const user = createTestUser(tasks);
    user.press('/');
    user.type('!b');
    user.press('enter', 'enter', 'J');
    expect(shownDetails(user)?.key).toBe(tasks[2]?.key);
  });
});

describe('q', () => {
  it.each(['help', 'log', 'choose', 'text', 'details', 'account'] as const)('closes the %s', kind => {
    const user = createTestUser(tasks);
    const key = tasks[0]?.key ?? 'ccapi/producer:';
    user.store.dispatch({
      type: 'open-overlay',
      overlay:
        kind === 'choose'
          ? { kind, title: '', choices: ['x'] }
          : kind === 'text'
            ? { kind, title: '', lines: ['x'] }
            : kind === 'details'
              ? { kind, key, raw: true, filter: 'id' }
              : kind === 'account'
                ? { kind, tasks, at: 0, selected: 0, marks: new Set() }
                : { kind },
    });
    user.press('q');
    expect([user.state().overlays, user.left]).toEqual([[], []]);
  });

  it('leaves from the table, whatever narrows it', () => {
    const user = createTestUser(tasks, { tab: 'active', filter: 'one' });
    user.press('space', 'q');
    expect(user.left).toEqual(['table']);
  });

  it('is typed into a prompt', () => {
    const user = createTestUser(tasks);
    user.press('a', 'q', 'escape', ':', 'q');
    expect([user.state().prompt?.line.text, user.left]).toEqual(['q', []]);
  });
});
