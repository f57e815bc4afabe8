import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ListNameError, openJournal } from '../../source/journal/journal.ts';
import { newTask } from '../../source/task/task.ts';
import { finished, idsIn, keyOf, listed, look, listNames, newFolder, open, source, textOf } from './helpers.ts';

const write = (folder: string, text: string | Buffer, name = 'last') => {
  writeFileSync(join(folder, `${name}.jsonl`), text);
};

describe('what was recorded', () => {
  test('ids come back as new tasks in order of addition, removed ones do not', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    journal.add([listed('c', 5), listed('a', 6)]);
    journal.add([listed('b', 7)]);
    journal.remove([keyOf('a')]);
    expect(journal.close()).toBe(0);
    expect(look(folder)).toEqual({ tasks: [newTask(source, 'c', 5), newTask(source, 'b', 7)], marks: [], notices: [] });
  });

  test('a final result comes back whole', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    const failed = finished('b', { status: 'failed', clips: [], error: { code: 'E1', message: 'lyric too long' } });
    journal.add([listed('a'), listed('b')]);
    journal.finish([failed, finished('a')]);
    journal.close();
    expect(look(folder).tasks).toEqual([finished('a'), failed]);
  });

  test('a result that gained a clip replaces the first one, another final state does not', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    const more = finished('a', { clips: [...finished('a').clips, ...finished('a').clips] });
    journal.add([listed('a')]);
    journal.finish([finished('a')]);
    journal.finish([more]);
    journal.finish([finished('a', { status: 'failed' })]);
    expect(look(folder).tasks).toEqual([more]);
  });

  test('a task that is not final is not recorded as a result', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    journal.add([listed('a')]);
    journal.finish([finished('a', { status: 'missing' }), finished('a', { status: 'running' })]);
    expect(look(folder).tasks).toEqual([newTask(source, 'a', 1_000)]);
  });

  test('an id that was removed and added again comes last, with the result it had', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    journal.add([listed('a'), listed('b')]);
    journal.finish([finished('a')]);
    journal.remove([keyOf('a')]);
    expect(idsIn(folder)).toEqual(['b']);
    journal.add([listed('a', 9)]);
    expect(look(folder).tasks).toEqual([newTask(source, 'b', 1_000), finished('a')]);
  });

  test('the same id twice, the same result twice and an unknown removal take no line', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    const task = finished('a');
    journal.add([listed('a'), listed('a')]);
    journal.finish([task]);
    const before = textOf(folder);
    journal.add([listed('a', 77)]);
    journal.finish([task]);
    journal.remove([keyOf('zzz')]);
    expect(textOf(folder)).toBe(before);
  });

  test('opening a list that does not exist makes no file; the first record makes one for its owner only', () => {
    const folder = join(newFolder(), 'deep', 'sessions');
    const { journal, restored } = open(folder);
    expect(restored).toEqual({ tasks: [], marks: [], notices: [] });
    expect(existsSync(folder)).toBe(false);
    journal.add([listed('a')]);
    expect(textOf(folder).split('\n')[0]).toBe('{"cliptop":1}');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(journal.path).mode & 0o777).toBe(0o600);
  });
});

describe('names', () => {
  test.each(['', '.', '..', '../x', 'a/b', '.hidden', '-f', 'a b', 'a\u0000', 'ä', 'x'.repeat(65)])(
    '%j is no name',
    name => {
      expect(() => openJournal({ folder: newFolder(), name })).toThrow(ListNameError);
    },
  );

  test('lists are named with the most recent first, other files are not', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'notes.txt'), '');
    writeFileSync(join(folder, 'last.jsonl.damaged-x'), '');
    write(folder, '', 'one');
    expect(listNames(folder)).toEqual(['one']);
    expect(listNames(join(folder, 'nowhere'))).toEqual([]);
  });
});
