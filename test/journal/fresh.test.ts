import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { realDisk } from '../../source/journal/disk.ts';
import {
  finished,
  follow,
  idsIn,
  idsOf,
  keyOf,
  listed,
  listNames,
  look,
  newFolder,
  nothing,
  open,
  systemError,
  textOf,
} from './helpers.ts';

const now = () => Date.UTC(2026, 10, 21, 20, 1, 7);
const dated = 'last-20261121T200107Z';
const addLine = (id: string) => `${JSON.stringify({ type: 'add', ...listed(id) })}\n`;

afterEach(() => {
  vi.useRealTimers();
});

describe('a fresh list', () => {
  test('is a file of its own, also twice in a second, and becomes the last one', () => {
    const folder = newFolder();
    for (const id of ['a', 'b', 'c']) {
      const { journal, restored } = open(folder, { fresh: true, now });
      expect(restored.tasks).toEqual([]);
      journal.add([listed(id)]);
      journal.close();
      expect(idsIn(folder)).toEqual([id]);
    }
    expect(listNames(folder).sort()).toEqual([dated, `${dated}-2`, `${dated}-3`]);
    expect(readFileSync(join(folder, 'last'), 'utf8')).toBe(`${dated}-3\n`);
    expect(idsIn(folder, dated)).toEqual(['a']);
    expect(idsIn(folder, `${dated}-2`)).toEqual(['b']);
    expect(readdirSync(folder)).toHaveLength(4);
  });

  test('leaves a cliptop that runs on the one before alone, and its file where it is', () => {
    const folder = newFolder();
    const old = open(folder);
    old.journal.add([listed('a')]);
    const next = open(folder, { fresh: true, now });
    next.journal.add([listed('b')]);
    old.journal.add([listed('c')]);
    old.journal.finish([finished('a')]);
    expect(old.journal.path).toBe(join(folder, 'last.jsonl'));
    expect(idsIn(folder)).toEqual(['b']);
    expect(idsIn(folder, 'last.jsonl')).toEqual(['a', 'c']);
  });

  test('changes nothing about a damaged one before it', () => {
    const folder = newFolder();
    const text = `{"cliptop":1}\ngarbage\n${addLine('a')}`;
    writeFileSync(join(folder, 'last.jsonl'), text);
    open(folder, { fresh: true, now }).journal.add([listed('b')]);
    expect(idsIn(folder)).toEqual(['b']);
    expect(textOf(folder)).toBe(text);
    const { tasks, notices } = look(folder, 'last.jsonl');
    expect(idsOf(tasks)).toEqual(['a']);
    expect(notices).toHaveLength(1);
  });

  test('is shared by whoever opens the last list later', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const one = follow(folder, { fresh: true });
    one.journal.add([listed('a')]);
    const other = follow(folder);
    other.journal.add([listed('b')]);
    expect(one.heard()).toEqual({ ...nothing, added: ['b'] });
  });
});

test('a list that is only read is followed, and not changed', () => {
  vi.useFakeTimers();
  const folder = newFolder();
  open(folder).journal.add([listed('a')]);
  const { journal, heard } = follow(folder, { readOnly: true });
  journal.add([listed('b')]);
  journal.finish([finished('a')]);
  journal.remove([keyOf('a')]);
  open(folder).journal.add([listed('c')]);
  expect(heard()).toEqual({ ...nothing, added: ['c'] });
  expect(journal.close()).toBe(0);
  expect(look(folder).tasks).toMatchObject([{ id: 'a', status: 'pending' }, { id: 'c' }]);
  expect(readdirSync(folder)).toEqual(['last.jsonl']);
});

describe('the pointer', () => {
  test('is not needed: without it last.jsonl is the last list', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'last.jsonl'), `{"cliptop":1}\n${addLine('a')}`);
    writeFileSync(join(folder, `${dated}.jsonl`), `{"cliptop":1}\n${addLine('b')}`);
    expect(idsIn(folder)).toEqual(['a']);
    expect(idsIn(folder, dated)).toEqual(['b']);
  });

  test.each(['', '../../etc/passwd\n', '\0\0\0\0', 'no list of that name'])('that says %j does no harm', text => {
    const folder = newFolder();
    writeFileSync(join(folder, 'last'), text);
    open(folder).journal.add([listed('a')]);
    expect(idsIn(folder)).toEqual(['a']);
    open(folder, { fresh: true }).journal.add([listed('b')]);
    expect(idsIn(folder)).toEqual(['b']);
  });

  test('that cannot be replaced is told about, and replaced when it can be', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    open(folder).journal.add([listed('a')]);
    let isStuck = true;
    const rename = (from: string, to: string) => {
      if (isStuck) throw systemError('EACCES');
      realDisk.rename(from, to);
    };
    const { journal, problems, heard } = follow(folder, { fresh: true, now, disk: { ...realDisk, rename } });
    journal.add([listed('b')]);
    expect(problems).toEqual([expect.stringContaining('cannot be saved: permission denied')]);
    expect(idsIn(folder)).toEqual(['a']);
    isStuck = false;
    for (let look = 0; look < 10; look++) heard();
    expect(problems.slice(1)).toEqual([null]);
    expect(idsIn(folder)).toEqual(['b']);
    expect(readdirSync(folder).sort()).toEqual(['last', `${dated}.jsonl`, 'last.jsonl'].sort());
  });
});

test('a list may be named as its file is', () => {
  const folder = newFolder();
  open(folder, { name: 'work' }).journal.add([listed('a')]);
  expect(idsIn(folder, 'work.jsonl')).toEqual(['a']);
});
