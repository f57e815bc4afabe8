import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listNames } from '../../source/journal/journal.ts';
import { finished, idsIn, idsOf, listed, look, newFolder, open } from './helpers.ts';

const write = (folder: string, text: string | Buffer, name = 'last') => {
  writeFileSync(join(folder, `${name}.jsonl`), text);
};

describe('a list started anew', () => {
  const now = () => Date.UTC(2026, 10, 21, 20, 1, 7);

  test('puts the old one away under a dated name, also twice in a second', () => {
    const folder = newFolder();
    for (const id of ['a', 'b', 'c']) {
      const { journal, restored } = open(folder, { anew: true, now });
      expect(restored.tasks).toEqual([]);
      journal.add([listed(id)]);
      journal.close();
    }
    expect(idsIn(folder)).toEqual(['c']);
    expect(listNames(folder).sort()).toEqual(['last', 'last-20261121T200107Z', 'last-20261121T200107Z-2']);
    expect(idsIn(folder, 'last-20261121T200107Z')).toEqual(['a']);
    expect(idsIn(folder, 'last-20261121T200107Z-2')).toEqual(['b']);
  });

  test('leaves a cliptop that runs on the old one alone', () => {
    const folder = newFolder();
    const old = open(folder);
    old.journal.add([listed('a')]);
    const next = open(folder, { anew: true, now });
    next.journal.add([listed('b')]);
    old.journal.add([listed('c')]);
    old.journal.finish([finished('a')]);
    expect(old.journal.path).toBe(join(folder, 'last-20261121T200107Z.jsonl'));
    expect(idsIn(folder)).toEqual(['b']);
    expect(idsIn(folder, 'last-20261121T200107Z')).toEqual(['a', 'c']);
  });

  test('a damaged list is put away as it is, and salvaged when it is opened', () => {
    const folder = newFolder();
    write(folder, '{"cliptop":1}\n');
    appendFileSync(join(folder, 'last.jsonl'), `garbage\n${JSON.stringify({ type: 'add', ...listed('a') })}\n`);
    open(folder, { anew: true, now }).journal.add([listed('b')]);
    expect(idsIn(folder)).toEqual(['b']);
    const { tasks, notices } = look(folder, 'last-20261121T200107Z');
    expect(idsOf(tasks)).toEqual(['a']);
    expect(notices).toHaveLength(1);
  });
});
