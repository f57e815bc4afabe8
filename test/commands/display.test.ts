import { describe, expect, it } from 'vitest';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const tasks = Array.from('abcdefghijklmnopqrstuvwxyz', (id, index) =>
  task({
    id,
    status: index < 24 ? 'running' : 'succeeded',
    clips: [clip({ title: `Song ${26 - index}` }), clip({ title: 'B-side' })],
  }),
);
const newUser = () => createTestUser(tasks, { size: { columns: 80, rows: 15 } });
const page = 10;
const letter = (index: number) => tasks[index]?.id;

describe('moving', () => {
  it('goes row by row and stops at the ends', () => {
    const user = newUser();
    user.press('j', 'down', 'k');
    expect(user.selected()).toBe('b');
    user.press('up', 'up', 'up');
    expect(user.selected()).toBe('a');
    user.press('G', 'j');
    expect(user.selected()).toBe('z');
  });

  it('ignores the second g of gg', () => {
    const user = newUser();
    user.press('j', 'j', 'g');
    const once = user.state();
    user.press('g');
    expect(user.state()).toBe(once);
  });

  it('goes by pages and half pages', () => {
    const user = newUser();
    user.press('pagedown');
    expect(user.selected()).toBe(letter(page));
    user.press('ctrl-d');
    expect(user.selected()).toBe(letter(page + page / 2));
    user.press('ctrl-u', 'ctrl-b');
    expect(user.selected()).toBe('a');
    user.press('ctrl-f', 'pageup', 'end', 'home');
    expect(user.selected()).toBe('a');
  });

  it('scrolls an overlay instead, to its end', () => {
    const user = newUser();
    user.press('?', 'j', 'j', 'k');
    expect([user.state().scroll, user.selected()]).toEqual([1, 'a']);
    user.press('G');
    const end = user.state().scroll;
    user.press('j', 'pagedown');
    expect(user.flash()).toBe('that is the end');
    user.press('G');
    expect(user.state().scroll).toBe(end);
    expect(user.screen().join('\n')).toMatch(/(\d+)-(\d+) of \2/);
    user.press('g');
    expect(user.state().scroll).toBe(0);
  });
});

describe('what the table shows', () => {
  it('cycles through the tabs, or is one by its digit', () => {
    const user = newUser();
    const seen = ['tab', 'tab', 'tab', 'tab', 'shift-tab', '2', '3', '4', '1'].map(key => {
      user.press(key);
      return user.state().tab;
    });
    expect(seen).toEqual(['active', 'done', 'failed', 'all', 'failed', 'active', 'done', 'failed', 'all']);
    user.press('3');
    expect(user.shown().sort()).toEqual(['y', 'z']);
  });

  it('is sorted by each column in turn, in both directions, and in reverse', () => {
    const user = newUser();
    const columns = Array.from({ length: 7 }, () => {
      user.press('s');
      return user.state().sort?.column ?? null;
    });
    expect(columns).toEqual(['status', 'title', 'action', 'id', 'progress', 'time', null]);
    user.press('<');
    expect(user.state().sort?.column).toBe('time');
    user.press('>', '>', '>');
    expect([user.shown()[0], user.flash()]).toEqual(['z', 'sorted by title']);
    user.press('S');
    expect(user.shown()[0]).toBe('a');
    user.press('I');
    expect(user.shown()[0]).toBe('z');
  });

  it('has to be sorted by a column before that can be reversed', () => {
    const user = newUser();
    user.press('S');
    expect([user.state().sort, user.flash()]).toEqual([null, 'choose a column first: s']);
  });

  it('is sorted by a neighbour of the default order after a column that is not shown', () => {
    const user = createTestUser(tasks, { sort: { column: 'cost', descending: false } });
    user.press('<');
    expect(user.state().sort?.column).toBe('time');
  });

  it('includes the clips of the marked tasks, or no longer', () => {
    const user = newUser();
    user.press('t');
    expect(user.screen().join('\n')).toContain('B-side');
    user.press('t');
    expect(user.screen().join('\n')).not.toContain('B-side');
    user.press('space', 'space', 't');
    expect(user.state().unfolded.size).toBe(2);
  });

  it('has more columns on w', () => {
    const user = createTestUser(tasks, { size: { columns: 140, rows: 15 }, preview: false });
    expect(user.screen()[3]).not.toContain('SUBMITTED');
    user.press('w');
    expect(user.screen()[3]).toMatch(/SOURCE.*SUBMITTED/);
  });

  it('has the preview at its side until P, and again with it', () => {
    const user = createTestUser(tasks, { size: { columns: 140, rows: 15 } });
    expect(user.screen()[3]).toContain('╎');
    user.press('P');
    expect(user.screen()[3]).not.toContain('╎');
    user.press('P');
    expect(user.screen()[3]).toContain('╎');
  });

  it('says why there is no preview in a small pane', () => {
    const user = createTestUser(tasks, { size: { columns: 100, rows: 24 } });
    user.press('P');
    expect(user.screen().join()).toContain('the preview needs 110 columns or 30 lines');
  });

  it('moves by pages of its own rows above a preview', () => {
    const many = Array.from({ length: 100 }, (_, index) => task({ id: `task_${index}` }));
    const user = createTestUser(many, { size: { columns: 80, rows: 40 } });
    user.press('pagedown');
    expect(user.state().selected).toBe('ccapi/producer:task_21');
  });

  it('is covered by details, then the same as JSON, and the log and the help over them', () => {
    const user = newUser();
    user.press('enter');
    expect(user.screen().join('\n')).toMatch(/status +▸ running/);
    user.press('l');
    expect(user.screen().join('\n')).toContain('"status": "running"');
    user.press('e');
    expect(user.screen().join('\n')).toContain('event log');
    user.press('e', '?');
    expect(user.screen().join('\n')).toContain('next task');
    user.press('?', 'q');
    expect(user.state().overlays).toEqual([]);
  });
});

describe('leaving', () => {
  it('closes an open overlay first with q, and leaves at once with Q', () => {
    const user = newUser();
    user.press('?', 'q');
    expect(user.left).toEqual([]);
    user.press('q', 'Q', 'ctrl-c', 'ctrl-z', 'ctrl-l');
    expect(user.left).toEqual(['table', 'silent', 'interrupt']);
    expect(user.signals).toEqual(['suspend', 'redraw']);
  });
});

describe('over an overlay', () => {
  it.each(['log', 'help', 'choose'] as const)('%s, no key changes a row that cannot be seen', kind => {
    const user = newUser();
    const overlay = kind === 'choose' ? { kind, title: '', choices: ['x'] } : { kind };
    user.store.dispatch({ type: 'open-overlay', overlay });
    user.press('d', 'C', 'space', 'v', '*', 't', 's', 'tab', '4', 'y', 'o', 'a');
    const { tasks: left, marks, sort, tab, prompt, unfolded } = user.state();
    expect([left.length, marks.size, sort, tab, prompt, unfolded.size]).toEqual([26, 0, null, 'all', null, 0]);
    expect([user.copied, user.opened]).toEqual([[], []]);
  });

  it.each(['log', 'choose'] as const)('%s, / does not filter the table below', kind => {
    const user = newUser();
    const overlay = kind === 'log' ? { kind } : { kind, title: '', choices: ['x'] };
    user.store.dispatch({ type: 'open-overlay', overlay });
    user.press('/', 'x', 'enter');
    expect(user.state()).toMatchObject({ filter: '', prompt: null, overlays: [{ filter: 'x' }] });
  });

  it('of details, keys act on that task, not on the marked ones', () => {
    const user = newUser();
    user.press('space', 'enter', 'Y');
    expect(user.copied[0]?.lines).toEqual(['b']);
    user.press('d');
    expect(user.state().positions.has(tasks[1]?.key ?? '')).toBe(false);
    expect([user.state().overlays, user.marked()]).toEqual([[], ['a']]);
  });
});
