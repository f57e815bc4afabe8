import { describe, expect, it } from 'vitest';
import { createTestUser, type TestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const tasks = ['Moon', 'Hut', 'Hill'].map(title => task({ id: `task_${title}`, clips: [clip({ title })] }));
const id = (index: number) => `task_${String(index).padStart(8, '0')}`;
const prompt = (user: TestUser) => user.state().prompt?.line.text ?? null;

describe('a prompt', () => {
  it('takes keys as text, and runs no command', () => {
    const user = createTestUser(tasks);
    user.press('a');
    user.type('dqCyo 1');
    expect(prompt(user)).toBe('dqCyo 1');
    expect(user.ran).toEqual(['add']);
  });

  it('edits as a shell does', () => {
    const user = createTestUser(tasks);
    user.press('a');
    user.type('one two');
    user.press('ctrl-w', 'left', 'backspace', 'home', 'delete', 'end');
    user.type('!');
    expect(prompt(user)).toBe('n !');
    user.press('ctrl-u', 'tab', 'up', 'pagedown');
    expect(prompt(user)).toBe('');
  });

  it('still runs the commands of ctrl-c, ctrl-z and ctrl-l', () => {
    const user = createTestUser(tasks);
    user.press('/', 'ctrl-c', 'ctrl-z', 'ctrl-l');
    expect([user.left, user.signals]).toEqual([['interrupt'], ['suspend', 'redraw']]);
  });

  it('adds the typed ids and reports how many were added and repeated', () => {
    const user = createTestUser(tasks);
    user.press('a');
    user.type(`${id(1)},${id(1)} task_Moon`);
    user.press('enter');
    expect(user.flash()).toBe('added 1 · 2 already on the list');
    expect(user.state().positions.has(`ccapi/producer:${id(1)}`)).toBe(true);
  });

  it.each(['no id in here', '# only a comment', '[]'])('says so when there is no id: %s', text => {
    const user = createTestUser(tasks);
    user.press('a');
    user.type(text);
    user.press('enter');
    expect(user.message()).toMatch(/no task id/);
    expect(prompt(user)).toBe(text);
    expect(user.state().tasks).toHaveLength(3);
  });

  it('closes on Enter when nothing was typed, and adds nothing', () => {
    const user = createTestUser(tasks);
    user.press('a', 'enter');
    expect([user.state().prompt, user.flash()]).toEqual([null, null]);
  });

  it('names the variable to set for a provider without a token', () => {
    const user = createTestUser(tasks);
    user.press('a');
    user.type('acedata:1a6ac2ad-0000-4000-8000-000000000001');
    user.press('enter');
    expect(user.message()).toContain('ACEDATACLOUD_API_TOKEN');
  });
});

describe('the filter', () => {
  it('is applied while it is typed, Enter keeps it and / edits it again', () => {
    const user = createTestUser(tasks);
    user.press('/');
    user.type('h');
    expect(user.shown()).toEqual(['task_Hut', 'task_Hill']);
    user.type('u');
    expect(user.shown()).toEqual(['task_Hut']);
    user.press('backspace', 'enter');
    expect(user.shown()).toEqual(['task_Hut', 'task_Hill']);
    user.press('/');
    expect(prompt(user)).toBe('h');
  });

  it('lets the arrows and pages move meanwhile, and goes on with what is typed', () => {
    const user = createTestUser(tasks);
    user.press('/', 'down');
    expect(user.selected()).toBe('task_Hut');
    user.press('h', 'down', 'up', 'pagedown');
    expect([user.selected(), prompt(user)]).toEqual(['task_Hill', 'h']);
    user.press('pageup', 'ctrl-n', 'ctrl-p', 'u');
    expect([user.selected(), prompt(user)]).toEqual(['task_Hut', 'hu']);
  });

  it('of the help lets them scroll it', () => {
    const user = createTestUser(tasks, { size: { columns: 80, rows: 12 } });
    user.press('?', '/', 'down', 'down', 'up');
    expect([user.state().scroll, user.state().prompt?.kind]).toEqual([1, 'help']);
  });

  it('says while it is typed that there is no such field, until it is mended', () => {
    const user = createTestUser(tasks);
    user.press('/');
    user.type('satus:');
    expect(user.message()).toMatch(/^no field satus: status, title/);
    user.press('home', 'right');
    user.type('t');
    expect(user.message()).toBeNull();
    user.press('enter');
    expect(user.screen().at(-2)).toBe('');
  });

  it('is inverted by a leading !, and removed by Esc', () => {
    const user = createTestUser(tasks);
    user.press('/');
    user.type('!h');
    expect(user.shown()).toEqual(['task_Moon']);
    user.press('escape');
    expect([user.shown().length, user.state().filter]).toEqual([3, '']);
  });

  it('of the help does not filter the table, and Esc removes it', () => {
    const user = createTestUser(tasks);
    user.press('?', '/');
    user.type('pause');
    expect(user.screen().join('\n')).not.toContain('next task');
    user.press('escape');
    expect(user.screen().join('\n')).toContain('next task');
    expect(user.state().filter).toBe('');
  });

  it('of the help does not touch an overlay that was opened over the help', () => {
    const user = createTestUser(tasks);
    user.press('?', '/', 'x');
    user.store.dispatch({ type: 'open-overlay', overlay: { kind: 'text', title: 'select it', lines: ['url'] } });
    user.press('escape');
    expect(user.state().overlays.map(({ kind }) => kind)).toEqual(['help', 'text']);
  });
});

describe('Esc', () => {
  it('undoes one thing at a time, and never leaves', () => {
    const user = createTestUser(tasks);
    user.press('space', 'space', '/');
    user.type('h');
    user.press('enter', 'enter', '?', '/');
    user.type('x');
    const layers = Array.from({ length: 7 }, () => {
      const { prompt: typed, overlays, filter, marks } = user.state();
      user.press('escape');
      return [typed?.kind ?? '-', overlays.map(({ kind }) => kind).join(' '), filter, marks.size];
    });
    expect(layers).toEqual([
      ['help', 'details help', 'h', 2],
      ['-', 'details help', 'h', 2],
      ['-', 'details', 'h', 2],
      ['-', '', 'h', 2],
      ['-', '', '', 2],
      ['-', '', '', 0],
      ['-', '', '', 0],
    ]);
    expect(user.left).toEqual([]);
  });

  it('is also h and the left arrow, which do not leave either', () => {
    const user = createTestUser(tasks);
    user.press('*', 'h');
    expect(user.marked()).toEqual([]);
    user.press('enter', 'left', 'left', 'h', 'escape');
    expect([user.state().overlays, user.left]).toEqual([[], []]);
  });
});

describe('a flash', () => {
  it('is dismissed by the next key', () => {
    const user = createTestUser(tasks);
    user.press('b');
    expect(user.screen().at(-2)).toBe('notifications off');
    user.press('j');
    expect(user.screen().at(-2)).toBe('');
  });
});
