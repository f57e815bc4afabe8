import { describe, expect, it } from 'vitest';
import { cellWidth } from '../../source/text/width.ts';
import { answer, health } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';
import { createTestUser } from '../helpers/test-user.ts';

const rope = task({ id: 'a', status: 'running', clips: [clip({ title: 'Rope' })] });
const sand = task({ id: 'b', status: 'running', clips: [clip({ title: 'Sand on the harbour wall' })] });
const message = 'lyric too long: 3412 characters, at most 3000';

/** Somebody who looks at the log: Sand has failed, then Rope has ended, then the source went away. */
function looking(columns = 80, rows = 24) {
  const user = createTestUser([rope, sand], { size: { columns, rows } });
  user.store.dispatch(answer([snapshot({ id: 'b', status: 'failed', error: { code: null, message } })]));
  user.store.dispatch(answer([snapshot({ id: 'a', status: 'succeeded' })]));
  user.store.dispatch(health({ state: 'offline', message: 'no such host', since: 1 }));
  user.press('e');
  return user;
}
const entries = (user: ReturnType<typeof looking>) =>
  user.screen().filter(line => /^[> ] \d\d:\d\d:\d\d|^ {12}\s/.test(line));

describe('the event log', () => {
  it('is in columns: when, about which task or source, and what', () => {
    const lines = entries(looking());
    const start = (line: string, word: string) => cellWidth(line.slice(0, line.indexOf(word)));
    expect(lines[0]).toMatch(/^> \d\d:\d\d:\d\d {2}ccapi +offline no such host$/);
    expect(lines[1]).toMatch(/^ {2}\d\d:\d\d:\d\d {2}Rope +✓ running → succeeded$/);
    expect(lines[2]).toMatch(/^ {2}\d\d:\d\d:\d\d {2}Sand on the harbour… {2}✗ running → failed: lyric too/);
    const places = [
      start(lines[0] ?? '', 'offline'),
      start(lines[1] ?? '', 'running'),
      start(lines[2] ?? '', 'running'),
    ];
    expect(new Set(places).size).toBe(1);
  });

  it('calls a task by the name that it has now', () => {
    const user = createTestUser([task({ id: 'a', status: 'queued', prompt: 'a song about ropes' })]);
    user.store.dispatch(answer([snapshot({ id: 'a', status: 'running' })]));
    user.store.dispatch(answer([snapshot({ id: 'a', status: 'running', clips: [clip({ title: 'Rope' })] })]));
    user.press('e');
    expect(entries(user)[0]).toMatch(/Rope +▸ queued → running$/);
  });

  it('goes on below, in its own column, where a line is too narrow', () => {
    const lines = entries(looking(44));
    const from = lines.findIndex(line => line.includes('Sand'));
    const text = lines.slice(from).map(line => line.slice(25));
    expect(text.join(' ')).toBe(`running → failed: ${message}`);
    expect(lines[from]).toContain('✗ running');
    for (const line of lines.slice(from + 1)) expect(line).toMatch(/^ {25}\S/);
  });

  it('Enter goes to the task, also where a filter or a tab hides it', () => {
    const user = looking();
    user.press('escape', '2', 'e', 'j', 'j', 'enter');
    expect(user.state().overlays).toEqual([]);
    expect(user.state().tab).toBe('all');
    expect(user.selected()).toBe('b');
  });

  it('Enter says why it goes nowhere', () => {
    const user = looking();
    user.press('enter');
    expect(user.flash()).toBe('that is about no task');
    user.store.dispatch({ type: 'remove', keys: [rope.key], undoable: true });
    user.press('j', 'enter');
    expect(user.flash()).toBe('that task is no longer on the list');
    expect(user.state().overlays).toHaveLength(1);
  });

  it('Enter over the log that details opened shows those of that task', () => {
    const user = looking();
    user.press('escape', 'enter', 'e', 'G', 'enter');
    expect(user.state().overlays).toEqual([{ kind: 'details', key: sand.key, raw: false }]);
  });

  it('keeps the entry that is selected while others arrive above it', () => {
    const user = looking();
    user.press('j');
    user.store.dispatch({ type: 'note', at: 99_000, text: 'something else' });
    expect(entries(user)[2]).toMatch(/^> .*Rope/);
    user.press('g');
    expect(entries(user)[0]).toMatch(/^> .*cliptop +something else/);
  });

  it('/ filters it by words of any column', () => {
    const user = looking();
    user.press('/');
    user.type('rope');
    expect(entries(user)).toHaveLength(1);
    user.press('enter', 'enter');
    expect(user.selected()).toBe('a');
  });

  it('passes an entry that is higher than a page', () => {
    const user = createTestUser([rope], { size: { columns: 44, rows: 12 } });
    for (const text of ['first', 'x'.repeat(400), 'last']) user.store.dispatch({ type: 'note', at: 0, text });
    user.press('e', 'pagedown', 'pagedown');
    expect(user.screen().some(line => line.startsWith('>') && line.includes('first'))).toBe(true);
    user.press('ctrl-u', 'ctrl-u');
    expect(user.screen().some(line => line.startsWith('>') && line.includes('last'))).toBe(true);
  });

  it('says that nothing has happened yet', () => {
    const user = createTestUser([rope]);
    user.press('e', 'j', 'enter');
    expect(user.screen().join('\n')).toContain('nothing has happened so far: Esc closes this');
    expect(user.flash()).toBe('that is about no task');
  });
});
