import { describe, expect, it } from 'vitest';
import { earlierFiles, isBelow } from '../../source/app/earlier-files.ts';
import type { Mark } from '../../source/journal/journal.ts';

const saved = (path: string, more: object = {}): Mark => ({
  ...{ type: 'saved', key: 'a', clip: 0, what: 'audio', path, bytes: 9, at: 1 },
  ...more,
});
const hook = (event: string): Mark => ({ type: 'hook', key: 'a', event, by: 'x' });
const listed = new Map([['a', 0]]);
const pathsOf = (marks: readonly Mark[], isThere = (path: string) => path.startsWith('/there')) =>
  earlierFiles(marks, listed, isThere).map(({ key, path, state }) => `${key} ${path} ${state}`);

describe('what earlier runs saved', () => {
  it('counts as saved while it is there', () => {
    expect(pathsOf([saved('/there/a'), saved('/gone/b', { what: 'cover' })])).toEqual(['a 0 audio /there/a saved']);
  });

  it('is told of each place, the last one last', () => {
    const marks = [saved('/there/b', { at: 2 }), saved('/there/a'), saved('/there/b', { at: 3 })];
    expect(pathsOf(marks).toSorted()).toEqual(['a 0 audio /there/a saved', 'a 0 audio /there/b saved']);
  });

  it('counts as saved, too, where a hook had it: it may have moved it', () => {
    expect(pathsOf([saved('/gone/a'), hook('file 0 audio 0')])).toEqual(['a 0 audio /gone/a saved']);
    expect(pathsOf([saved('/gone/a'), hook('file 1 audio 0'), hook('file 0 cover 0'), hook('task')])).toEqual([]);
  });

  it('is nothing for a task that is not on the list, nor for a kind that is not known', () => {
    expect(pathsOf([saved('/there/a', { key: 'b' }), saved('/there/a', { what: 'smell' })])).toEqual([]);
  });
});

describe('a path below a folder', () => {
  it.each([
    ['/music', '/music/a.mp3', true],
    ['/music', '/music/..a/b.mp3', true],
    ['/music', '/music', false],
    ['/music', '/musical/a.mp3', false],
    ['/music/b', '/music/a.mp3', false],
    ['/', '/a.mp3', true],
  ])('%s: %s %s', (folder, path, is) => {
    expect(isBelow(folder, path)).toBe(is);
  });
});
