import { describe, expect, it } from 'vitest';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const url = (name: string) => `https://cdn.example/${name}.mp3`;
const song = (name: string) => clip({ id: name, title: name.toUpperCase(), audioUrl: url(name) });
const done = (id: string, ...names: readonly string[]) => task({ id, status: 'succeeded', clips: names.map(song) });
const a = task({ id: 'a', status: 'running' });
const b = done('b', 'one');
const c = done('c', 'two', 'three');
const d = task({ id: 'd', status: 'failed' });
const all = [a, b, c, d];
/** The flash after all pending promises have settled. */
const settled = () => new Promise(resolve => setImmediate(resolve));

describe('copying', () => {
  it('takes the audio URLs of the selected task', async () => {
    const user = createTestUser([c]);
    user.press('y');
    expect(user.copied).toEqual([{ lines: [url('two'), url('three')], what: '2 URLs' }]);
    await settled();
    expect(user.flash()).toBe('done');
  });

  it('takes those of all marked tasks at once', () => {
    const user = createTestUser(all);
    user.press('*', 'y');
    expect(user.copied).toEqual([{ lines: ['one', 'two', 'three'].map(url), what: '3 URLs' }]);
  });

  it('keeps the order of the screen, for marks, ranges and all', () => {
    const sorted = { sort: { column: 'title', descending: true } } as const;
    const songs = ['x', 'y', 'z'].map(name => done(name, name));
    const marked = createTestUser(songs, sorted);
    marked.press('space', 'space', 'y');
    expect(marked.copied[0]?.lines).toEqual(['z', 'y'].map(url));
    const ranged = createTestUser(songs, sorted);
    ranged.press('v', 'j', 'j', 'Y');
    expect(ranged.copied[0]?.lines).toEqual(['z', 'y', 'x']);
    const every = createTestUser([a, ...songs]);
    every.press('*', 'Y');
    expect(every.copied[0]?.lines).toEqual(every.shown());
  });

  it('leaves alone what is marked but hidden by a filter', () => {
    const user = createTestUser([done('x', 'x'), done('y', 'y'), done('z', 'z')]);
    user.press('*', '/');
    user.type('title:z');
    user.press('enter', 'Y');
    expect(user.copied[0]?.lines).toEqual(['z']);
  });

  it('says that the URL of a song which is not finished is a preview', () => {
    const streaming = task({ id: 's', status: 'running', clips: [song('stream')] });
    const one = createTestUser([streaming]);
    one.press('y');
    expect(one.copied[0]?.what).toBe('1 URL (preview)');
    const some = createTestUser([streaming, c]);
    some.press('*', 'y');
    expect(some.copied[0]?.what).toBe('3 URLs (1 preview)');
    const both = createTestUser([streaming, { ...streaming, id: 't', key: 'ccapi/producer:t' }]);
    both.press('*', 'y');
    expect(both.copied[0]?.what).toBe('2 URLs (preview)');
  });

  it('takes video and files where there is no audio', () => {
    const clips = [
      clip({ videoUrl: 'https://x.example/v.mp4' }),
      clip({ fileUrl: 'https://x.example/stems.zip' }),
      clip(),
    ];
    const user = createTestUser([task({ clips })]);
    user.press('c');
    expect(user.copied[0]?.lines).toEqual(['https://x.example/v.mp4', 'https://x.example/stems.zip']);
  });

  it('says so when there is nothing to copy yet', () => {
    const user = createTestUser([a]);
    user.press('y');
    expect(user.copied).toEqual([]);
    expect(user.flash()).toBe('nothing to copy: no audio URL yet');
  });

  it('says nothing of "yet" where nothing more is to come', () => {
    const user = createTestUser([task({ status: 'failed' })]);
    user.press('y');
    expect(user.flash()).toBe('nothing to copy: no audio URL');
    user.press('o');
    expect(user.flash()).toBe('nothing to open: no audio URL');
    user.press('t');
    expect(user.flash()).toBe('there are no clips');
  });

  it('takes the ids', () => {
    const user = createTestUser(all);
    user.press('Y', 'space', 'space', 'Y');
    expect(user.copied).toEqual([
      { lines: ['a'], what: '1 id' },
      { lines: ['a', 'b'], what: '2 ids' },
    ]);
  });
});

describe('opening', () => {
  it('plays the only clip at once', async () => {
    const user = createTestUser([b]);
    user.press('o');
    await settled();
    expect(user.opened).toEqual([{ url: url('one'), player: null }]);
    expect(user.flash()).toBe('done');
  });

  it('lists several clips, and a digit opens one', () => {
    const user = createTestUser([c, d]);
    user.press('o');
    expect(user.screen().join('\n')).toMatch(/open which.*\n> 1 {2}TWO \(1\)\n {2}2 {2}THREE \(2\)/);
    user.press('3');
    expect([user.opened, user.flash()]).toEqual([[], 'there is no 3']);
    user.press('2');
    expect(user.opened).toEqual([{ url: url('three'), player: null }]);
    expect(user.state()).toMatchObject({ overlays: [], tab: 'all' });
  });

  it('lists the clips of all marked tasks', () => {
    const user = createTestUser([b, c]);
    user.press('*', 'o', '1');
    expect(user.opened).toEqual([{ url: url('one'), player: null }]);
  });

  it('lists them by j, k and Enter, also more than there are digits', () => {
    const user = createTestUser([done('many', ...Array.from('abcdefghijkl'))]);
    user.press('o', 'j', 'j', 'k', 'enter');
    expect(user.opened.map(each => each.url)).toEqual([url('b')]);
    user.press('o', 'G', 'k', 'enter');
    expect(user.opened.at(-1)?.url).toBe(url('l'));
    user.press('o', '9');
    expect(user.opened.at(-1)?.url).toBe(url('i'));
    user.press('o', 'k');
    expect(user.flash()).toBe('that is the first row');
  });

  it('plays all of them one after another, from their line and by a', async () => {
    const user = createTestUser([done('many', ...Array.from('abc'))]);
    user.press('o', 'G', 'enter');
    await settled();
    expect(user.opened.map(each => each.url)).toEqual(['a', 'b', 'c'].map(url));
    expect(user.flash()).toBe('3 of 3: done');
    user.press('o', 'a');
    await settled();
    expect(user.opened).toHaveLength(6);
  });

  it('plays all that the filter leaves', async () => {
    const user = createTestUser([done('many', 'one', 'two', 'twofold')]);
    user.press('o', '/');
    user.type('two');
    user.press('down', 'up', 'enter', 'a');
    await settled();
    expect(user.opened.map(each => each.url)).toEqual(['two', 'twofold'].map(url));
  });

  it('closes the list with Esc', () => {
    const user = createTestUser([c]);
    user.press('o', 'escape', '1');
    expect(user.opened).toEqual([]);
    expect(user.state().overlays).toEqual([]);
  });

  it('uses the player that was named', () => {
    const user = createTestUser([c]);
    user.press('O');
    user.type('mpv --no-video');
    user.press('enter', '1');
    expect(user.opened).toEqual([{ url: url('two'), player: 'mpv --no-video' }]);
  });

  it('offers the player that was named last', () => {
    const user = createTestUser([b]);
    user.press('O');
    user.type('mpv');
    user.press('enter', 'O');
    user.type(' --loop');
    user.press('enter');
    expect(user.opened.map(({ player }) => player)).toEqual(['mpv', 'mpv --loop']);
  });

  it('says so when there is nothing to open yet', () => {
    const user = createTestUser([a]);
    user.press('o');
    expect(user.flash()).toBe('nothing to open: no audio URL yet');
  });
});
