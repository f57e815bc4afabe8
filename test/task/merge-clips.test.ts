import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addClips, replaceClips } from '../../source/task/merge-clips.ts';
import { uniqueClips } from '../../source/task/unique-clips.ts';
import { merge, mergeMissing, mergeTaskError } from '../../source/task/merge.ts';
import type { Clip, Snapshot, Task } from '../../source/task/task.ts';
import { fewClips } from '../helpers/arbitrary.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const a = clip({ id: 'a', title: 'A', audioUrl: 'https://x.example/a.mp3' });
const b = clip({ id: 'b', title: 'B', audioUrl: 'https://x.example/b.mp3' });
const unnamed = clip({ title: 'A' });

/** What is known after each of these replies. */
function histories(...replies: readonly Partial<Snapshot>[]): readonly Task[] {
  let known = task();
  return replies.map((reply, index) => (known = merge(known, snapshot(structuredClone(reply)), index + 1)));
}

describe('two equal clips in one reply', () => {
  test.each([
    ['clips without an id', [unnamed, unnamed]],
    ['one clip with an id, twice', [a, a]],
    ['empty ones', [clip(), clip()]],
  ])('are one: %s', (_, clips) => {
    expect(uniqueClips(clips)).toEqual(clips.slice(0, 1));
    for (const status of ['running', 'succeeded'] as const) {
      const [first, second] = histories({ status, clips }, { status, clips });
      expect(first?.clips).toEqual(clips.slice(0, 1));
      expect(second).toBe(first);
    }
  });

  test('one clip in two halves is one, and two results under one id are two', () => {
    const lyrics = clip({ id: 'a', lyrics: 'la' });
    expect(uniqueClips([a, lyrics])).toEqual([{ ...a, lyrics: 'la' }]);
    const stems = [
      clip({ id: 'a', fileUrl: 'https://x.example/vocals.wav' }),
      clip({ id: 'a', fileUrl: 'https://x.example/drums.wav' }),
    ];
    expect(uniqueClips(stems)).toEqual(stems);
  });
});

describe('two replicas', () => {
  test('that order the clips differently make no news', () => {
    for (const status of ['running', 'succeeded'] as const) {
      const [first, ...others] = histories(
        { status, clips: [a, b] },
        { status, clips: [b, a] },
        { status, clips: [a, b] },
      );
      expect(others.every(other => other === first)).toBe(true);
    }
  });

  test('that are dated alike and order the clips differently make no news', () => {
    const [first, second] = histories({ clips: [a, b], updatedAt: 5 }, { clips: [b, a], updatedAt: 5 });
    expect(second).toBe(first);
    expect(histories({ clips: [a, b], updatedAt: 5 }, { clips: [b, a], updatedAt: 6 })[1]?.clips).toEqual([a, b]);
  });

  test.each<[string, Partial<Snapshot>, Partial<Snapshot>]>([
    ['of two words', { rawStatus: 'streaming' }, { rawStatus: 'processing' }],
    ['of two titles', { clips: [a] }, { clips: [{ ...a, title: 'working title' }] }],
    ['of two addresses', { clips: [a] }, { clips: [{ ...a, audioUrl: 'https://y.example/a.mp3' }] }],
    ['of a note and none', { error: { code: 'unclear', message: 'm' } }, {}],
    ['of a percentage in the queue and none', { status: 'queued', progress: 0 }, { status: 'queued' }],
  ])('%s make one change between them', (_, one, other) => {
    const [, second, ...others] = histories(one, other, one, other, one, other);
    expect(others.every(later => later === second)).toBe(true);
  });

  test('do not hold back what moves on beside them', () => {
    const stub = { rawStatus: 'processing' };
    const moving = (progress: number) => ({ rawStatus: 'streaming', progress });
    const all = histories(moving(10), stub, moving(20), stub, moving(30), stub);
    expect(all.map(({ progress }) => progress)).toEqual([10, 10, 20, 20, 30, 30]);
  });

  test('a reply that came before is news again after a note or a missing task', () => {
    const [known = task()] = histories({ rawStatus: 'x' });
    expect(merge(mergeMissing(known, 5), snapshot({ rawStatus: 'x' }), 6).status).toBe('running');
    expect(merge(mergeTaskError(known, 'e', 'm', 5), snapshot({ rawStatus: 'x' }), 6).error).toBeNull();
  });
});

describe('what a running task showed', () => {
  const stub = { clips: [clip({ id: 'a', title: 'A' })] };

  test('is not taken back by an undated stub', () => {
    const [known, later] = histories({ clips: [a, b] }, stub);
    expect(later).toBe(known);
  });

  test('is not taken back by a stub of the same date', () => {
    const [known, later] = histories({ clips: [a, b], updatedAt: 5 }, { ...stub, updatedAt: 5 });
    expect(later).toBe(known);
  });

  test('may be taken back by a later reply, and by the end', () => {
    expect(histories({ clips: [a, b], updatedAt: 5 }, { ...stub, updatedAt: 6 })[1]?.clips).toEqual(stub.clips);
    expect(histories({ clips: [a, b] }, { status: 'failed', ...stub })[1]?.clips).toEqual(stub.clips);
  });

  test('keeps its place when others come', () => {
    expect(histories({ clips: [b] }, { clips: [a, b] })[1]?.clips).toEqual([b, a]);
    expect(histories({ clips: [b] }, { status: 'succeeded', clips: [a, b] })[1]?.clips).toEqual([b, a]);
  });

  test('gets an id and an address that come later', () => {
    const [, later] = histories({ clips: [unnamed] }, { clips: [a] });
    expect(later?.clips).toEqual([a]);
  });

  test('a vendor that gives other ids with each reply does not fill the memory', () => {
    const replies = Array.from({ length: 300 }, (_, index) => ({ clips: [{ ...a, id: `c${index}` }] }));
    expect(histories(...replies).at(-1)?.clips.length).toBeLessThanOrEqual(100);
  });
});

test('the same clips a second time are the same array, whatever was known', () => {
  fc.assert(
    fc.property(fewClips, fewClips, (before, reply) => {
      for (const take of [addClips, replaceClips]) {
        const known = take(before, reply);
        expect(take(known, structuredClone(reply))).toBe(known);
      }
    }),
  );
});

test('a reply that takes nothing back keeps each clip at its place, with each fact or a newer one', () => {
  fc.assert(
    fc.property(fewClips, fewClips, (before, reply) => {
      const known = addClips(before, reply);
      expect(known.length).toBeGreaterThanOrEqual(before.length);
      for (const [place, old] of before.entries()) {
        for (const key of Object.keys(old) as (keyof Clip)[]) {
          if (old[key] !== null) expect(known[place]?.[key]).not.toBeNull();
        }
      }
    }),
  );
});
