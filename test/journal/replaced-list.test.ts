import { appendFileSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { finished, idsIn, keyOf, listed, look, newFolder, open, follow, nothing } from './helpers.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a list that is replaced', () => {
  test('not at all, when another cliptop finds damage in it: both go on with it and miss nothing', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const a = follow(folder);
    const quiet = follow(folder);
    a.journal.add([listed('x'), listed('gone')]);
    a.journal.remove([keyOf('gone')]);
    quiet.heard();
    appendFileSync(a.journal.path, '\n???\n');
    const b = follow(folder);
    expect(b.restored.notices).toHaveLength(1);
    a.journal.add([listed('y')]);
    a.journal.finish([finished('x')]);
    b.journal.add([listed('z')]);
    expect(a.heard()).toEqual({ ...nothing, added: ['z'] });
    expect(b.heard()).toEqual({ ...nothing, added: ['y'], finished: [finished('x')] });
    expect(quiet.heard()).toEqual({ ...nothing, added: ['y', 'z'], finished: [finished('x')] });
    quiet.journal.remove([keyOf('y')]);
    expect(a.heard()).toEqual({ ...nothing, removed: [keyOf('y')] });
    expect(look(folder)).toMatchObject({ tasks: [finished('x'), { id: 'z' }], notices: [] });
    const aside = readdirSync(folder).find(name => name.includes('damaged')) ?? '';
    expect(readFileSync(join(folder, aside), 'utf8')).not.toContain('"y"');
  });

  test('as the last one, by a fresh list: each hears only of its own', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const old = follow(folder);
    old.journal.add([listed('x')]);
    const next = follow(folder, { fresh: true });
    next.journal.add([listed('y')]);
    expect([old.heard(), next.heard()]).toEqual([nothing, nothing]);
    const name = /([^/]*)\.jsonl$/.exec(old.journal.path)?.[1] ?? '';
    expect(name).toBe('last');
    open(folder, { name: `${name}.jsonl` }).journal.add([listed('z')]);
    expect([old.heard(), next.heard()]).toEqual([{ ...nothing, added: ['z'] }, nothing]);
  });

  test('away by a person: what another one had put on it just before is not lost with it', () => {
    const folder = newFolder();
    const { journal } = open(folder);
    journal.add([listed('x')]);
    open(folder).journal.add([listed('y')]);
    unlinkSync(journal.path);
    journal.add([listed('z')]);
    expect(idsIn(folder)).toEqual(['x', 'y', 'z']);
  });

  test('away by a person: the next record begins it again, with all of it', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const a = follow(folder);
    a.journal.add([listed('x')]);
    unlinkSync(a.journal.path);
    expect(a.heard()).toEqual(nothing);
    expect(readdirSync(folder)).toEqual([]);
    a.journal.add([listed('y')]);
    expect(idsIn(folder)).toEqual(['x', 'y']);
    writeFileSync(a.journal.path, '');
    expect(a.heard()).toEqual(nothing);
    expect(idsIn(folder)).toEqual(['x', 'y']);
  });
});
