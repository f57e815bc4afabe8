import { describe, expect, it } from 'vitest';
import { defaultKeymap } from '../../source/keymap.ts';
import type { State } from '../../source/store/state.ts';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const song = task({ id: 'task_a', status: 'succeeded', clips: [clip({ audioUrl: 'https://x.example/1.mp3' })] });
const newUser = (overrides: Partial<State> = {}) =>
  createTestUser([song, task({ id: 'task_b' })], { size: { columns: 80, rows: 20 }, ...overrides });

/** What stands on the rows of commands: the chosen one begins with `>`. */
const rows = (user: ReturnType<typeof newUser>) => user.screen().slice(4, -1).filter(Boolean);
const chosen = (user: ReturnType<typeof newUser>) => rows(user).find(row => row.startsWith('>'));

describe('the palette', () => {
  it('lists every command but itself, with its key', () => {
    const user = newUser({ size: { columns: 80, rows: 90 } });
    user.press(':');
    expect(rows(user)).toHaveLength(defaultKeymap.length - 1);
    expect(rows(user).join('\n')).toMatch(/> y c +copy the audio URL\(s\) +copy-url/);
  });

  it('runs what is typed a part of, and is gone then', () => {
    const user = newUser();
    user.press(':');
    user.type('copyid');
    user.press('enter');
    expect(user.copied).toEqual([{ lines: ['task_b'], what: '1 id' }]);
    expect([user.state().overlays, user.state().prompt]).toEqual([[], null]);
  });

  it('chooses with the arrows, ctrl-n and ctrl-p, and by pages, and stops at both ends', () => {
    const user = newUser();
    user.press(':');
    const first = chosen(user);
    user.press('down', 'ctrl-n', 'up', 'ctrl-p', 'up');
    expect(chosen(user)).toBe(first);
    user.press('pagedown', 'pagedown', 'pagedown', 'pagedown', 'pagedown', 'down');
    expect(chosen(user)).toContain('half a page up');
    expect(user.screen()[3]).toMatch(/\d+-54 of 54|\d+-(\d+) of \1$/);
    user.press('pageup', 'pageup', 'pageup', 'pageup', 'pageup');
    expect(chosen(user)).toBe(first);
  });

  it('keeps the window where it is while what is chosen is inside it', () => {
    const user = newUser();
    user.press(':', 'pagedown', 'pagedown');
    const [top] = rows(user);
    user.press('up');
    expect(rows(user)[0]).toBe(top);
  });

  it('chooses the best match again when more is typed, and takes letters back', () => {
    const user = newUser();
    user.press(':', 'down', 'down', 'u');
    expect(chosen(user)).toContain('undo the last removal');
    user.press('n', 'm');
    expect(chosen(user)).toContain('clear the marks');
    user.press('ctrl-u');
    expect(chosen(user)).toBe(rows(user)[0]);
  });

  it('finds a command by the key that it has, as it is written', () => {
    const user = newUser();
    user.press(':', 'D');
    expect(chosen(user)).toContain('save the files');
    user.press('ctrl-u');
    user.type('PgDn');
    expect(chosen(user)).toContain('page down');
  });

  it('says that a word is no command, does nothing at Enter, and goes on', () => {
    const user = newUser();
    user.press(':');
    user.type('zzz');
    expect(rows(user)).toEqual(['no command for "zzz": ctrl-u clears it']);
    user.press('enter', 'down');
    expect(user.state().overlays).toHaveLength(1);
    user.press('ctrl-u', 'escape');
    expect([user.state().overlays, user.state().prompt, user.left]).toEqual([[], null, []]);
  });

  it('shows what cannot act now with the reason, and says it again when it is run', () => {
    const user = newUser();
    user.press(':');
    user.type('undo');
    expect(chosen(user)).toMatch(/undo the last removal +nothing to undo/);
    user.press('enter');
    expect([user.flash(), user.state().overlays]).toEqual(['nothing to undo', []]);
  });

  it('acts on the details that it is opened over', () => {
    const user = newUser();
    user.press('j', 'enter', ':');
    user.type('copy-url');
    expect(chosen(user)).toContain('copy the audio URL(s)');
    user.press('enter');
    expect(user.copied).toHaveLength(1);
    expect(user.state().overlays.map(({ kind }) => kind)).toEqual(['details']);
    user.press(':');
    user.type('mark-all');
    expect(chosen(user)).toMatch(/not over the details: Esc closes it/);
  });

  it('lets ctrl-c leave', () => {
    const user = newUser();
    user.press(':', 'ctrl-c');
    expect(user.left).toEqual(['interrupt']);
  });

  it('takes a paste as what is typed', () => {
    const user = newUser();
    user.press(':');
    user.paste('copy\nurl');
    expect(chosen(user)).toContain('copy the audio URL(s)');
    expect(user.copied).toEqual([]);
  });
});
