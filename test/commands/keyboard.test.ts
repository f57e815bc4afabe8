import { describe, expect, it } from 'vitest';
import { sitDown, type Person } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const tasks = ['Moon', 'Hut', 'Hill'].map(title => task({ id: `task_${title}`, clips: [clip({ title })] }));
const id = (index: number) => `task_${String(index).padStart(8, '0')}`;
const prompt = (person: Person) => person.state().prompt?.line.text ?? null;

describe('a prompt', () => {
  it('takes keys as letters, and runs none of them', () => {
    const person = sitDown(tasks);
    person.press('a');
    person.type('dqCyo 1');
    expect(prompt(person)).toBe('dqCyo 1');
    expect(person.ran).toEqual(['add']);
  });

  it('edits as a shell does', () => {
    const person = sitDown(tasks);
    person.press('a');
    person.type('one two');
    person.press('ctrl-w', 'left', 'backspace', 'home', 'delete', 'end');
    person.type('!');
    expect(prompt(person)).toBe('n !');
    person.press('ctrl-u', 'tab', 'up', 'pagedown');
    expect(prompt(person)).toBe('');
  });

  it('lets ctrl-c, ctrl-z and ctrl-l through', () => {
    const person = sitDown(tasks);
    person.press('/', 'ctrl-c', 'ctrl-z', 'ctrl-l');
    expect([person.left, person.signals]).toEqual([['interrupt'], ['suspend', 'redraw']]);
  });

  it('adds the ids that were typed and says what became of them', () => {
    const person = sitDown(tasks);
    person.press('a');
    person.type(`${id(1)},${id(1)} task_Moon x`);
    person.press('enter');
    expect(person.said()).toBe('added 1 · 2 already on the list');
    expect(person.state().positions.has(`ccapi/producer:${id(1)}`)).toBe(true);
  });

  it.each(['no id in here', '# only a comment', '[]'])('says so when there is no id: %s', text => {
    const person = sitDown(tasks);
    person.press('a');
    person.type(text);
    person.press('enter');
    expect(person.said()).toMatch(/no task id/);
    expect(person.state().tasks).toHaveLength(3);
  });

  it('closes on Enter when nothing was typed, and adds nothing', () => {
    const person = sitDown(tasks);
    person.press('a', 'enter');
    expect([person.state().prompt, person.said()]).toEqual([null, null]);
  });

  it('names the variable to set for a provider without a token', () => {
    const person = sitDown(tasks);
    person.press('a');
    person.type('acedata:1a6ac2ad-0000-4000-8000-000000000001');
    person.press('enter');
    expect(person.said()).toContain('ACEDATACLOUD_API_TOKEN');
  });
});

describe('the filter', () => {
  it('shows its effect while it is typed, Enter keeps it and / goes on with it', () => {
    const person = sitDown(tasks);
    person.press('/');
    person.type('h');
    expect(person.shown()).toEqual(['task_Hut', 'task_Hill']);
    person.type('u');
    expect(person.shown()).toEqual(['task_Hut']);
    person.press('backspace', 'enter');
    expect(person.shown()).toEqual(['task_Hut', 'task_Hill']);
    person.press('/');
    expect(prompt(person)).toBe('h');
  });

  it('turns round with a leading !, and Esc drops it', () => {
    const person = sitDown(tasks);
    person.press('/');
    person.type('!h');
    expect(person.shown()).toEqual(['task_Moon']);
    person.press('escape');
    expect([person.shown().length, person.state().filter]).toEqual([3, '']);
  });

  it('of the help filters the help alone, and Esc shows all of it again', () => {
    const person = sitDown(tasks);
    person.press('?', '/');
    person.type('pause');
    expect(person.screen().join('\n')).not.toContain('next task');
    person.press('escape');
    expect(person.screen().join('\n')).toContain('next task');
    expect(person.state().filter).toBe('');
  });

  it('of the help leaves alone what came to lie over the help meanwhile', () => {
    const person = sitDown(tasks);
    person.press('?', '/', 'x');
    person.store.dispatch({ type: 'open-overlay', overlay: { kind: 'text', title: 'select it', lines: ['url'] } });
    person.press('escape');
    expect(person.state().overlays.map(({ kind }) => kind)).toEqual(['help', 'text']);
  });
});

describe('Esc', () => {
  it('peels one layer at a time, and never leaves', () => {
    const person = sitDown(tasks);
    person.press('space', 'space', '/');
    person.type('h');
    person.press('enter', 'enter', '?', '/');
    person.type('x');
    const layers = Array.from({ length: 7 }, () => {
      const { prompt: typed, overlays, filter, marks } = person.state();
      person.press('escape');
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
    expect(person.left).toEqual([]);
  });

  it('is also h and the left arrow, which do not leave either', () => {
    const person = sitDown(tasks);
    person.press('*', 'h');
    expect(person.marked()).toEqual([]);
    person.press('enter', 'left', 'left', 'h', 'escape');
    expect([person.state().overlays, person.left]).toEqual([[], []]);
  });
});

describe('what was said', () => {
  it('makes room for the keys again with the next key', () => {
    const person = sitDown(tasks);
    person.press('b');
    expect(person.screen().at(-1)).toBe('notifications off');
    person.press('j');
    expect(person.screen().at(-1)).toContain('? help');
  });
});
