import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { finished, follow, idsIn, keyOf, listed, listNames, look, newFolder, nothing, open } from './helpers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A fresh list whose first id is still to come, beside the last list with one id on it. */
function wait() {
  const folder = newFolder();
  open(folder).journal.add([listed('old')]);
  return { folder, ...follow(folder, { fresh: true }) };
}

describe('a fresh list that waits for its first id', () => {
  test('leaves the last list alone as long as none comes', () => {
    const { folder, journal, heard } = wait();
    journal.add([]);
    journal.remove([keyOf('old')]);
    journal.finish([finished('old')]);
    expect(heard()).toEqual(nothing);
    journal.close();
    expect(readdirSync(folder)).toEqual(['last.jsonl']);
    expect(look(folder).tasks).toMatchObject([{ id: 'old', status: 'pending' }]);
  });

  test('becomes the last one with its first id', () => {
    const { folder, journal } = wait();
    journal.add([listed('a')]);
    expect(idsIn(folder)).toEqual(['a']);
    expect(listNames(folder)).toHaveLength(2);
  });

  test('takes in what is added to the last list meanwhile, and becomes the last one', () => {
    const { folder, journal, heard } = wait();
    const other = open(folder).journal;
    other.add([listed('a'), listed('b')]);
    other.finish([finished('b'), finished('old')]);
    expect(heard()).toEqual({ ...nothing, added: ['a', 'b'], finished: [finished('b')] });
    expect(look(folder).tasks).toMatchObject([{ id: 'a' }, finished('b')]);
    journal.add([listed('c')]);
    expect(idsIn(folder)).toEqual(['a', 'b', 'c']);
    other.add([listed('d')]);
    open(folder).journal.add([listed('e')]);
    expect(heard()).toEqual({ ...nothing, added: ['e'] });
  });

  test('takes in what was added just before its first id, too', () => {
    const { folder, journal, heard } = wait();
    open(folder).journal.add([listed('a')]);
    journal.add([listed('b')]);
    expect(heard()).toEqual({ ...nothing, added: ['a'] });
    expect(idsIn(folder)).toEqual(['b', 'a']);
  });
});
