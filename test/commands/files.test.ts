import { describe, expect, it } from 'vitest';
import { clip, task } from '../helpers/tasks.ts';
import { createTestUser } from '../helpers/test-user.ts';

const song = (id: string) =>
  task({ id, status: 'succeeded', clips: [clip({ title: id, audioUrl: `https://x.example/${id}.mp3` })] });

describe('D', () => {
  it('asks once for the folder, offering the music folder, and then saves the marked tasks there', () => {
    const user = createTestUser([song('a'), song('b'), song('c')]);
    user.press('space', 'space', 'D');
    expect(user.state().prompt).toMatchObject({ kind: 'folder', line: { text: '/home/me/Music' } });
    user.type('/new');
    user.press('enter');
    expect(user.saved).toEqual([{ ids: ['a', 'b'], folder: '/home/me/Music/new' }]);
    expect(user.flash()).toBe('saving 2 files in /home/me/Music/new');
    user.press('D');
    expect(user.saved[1]).toEqual({ ids: ['a', 'b'], folder: undefined });
  });

  it('says why nothing can be saved in a folder, and asks for another one', () => {
    const user = createTestUser([song('a')]);
    user.press('D', 'ctrl-u');
    user.type('/proc/1');
    user.press('enter');
    expect([user.saved, user.flash()]).toEqual([
      [],
      '/proc/1 cannot be written (permission denied): D asks for another folder',
    ]);
    user.press('D');
    expect(user.state().prompt?.kind).toBe('folder');
  });

  it('asks again, with the reason, when the folder has gone bad meanwhile, and tries it again or takes another', () => {
    const user = createTestUser([song('a')]);
    user.press('D', 'enter');
    user.badFolders.add('/home/me/Music');
    user.press('D');
    expect(user.state().prompt).toMatchObject({ kind: 'folder', line: { text: '/home/me/Music' } });
    expect(user.message()).toBe(
      '/home/me/Music cannot be written (permission denied): Enter tries it again, or name another folder',
    );
    user.press('enter');
    expect(user.flash()).toBe('/home/me/Music cannot be written (permission denied): D asks for another folder');
    user.press('D');
    user.type('2');
    user.press('enter');
    expect(user.saved.at(-1)).toEqual({ ids: ['a'], folder: '/home/me/Music2' });
    user.press('D');
    expect([user.saved.length, user.state().prompt]).toEqual([3, null]);
  });

  it('saves nothing when the prompt is left, and says why when there is nothing to save', () => {
    const user = createTestUser([task({ id: 'a', status: 'running' })]);
    user.press('D');
    expect([user.saved, user.state().prompt]).toEqual([[], null]);
    expect(user.flash()).toBe('nothing to save before a task has ended');
    const silent = createTestUser([task({ id: 'a', status: 'succeeded' })]);
    silent.press('D');
    expect(silent.flash()).toBe('nothing to save: no audio there; --download-what chooses what is saved');
    const left = createTestUser([song('a')]);
    left.press('D', 'escape');
    expect([left.saved, left.state().prompt]).toEqual([[], null]);
    const empty = createTestUser([]);
    empty.press('D');
    expect(empty.flash()).toBe('there is no task yet: a adds some');
  });
});
