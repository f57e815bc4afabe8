import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { realDisk, type Disk } from '../../source/journal/disk.ts';
import { openJournal } from '../../source/journal/journal.ts';
import { dyingDisk, finished, idsIn, keyOf, listed, look, listNames, newFolder, open } from './helpers.ts';

const damagedText = [
  '{"cliptop":1}',
  JSON.stringify({ type: 'add', ...listed('a') }),
  '???',
  JSON.stringify({ type: 'add', ...listed('b') }),
  JSON.stringify({ type: 'result', task: finished('b') }),
  '',
].join('\n');

/** Runs the work on disks that die after the first, the second, … change, until one lives through it. */
function atEveryStep(prepare: (folder: string) => void, work: (folder: string, disk: Disk) => void) {
  const folders: string[] = [];
  for (let steps = 0; ; steps++) {
    const folder = newFolder();
    prepare(folder);
    const { disk, wasReached } = dyingDisk(steps);
    work(folder, disk);
    folders.push(folder);
    if (!wasReached()) return folders;
    expect(steps).toBeLessThan(50);
  }
}

describe('a process that is killed between any two changes to the disk', () => {
  test('while it keeps a copy of a damaged list loses no line of either', () => {
    const folders = atEveryStep(
      folder => {
        writeFileSync(join(folder, 'last.jsonl'), damagedText);
      },
      (folder, disk) => {
        openJournal({ folder, name: 'last', disk });
      },
    );
    expect(folders.length).toBeGreaterThan(3);
    for (const folder of folders) {
      expect(look(folder).tasks).toMatchObject([{ id: 'a' }, finished('b')]);
      // The next one ends the work: a whole copy is aside, and all is well from then on.
      expect(look(folder)).toMatchObject({ tasks: [{ id: 'a' }, finished('b')], notices: [] });
      const copies = readdirSync(folder).filter(name => name.startsWith('last.jsonl.damaged-'));
      expect(copies.some(name => readFileSync(join(folder, name), 'utf8') === damagedText)).toBe(true);
    }
  });

  test('while it begins a fresh list loses no old id and mixes none into the new list', () => {
    const folders = atEveryStep(
      folder => {
        const { journal } = open(folder);
        journal.add([listed('a'), listed('b')]);
        journal.finish([finished('a')]);
        journal.close();
      },
      (folder, disk) => {
        openJournal({ folder, name: 'last', disk, fresh: true }).journal.add([listed('new')]);
      },
    );
    expect(folders.length).toBeGreaterThan(3);
    for (const folder of folders) {
      const lists = listNames(folder).map(name => idsIn(folder, `${name}.jsonl`).join());
      expect(lists.filter(ids => ids === 'a,b')).toHaveLength(1);
      expect(lists.filter(ids => !['a,b', 'new', ''].includes(ids))).toEqual([]);
      // The last list is the old one or the new one, whole.
      expect(['a,b', 'new']).toContain(idsIn(folder).join());
    }
  });
});

describe('what another process does in the worst moment', () => {
  test('adding to a damaged list while its copy is made: the id is not lost', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'last.jsonl'), damagedText.replace('???', ''));
    const other = open(folder);
    writeFileSync(join(folder, 'last.jsonl'), damagedText);
    const disk: Disk = {
      ...realDisk,
      writeNew: (path, content) => {
        other.journal.add([listed('before')]);
        realDisk.writeNew(path, content);
        other.journal.add([listed('after')]);
      },
    };
    open(folder, { disk });
    expect(idsIn(folder).sort()).toEqual(['a', 'after', 'b', 'before']);
    expect(look(folder).tasks).toContainEqual(finished('b'));
  });

  test.each(['add', 'finish', 'remove'] as const)('damage between a look and an %s: nothing of it is lost', what => {
    const folder = newFolder();
    let meddle = false;
    const disk = {
      ...realDisk,
      write: (fd: number, bytes: Uint8Array) => {
        if (meddle) {
          meddle = false;
          appendFileSync(join(folder, 'last.jsonl'), '???\n');
          expect(look(folder).notices).toHaveLength(1);
        }
        return realDisk.write(fd, bytes);
      },
    };
    const { journal } = open(folder, { disk });
    journal.add([listed('a')]);
    meddle = true;
    if (what === 'add') journal.add([listed('b')]);
    if (what === 'finish') journal.finish([finished('a')]);
    if (what === 'remove') journal.remove([keyOf('a')]);
    expect(idsIn(folder)).toEqual({ add: ['a', 'b'], finish: ['a'], remove: [] }[what]);
    if (what === 'finish') expect(look(folder).tasks).toEqual([finished('a')]);
  });

  test('ending in the midst of a write: the next record of ours marks the rest of it', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    journal.add([listed('a')]);
    appendFileSync(journal.path, '\n{"type":"add","source":"ccapi/pro');
    journal.add([listed('b')]);
    expect(look(folder)).toMatchObject({ tasks: [{ id: 'a' }, { id: 'b' }], notices: [] });
  });

  test('two that find the same damage: a copy for each, nothing lost', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'last.jsonl'), damagedText);
    let first = true;
    const disk: Disk = {
      ...realDisk,
      writeNew: (path, content) => {
        if (first) {
          first = false;
          open(folder).journal.add([listed('other')]);
        }
        realDisk.writeNew(path, content);
      },
    };
    open(folder, { disk });
    expect(idsIn(folder).sort()).toEqual(['a', 'b', 'other']);
    expect(look(folder).notices).toEqual([]);
  });

  test('beginning a fresh list while one is about to write: the record goes to the list it was meant for', () => {
    const folder = newFolder();
    let meddle = false;
    const disk = {
      ...realDisk,
      write: (fd: number, bytes: Uint8Array) => {
        if (meddle) {
          meddle = false;
          open(folder, { fresh: true }).journal.add([listed('new')]);
        }
        return realDisk.write(fd, bytes);
      },
    };
    const old = open(folder, { disk });
    old.journal.add([listed('a')]);
    meddle = true;
    old.journal.add([listed('b')]);
    expect(idsIn(folder)).toEqual(['new']);
    expect(idsIn(folder, 'last.jsonl')).toEqual(['a', 'b']);
  });
});
