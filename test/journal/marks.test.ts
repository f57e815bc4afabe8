import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { follow, finished, keyOf, listed, look, newFolder, open, smallDisk, textOf } from './helpers.ts';

const song = { key: keyOf('a'), clip: 0, what: 'audio', path: '/music/雨の夜 [c1].mp3', bytes: 1234, at: 5_000 };
const ended = { key: keyOf('a'), event: 'task' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what was saved where', () => {
  test('comes back, in order, however often the same file was saved', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    journal.add([listed('a')]);
    journal.saved(song);
    journal.saved({ ...song, at: 6_000, path: '/other.mp3' });
    expect(journal.close()).toBe(0);
    expect(look(folder).marks).toEqual([
      { type: 'saved', ...song },
      { type: 'saved', ...song, at: 6_000, path: '/other.mp3' },
    ]);
  });

  test('says nothing of the list, and is no change of it to another cliptop', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    journal.add([listed('a')]);
    const other = follow(folder);
    journal.finish([finished('a')]);
    expect(other.heard().finished).toHaveLength(1);
    journal.saved(song);
    journal.claim([ended]);
    expect(other.heard()).toEqual({ added: [], removed: [], finished: [] });
    expect(look(folder).tasks).toEqual([finished('a')]);
  });

  test('is written again to a list that took the place of the one it stood in', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    journal.add([listed('a')]);
    journal.saved(song);
    expect(journal.claim([ended])).toEqual(['ours']);
    renameSync(join(folder, 'last.jsonl'), join(folder, 'moved.txt'));
    journal.add([listed('b')]);
    expect(look(folder).marks).toMatchObject([{ type: 'saved' }, { type: 'hook', ...ended }]);
    expect(journal.claim([ended])).toEqual(['taken']);
  });
});

describe('a hook', () => {
  test('is claimed once, by whoever comes first, also after a restart', () => {
    const folder = newFolder();
    const first = open(folder).journal;
    first.add([listed('a'), listed('b')]);
    const second = open(folder).journal;
    expect(first.claim([ended, { ...ended, key: keyOf('b') }])).toEqual(['ours', 'ours']);
    expect(second.claim([ended, { ...ended, event: 'missing' }])).toEqual(['taken', 'ours']);
    expect(first.claim([ended])).toEqual(['taken']);
    for (const journal of [first, second]) journal.close();
    expect(open(folder).journal.claim([ended])).toEqual(['taken']);
  });

  test('is not started as long as the disk does not take that it is', () => {
    const folder = newFolder();
    open(folder).journal.add([listed('a')]);
    const { disk, state } = smallDisk(0);
    const { journal } = open(folder, { disk });
    expect(journal.claim([ended])).toEqual(['unsaved']);
    state.budget = Infinity;
    // It was said not to be: it stays so.
    expect(journal.claim([ended])).not.toContain('ours');
  });

  test('of a list that is only read is started unless the list knows of it, and leaves nothing in it', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    journal.add([listed('a')]);
    const reader = open(folder, { readOnly: true }).journal;
    const before = textOf(folder);
    expect(reader.claim([ended])).toEqual(['ours']);
    expect(textOf(folder)).toBe(before);
    journal.claim([ended]);
    expect(open(folder, { readOnly: true }).journal.claim([ended])).toEqual(['taken']);
  });
});
