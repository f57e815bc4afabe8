import { describe, expect, it } from 'vitest';
import { sitDown } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const tasks = Array.from('abcdefghijklmnopqrstuvwxyz', (id, index) =>
  task({
    id,
    status: index < 24 ? 'running' : 'succeeded',
    clips: [clip({ title: `Song ${26 - index}` }), clip({ title: 'B-side' })],
  }),
);
const sit = () => sitDown(tasks, { size: { columns: 80, rows: 15 } });
const page = 10;
const letter = (index: number) => tasks[index]?.id;

describe('moving', () => {
  it('goes row by row and stops at the ends', () => {
    const person = sit();
    person.press('j', 'down', 'k');
    expect(person.selected()).toBe('b');
    person.press('up', 'up', 'up');
    expect(person.selected()).toBe('a');
    person.press('G', 'j');
    expect(person.selected()).toBe('z');
  });

  it('takes a second g for nothing more', () => {
    const person = sit();
    person.press('j', 'j', 'g');
    const once = person.state();
    person.press('g');
    expect(person.state()).toBe(once);
  });

  it('goes by pages and half pages', () => {
    const person = sit();
    person.press('pagedown');
    expect(person.selected()).toBe(letter(page));
    person.press('ctrl-d');
    expect(person.selected()).toBe(letter(page + page / 2));
    person.press('ctrl-u', 'ctrl-b');
    expect(person.selected()).toBe('a');
    person.press('ctrl-f', 'pageup', 'end', 'home');
    expect(person.selected()).toBe('a');
  });

  it('scrolls an overlay instead, as far as it goes', () => {
    const person = sit();
    person.press('?', 'j', 'j', 'k');
    expect([person.state().scroll, person.selected()]).toEqual([1, 'a']);
    person.press('G');
    const end = person.state().scroll;
    person.press('j', 'pagedown');
    expect(person.state().scroll).toBe(end);
    expect(person.screen().join('\n')).toMatch(/(\d+)-(\d+) of \2/);
    person.press('g');
    expect(person.state().scroll).toBe(0);
  });
});

describe('looking', () => {
  it('goes round through the groups, or to one by its digit', () => {
    const person = sit();
    const seen = ['tab', 'tab', 'tab', 'tab', 'shift-tab', '2', '3', '4', '1'].map(key => {
      person.press(key);
      return person.state().tab;
    });
    expect(seen).toEqual(['active', 'done', 'failed', 'all', 'failed', 'active', 'done', 'failed', 'all']);
    person.press('3');
    expect(person.shown().sort()).toEqual(['y', 'z']);
  });

  it('sorts by each column in turn, there and back, and in reverse', () => {
    const person = sit();
    const columns = Array.from({ length: 7 }, () => {
      person.press('s');
      return person.state().sort?.column ?? null;
    });
    expect(columns).toEqual(['status', 'title', 'action', 'id', 'progress', 'time', null]);
    person.press('<');
    expect(person.state().sort?.column).toBe('time');
    person.press('>', '>', '>');
    expect([person.shown()[0], person.said()]).toEqual(['z', 'sorted by title']);
    person.press('S');
    expect(person.shown()[0]).toBe('a');
    person.press('I');
    expect(person.shown()[0]).toBe('z');
  });

  it('asks for a column before it can be reversed', () => {
    const person = sit();
    person.press('S');
    expect([person.state().sort, person.said()]).toEqual([null, 'choose a column first: s']);
  });

  it('goes to the neighbours of the usual order from a column that is not shown', () => {
    const person = sitDown(tasks, { sort: { column: 'cost', descending: false } });
    person.press('<');
    expect(person.state().sort?.column).toBe('time');
  });

  it('folds and unfolds the clips of the marked tasks', () => {
    const person = sit();
    person.press('t');
    expect(person.screen().join('\n')).toContain('B-side');
    person.press('t');
    expect(person.screen().join('\n')).not.toContain('B-side');
    person.press('space', 'space', 't');
    expect(person.state().unfolded.size).toBe(2);
  });

  it('widens the table', () => {
    const person = sitDown(tasks, { size: { columns: 140, rows: 15 } });
    expect(person.screen()[2]).not.toContain('SUBMITTED');
    person.press('w');
    expect(person.screen()[2]).toMatch(/SOURCE.*SUBMITTED/);
  });

  it('shows details, then the same as JSON, and the log and the help over them', () => {
    const person = sit();
    person.press('enter');
    expect(person.screen().join('\n')).toMatch(/status +▸ running/);
    person.press('l');
    expect(person.screen().join('\n')).toContain('"status": "running"');
    person.press('e');
    expect(person.screen().join('\n')).toContain('event log');
    person.press('e', '?');
    expect(person.screen().join('\n')).toContain('next task');
    person.press('?', 'q');
    expect(person.state().overlays).toEqual([]);
  });
});

describe('leaving', () => {
  it('closes what is open first, then leaves with the table, or at once', () => {
    const person = sit();
    person.press('?', 'q');
    expect(person.left).toEqual([]);
    person.press('q', 'Q', 'ctrl-c', 'ctrl-z', 'ctrl-l');
    expect(person.left).toEqual(['table', 'silent', 'interrupt']);
    expect(person.signals).toEqual(['suspend', 'redraw']);
  });

  it('has no command line', () => {
    const person = sit();
    person.press(':');
    expect(person.said()).toBe('no command line; press ?');
  });
});

describe('over an overlay', () => {
  it.each(['log', 'help', 'choose'] as const)('%s, no key changes a row that cannot be seen', kind => {
    const person = sit();
    const overlay =
      kind === 'help' ? { kind, filter: '' } : kind === 'log' ? { kind } : { kind, title: '', choices: ['x'] };
    person.store.dispatch({ type: 'open-overlay', overlay });
    person.press('d', 'C', 'space', 'v', '*', 't', 's', 'tab', '4', 'y', 'o', 'a');
    const { tasks: left, marks, sort, tab, prompt, unfolded } = person.state();
    expect([left.length, marks.size, sort, tab, prompt, unfolded.size]).toEqual([26, 0, null, 'all', null, 0]);
    expect([person.copied, person.opened]).toEqual([[], []]);
  });

  it.each(['log', 'choose'] as const)('%s, / does not filter the table below', kind => {
    const person = sit();
    const overlay = kind === 'log' ? { kind } : { kind, title: '', choices: ['x'] };
    person.store.dispatch({ type: 'open-overlay', overlay });
    person.press('/');
    expect(person.state().prompt).toBeNull();
  });

  it('of details, keys act on that task, whatever is marked', () => {
    const person = sit();
    person.press('space', 'enter', 'Y');
    expect(person.copied[0]?.lines).toEqual(['b']);
    person.press('d');
    expect(person.state().positions.has(tasks[1]?.key ?? '')).toBe(false);
    expect([person.state().overlays, person.marked()]).toEqual([[], ['a']]);
  });
});
