import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { realDisk, type Disk } from '../../source/journal/disk.ts';
import { listNames, openJournal } from '../../source/journal/journal.ts';
import { dyingDisk, finished, idsIn, keyOf, listed, look, newFolder, open } from './helpers.ts';

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
  test('while it salvages a damaged list loses no readable line of it', () => {
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
      // The next one ends the work: the original is aside under its last name, and all is well from then on.
      expect(look(folder)).toMatchObject({ tasks: [{ id: 'a' }, finished('b')], notices: [] });
      expect(readdirSync(folder)).toEqual(['last.jsonl', expect.stringMatching(/\.damaged-/)]);
    }
  });

  test('while it starts a list anew loses no old id and mixes none into the new list', () => {
    const folders = atEveryStep(
      folder => {
        const { journal } = open(folder);
        journal.add([listed('a'), listed('b')]);
        journal.finish([finished('a')]);
        journal.close();
      },
      (folder, disk) => {
        openJournal({ folder, name: 'last', disk, anew: true }).journal.add([listed('new')]);
      },
    );
    expect(folders.length).toBeGreaterThan(3);
    for (const folder of folders) {
      const lists = listNames(folder).map(name => idsIn(folder, name).join());
      expect(lists.filter(ids => ids === 'a,b')).toHaveLength(1);
      expect(lists.filter(ids => !['a,b', 'new', ''].includes(ids))).toEqual([]);
    }
  });

  test('while it starts anew a list whose salvage another one left undone keeps old and new apart', () => {
    const folders = atEveryStep(
      folder => {
        writeFileSync(join(folder, 'last.jsonl'), damagedText);
        openJournal({ folder, name: 'last', disk: dyingDisk(1).disk });
        expect(readdirSync(folder)).toEqual([expect.stringContaining('.salvaging-')]);
      },
      (folder, disk) => {
        openJournal({ folder, name: 'last', disk, anew: true }).journal.add([listed('new')]);
      },
    );
    for (const folder of folders) {
      const lists = ['last', ...listNames(folder).filter(name => name !== 'last')].map(name =>
        idsIn(folder, name).join(),
      );
      expect(lists).toContain('a,b');
      expect(lists.filter(ids => !['a,b', 'new', ''].includes(ids))).toEqual([]);
    }
  });
});

describe('what another process does in the worst moment', () => {
  test('adding to a damaged list while it is moved aside: the id comes along', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'last.jsonl'), damagedText.replace('???', ''));
    const other = open(folder);
    writeFileSync(join(folder, 'last.jsonl'), damagedText);
    const disk = {
      ...realDisk,
      rename: (from: string, to: string) => {
        // `other` ends the salvage itself when it finds it begun.
        other.journal.add([listed('before')]);
        realDisk.rename(from, to);
        other.journal.add([listed('after')]);
      },
    };
    open(folder, { disk });
    expect(idsIn(folder).sort()).toEqual(['a', 'after', 'b', 'before']);
    expect(look(folder).tasks).toContainEqual(finished('b'));
  });

  test.each(['add', 'finish', 'remove'] as const)(
    'moving the list aside between a look and an %s: it is done again',
    what => {
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
    },
  );

  test('ending in the midst of a write: the next record of ours marks the rest of it', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    journal.add([listed('a')]);
    appendFileSync(journal.path, '\n{"type":"add","source":"ccapi/pro');
    journal.add([listed('b')]);
    expect(look(folder)).toMatchObject({ tasks: [{ id: 'a' }, { id: 'b' }], notices: [] });
  });

  test('two that find the same damage: one file aside for each, nothing lost', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'last.jsonl'), damagedText);
    let first = true;
    const disk = {
      ...realDisk,
      rename: (from: string, to: string) => {
        if (first) {
          first = false;
          open(folder).journal.add([listed('other')]);
        }
        realDisk.rename(from, to);
      },
    };
    const { restored } = open(folder, { disk });
    expect(restored.tasks.map(({ id }) => id).sort()).toEqual(['a', 'b', 'other']);
    expect(idsIn(folder).sort()).toEqual(['a', 'b', 'other']);
  });

  test('starting the list anew while one is about to write: the record goes to the list it was meant for', () => {
    const folder = newFolder();
    let meddle = false;
    const disk = {
      ...realDisk,
      write: (fd: number, bytes: Uint8Array) => {
        if (meddle) {
          meddle = false;
          open(folder, { anew: true }).journal.add([listed('new')]);
        }
        return realDisk.write(fd, bytes);
      },
    };
    const old = open(folder, { disk });
    old.journal.add([listed('a')]);
    meddle = true;
    old.journal.add([listed('b')]);
    expect(idsIn(folder)).toEqual(['new']);
    expect(listNames(folder).map(name => idsIn(folder, name).join())).toContain('a,b');
  });
});
