import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { realDisk } from '../../source/journal/disk.ts';
import { finished, idsIn, idsOf, listed, look, newFolder, open, systemError, textOf } from './helpers.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a folder that cannot be written to', () => {
  test('is told about; the list is kept in memory and saved when it can be', () => {
    const folder = join(newFolder(), 'file', 'sessions');
    writeFileSync(join(folder, '..'), '');
    const { journal, restored, problems } = open(folder);
    expect(restored.tasks).toEqual([]);
    expect(problems).toEqual([expect.stringContaining('cannot be read: a part of the path is not a folder')]);
    journal.add([listed('a')]);
    journal.add([listed('b')]);
    expect(problems.slice(1)).toEqual([expect.stringContaining('cannot be saved: ')]);

    rmSync(join(folder, '..'));
    mkdirSync(join(folder, '..'));
    journal.finish([finished('b')]);
    expect(problems.slice(2)).toEqual([null]);
    expect(look(folder).tasks).toMatchObject([{ id: 'a' }, finished('b')]);
  });

  test.each(['EROFS', 'EACCES'])('%s: the list is read and followed all the same', code => {
    vi.useFakeTimers();
    const folder = newFolder();
    const owner = open(folder);
    owner.journal.add([listed('a')]);
    const refuse = () => {
      throw systemError(code);
    };
    let isReadOnly = true;
    const { journal, restored, problems } = open(folder, {
      disk: { ...realDisk, open: (...given) => (isReadOnly ? refuse() : realDisk.open(...given)) },
    });
    const added: string[] = [];
    journal.follow(change => added.push(...change.added.map(({ id }) => id)));
    expect(idsOf(restored.tasks)).toEqual(['a']);
    journal.add([listed('mine')]);
    owner.journal.add([listed('b')]);
    vi.advanceTimersByTime(500);
    expect(added).toEqual(['b']);
    expect(problems).toEqual([expect.stringMatching(/read-only|permission denied/)]);
    isReadOnly = false;
    journal.add([listed('more')]);
    expect(idsIn(folder)).toEqual(['a', 'b', 'mine', 'more']);
    expect(problems.slice(1)).toEqual([null]);
  });

  test('does not let a fresh list run into the old one', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    open(folder).journal.add([listed('old')]);
    let isReadOnly = true;
    const disk = {
      ...realDisk,
      writeNew: (...given: Parameters<typeof realDisk.writeNew>) => {
        if (isReadOnly) throw systemError('EROFS');
        realDisk.writeNew(...given);
      },
    };
    const { journal, restored, problems } = open(folder, { disk, fresh: true });
    const changes: unknown[] = [];
    journal.follow(change => changes.push(change));
    journal.add([listed('new')]);
    vi.advanceTimersByTime(10_000);
    expect([restored.tasks, changes]).toEqual([[], []]);
    expect(idsIn(folder)).toEqual(['old']);
    expect(problems).toEqual([expect.stringMatching(/cannot be saved: the file system is read-only/)]);
    isReadOnly = false;
    vi.advanceTimersByTime(10_000);
    expect(idsIn(folder)).toEqual(['new']);
    expect(problems.at(-1)).toBe(null);
  });

  test('does not keep a damaged list from being read', () => {
    const folder = newFolder();
    const text = `{"cliptop":1}\n???\n${JSON.stringify({ type: 'add', ...listed('a') })}\n`;
    writeFileSync(join(folder, 'last.jsonl'), text);
    const disk = {
      ...realDisk,
      writeNew: () => {
        throw systemError('EACCES');
      },
    };
    const { restored } = open(folder, { disk });
    expect(idsOf(restored.tasks)).toEqual(['a']);
    expect(restored.notices).toEqual([expect.stringMatching(/could not be kept aside \(permission denied\)/)]);
    expect(textOf(folder)).toBe(text);
  });
});

test('a disk that does not confirm is told about once, until it does', () => {
  let fails = true;
  const disk = {
    ...realDisk,
    sync: (fd: number) => {
      if (fails) throw systemError('EIO');
      realDisk.sync(fd);
    },
  };
  const { journal, problems } = open(newFolder(), { disk });
  journal.add([listed('a')]);
  journal.add([listed('b')]);
  expect(problems).toEqual([expect.stringContaining('does not confirm')]);
  fails = false;
  journal.add([listed('c')]);
  expect(problems.slice(1)).toEqual([null]);
});

test('a list that is a folder is told about and does no harm', () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'last.jsonl'));
  const { journal, problems } = open(folder);
  journal.add([listed('a')]);
  expect(problems[0]).toContain('a folder stands in its place');
  expect(journal.close()).toBe(1);
});
