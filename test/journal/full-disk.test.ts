import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { finished, idsIn, idsOf, keyOf, listed, look, newFolder, open, smallDisk, textOf } from './helpers.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a full disk', () => {
  test('is told about once; nothing is lost, and the next record saves it all', () => {
    const folder = newFolder();
    const { disk, state } = smallDisk(0);
    const { journal, problems } = open(folder, { disk });
    journal.add([listed('a')]);
    journal.add([listed('b')]);
    journal.finish([finished('a')]);
    expect(problems).toEqual([expect.stringMatching(/last\.jsonl cannot be saved: the disk is full.*kept in memory/)]);
    expect(idsIn(folder)).toEqual([]);

    state.budget = Infinity;
    journal.add([listed('c')]);
    expect(problems.slice(1)).toEqual([null]);
    expect(idsIn(folder)).toEqual(['a', 'b', 'c']);
    expect(look(folder).tasks[0]).toEqual(finished('a'));

    state.budget = 0;
    journal.add([listed('d')]);
    expect(problems).toHaveLength(3);
  });

  test('that takes any part of a write loses nothing, and what it leaves is no damage', () => {
    const whole = textOf(makeList(newFolder(), Infinity));
    for (let budget = 1; budget < whole.length; budget += 7) {
      const folder = newFolder();
      const { disk, state } = smallDisk(budget);
      const { journal, problems } = open(folder, { disk });
      journal.add([listed('a'), listed('b')]);
      journal.finish([finished('a')]);
      expect(problems).toHaveLength(1);
      // A second helping that is too small leaves a second rest behind the first.
      state.budget = budget % 60;
      journal.add([listed('c')]);
      expect(look(folder).notices).toEqual([]);
      state.budget = Infinity;
      expect(journal.close()).toBe(0);
      expect(look(folder)).toMatchObject({ tasks: [finished('a'), { id: 'b' }, { id: 'c' }], notices: [] });
    }
  });

  test('that another cliptop sees torn lines of is not told as damage', () => {
    const folder = newFolder();
    const { disk } = smallDisk(150);
    const first = open(folder, { disk });
    first.journal.add([listed('a'), listed('b'), listed('c')]);
    const second = open(folder);
    second.journal.add([listed('d')]);
    expect(look(folder).notices).toEqual([]);
    expect(idsIn(folder)).toEqual(['a', 'b', 'd']);
  });

  test('is found out to have room again while the list is followed', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const { disk, state } = smallDisk(0);
    const { journal, problems } = open(folder, { disk });
    const changes: unknown[] = [];
    journal.follow(change => changes.push(change));
    journal.add([listed('a')]);
    vi.advanceTimersByTime(8_000);
    expect(state.writes).toBeLessThan(12);
    state.budget = Infinity;
    vi.advanceTimersByTime(5_000);
    expect(idsIn(folder)).toEqual(['a']);
    expect(problems).toEqual([expect.stringContaining('full'), null]);
    expect(changes).toEqual([]);
  });

  test('does not let what another one does undo our own word', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const { disk, state } = smallDisk(Infinity);
    const { journal } = open(folder, { disk });
    const other = open(folder).journal;
    const changes: unknown[] = [];
    other.add([listed('a'), listed('b')]);
    journal.follow(change => changes.push(change));
    vi.advanceTimersByTime(500);
    changes.length = 0;
    state.budget = 0;
    journal.remove([keyOf('a')]);
    other.finish([finished('a')]);
    vi.advanceTimersByTime(500);
    expect(changes).toEqual([]);
    state.budget = Infinity;
    vi.advanceTimersByTime(5_000);
    expect(changes).toEqual([]);
    expect(idsIn(folder)).toEqual(['b']);
  });

  test('is told by close, which says how much is lost', () => {
    const { disk } = smallDisk(0);
    const { journal } = open(newFolder(), { disk });
    journal.add([listed('a'), listed('b')]);
    expect(journal.close()).toBe(2);
  });

  test('cannot take away what can be read of a damaged list', () => {
    const folder = newFolder();
    writeFileSync(
      join(folder, 'last.jsonl'),
      `{"cliptop":1}\n???\n${JSON.stringify({ type: 'add', ...listed('a') })}\n`,
    );
    const { disk, state } = smallDisk(0);
    const { journal, restored } = open(folder, { disk });
    expect(idsOf(restored.tasks)).toEqual(['a']);
    expect(restored.notices).toEqual([expect.stringMatching(/last\.jsonl is damaged.*could not be kept.*full/)]);
    expect(idsIn(folder)).toEqual(['a']);
    state.budget = Infinity;
    journal.add([listed('b')]);
    expect(idsIn(folder)).toEqual(['a', 'b']);
  });
});

function makeList(folder: string, budget: number): string {
  const { journal } = open(folder, { disk: smallDisk(budget).disk });
  journal.add([listed('a'), listed('b')]);
  journal.finish([finished('a')]);
  journal.close();
  return folder;
}
