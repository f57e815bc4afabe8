import { describe, expect, it } from 'vitest';
import type { State } from '../../source/store/state.ts';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const url = (name: string) => `https://cdn.example/${name}.mp3`;
const song = (name: string) => clip({ id: `clip-${name}`, title: name, audioUrl: url(name) });
const first = task({ id: 'a', status: 'succeeded', clips: [song('One'), song('Two'), song('Three')] });
const second = task({ id: 'b', status: 'succeeded', clips: [song('Four')] });
const size = { columns: 80, rows: 24 };

/** Somebody who has unfolded the first task, and has pressed these keys since. */
function unfolded(keys: readonly string[] = [], overrides: Partial<State> = {}) {
  const user = createTestUser([first, second], { size, sort: { column: 'id', descending: false }, ...overrides });
  user.press('t', ...keys);
  return user;
}
const chosen = (user: ReturnType<typeof unfolded>) => user.screen().filter(line => line.startsWith('>'));

describe('the clips of an unfolded task', () => {
  it('are rows that the selection goes through, one by one', () => {
    const titles = ['One \\+2', '└ One', '└ Two', '└ Three', 'Four', 'Four'];
    for (const [steps, title] of titles.entries()) {
      const user = unfolded(Array.from({ length: steps }, () => 'j'));
      expect(chosen(user)).toHaveLength(1);
      expect(chosen(user)[0]).toMatch(new RegExp(`^> .*${title}`));
    }
    expect(chosen(unfolded(['G', 'k']))[0]).toContain('└ Three');
    expect(chosen(unfolded(['j', 'j', 'g']))[0]).toContain('One +2');
  });

  it('are copied one by one, and all of them from the row of the task', () => {
    const two = unfolded(['j', 'j', 'y']);
    expect(two.copied).toEqual([{ lines: [url('Two')], what: '1 URL' }]);
    two.press('Y');
    expect(two.copied[1]).toEqual({ lines: ['clip-Two'], what: '1 clip id' });
    expect(unfolded(['y']).copied[0]?.lines).toEqual(['One', 'Two', 'Three'].map(url));
  });

  it('are opened one by one, without a question', () => {
    expect(unfolded(['j', 'j', 'j', 'o']).opened).toEqual([{ url: url('Three'), player: null }]);
  });

  it('are part of their task for every other key', () => {
    expect(unfolded(['j', 'j', 'd']).shown()).toEqual(['b']);
    expect(unfolded(['j', 'r']).flash()).toBe('asking about 1 task');
    const details = unfolded(['j', 'enter']);
    expect(details.state().overlays).toMatchObject([{ kind: 'details', key: first.key }]);
    details.press('y');
    expect(details.copied[0]?.lines).toEqual(['One', 'Two', 'Three'].map(url));
  });

  it('give the selection back to their task when it is folded', () => {
    const user = unfolded(['j', 'j', 't']);
    expect(chosen(user)[0]).toContain('One +2');
    user.press('j');
    expect(chosen(user)[0]).toContain('Four');
  });

  it('are marked with their task, and the next mark is on the next one', () => {
    expect(unfolded(['space', 'space']).marked()).toEqual(['a', 'b']);
    expect(unfolded(['j', 'j', 'space', 'space']).marked()).toEqual(['a', 'b']);
    expect(unfolded(['j', 'v', 'j', 'j', 'j']).marked()).toEqual(['a', 'b']);
  });

  it('give way to marks', () => {
    expect(unfolded(['space', 'k', 'k', 'y']).copied[0]?.lines).toEqual(['One', 'Two', 'Three'].map(url));
  });

  it('are on the screen when they are selected, however many there are', () => {
    const many = task({
      id: 'many',
      status: 'succeeded',
      clips: Array.from({ length: 30 }, (_, at) => song(`Take ${at}`)),
    });
    const user = createTestUser([many], { size: { columns: 80, rows: 12 } });
    user.press('t');
    for (let at = 0; at < 30; at++) {
      user.press('j');
      expect(chosen(user)[0]).toMatch(new RegExp(`└ Take ${at}( |$)`));
    }
  });

  it('leave the task selected when the selected one is gone', () => {
    const user = unfolded(['j', 'j', 'j']);
    user.store.dispatch({ type: 'remove', keys: [first.key], undoable: true });
    expect(chosen(user)[0]).toContain('Four');
    user.press('u');
    expect(chosen(user)[0]).toContain('One +2');
  });
});

describe('a clip that can be heard before its task has ended', () => {
  const running = task({ id: 'r', status: 'running', progress: 50, clips: [song('Stream'), clip({ title: 'Later' })] });
  const silent = task({ id: 's', status: 'running', progress: 50, clips: [clip({ title: 'Silent' })] });
  const user = createTestUser([running, silent, first], { size });

  it('is called a preview in the row of the task', () => {
    const line = (name: string) => user.screen().find(each => each.includes(name));
    expect(line('Stream')).toContain('Stream +1 · preview');
    expect(line('Silent')).not.toContain('preview');
    expect(line('One')).not.toContain('preview');
  });

  it('and in its own row', () => {
    user.press('t');
    const rows = user.screen().filter(line => line.includes('└'));
    expect(rows[0]).toMatch(/^ +preview +└ Stream/);
    expect(rows[1]).not.toContain('preview');
  });

  it('is found by the word', () => {
    user.press('/');
    user.type('preview');
    expect(user.shown()).toEqual(['r']);
  });

  it('says so beside a long title, rather than how many clips there are', () => {
    const long = { ...running, clips: [song('A very long title '.repeat(10)), song('Two')] };
    const lines = createTestUser([long], { size: { ...size, columns: 84 } }).screen();
    expect(lines[4]).toMatch(/A very lo… · preview /);
  });
});
