import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { merge, mergeMissing, mergeTaskError, mergeStalled } from '../../source/task/merge.ts';
import { isFinal, type Snapshot, type Task } from '../../source/task/task.ts';
import { few, fewClips, maybe } from '../helpers/arbitrary.ts';
import { snapshot, task } from '../helpers/tasks.ts';

const time = maybe(fc.integer({ min: 1, max: 4 }));

const snapshots: fc.Arbitrary<Snapshot> = fc
  .record({
    status: fc.constantFrom(
      'queued' as const,
      'running' as const,
      'succeeded' as const,
      'partial' as const,
      'failed' as const,
    ),
    progress: maybe(fc.integer({ min: 0, max: 100 })),
    rawStatus: few('w'),
    action: few('n'),
    prompt: few('p'),
    clips: fewClips,
    error: maybe(fc.record({ code: few('e'), message: fc.constantFrom('m', 'n') })),
    submittedAt: time,
    startedAt: time,
    finishedAt: time,
    updatedAt: time,
    cost: time,
  })
  .map(snapshot);

type Step = (known: Task, now: number) => Task;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: snapshots.map(
      (reply): Step =>
        (known, now) =>
          merge(known, reply, now),
    ),
  },
  {
    weight: 2,
    arbitrary: snapshots.map(
      (reply): Step =>
        (known, now) =>
          merge(known, { ...reply, settled: false }, now),
    ),
  },
  fc.constant<Step>((known, now) => mergeMissing(known, now)),
  fc.boolean().map(
    (stalled): Step =>
      known =>
        mergeStalled(known, stalled),
  ),
  fc.constantFrom('a', 'b').map(
    (code): Step =>
      (known, now) =>
        mergeTaskError(known, code, 'm', now),
  ),
);
const history = fc.array(step, { maxLength: 12 });
const run = (steps: readonly Step[]): Task => steps.reduce((known, next, index) => next(known, index + 1), task());

test('a final state never goes back', () => {
  fc.assert(
    fc.property(history, steps => {
      let known = task();
      for (const [index, next] of steps.entries()) {
        const later = next(known, index + 1);
        if (isFinal(known.status)) {
          expect(later.status).toBe(known.status);
          expect(later.history).toBe(known.history);
          expect(later.clips.length).toBeGreaterThanOrEqual(Math.min(known.clips.length, 1));
        }
        known = later;
      }
    }),
  );
});

test('the same reply twice is the same object, at any time', () => {
  fc.assert(
    fc.property(history, snapshots, (steps, reply) => {
      const known = merge(run(steps), reply, 50);
      expect(merge(known, structuredClone(reply), 99)).toBe(known);
      const missing = mergeMissing(known, 60);
      expect(mergeMissing(missing, 61)).toBe(missing);
    }),
  );
});

test('a new object always says something new', () => {
  fc.assert(
    fc.property(history, snapshots, (steps, reply) => {
      const known = run(steps);
      const next = merge(known, reply, 50);
      if (next !== known) expect(next).not.toEqual(known);
    }),
  );
});

test('nothing is changed in place, and every change of state is told once', () => {
  fc.assert(
    fc.property(history, snapshots, (steps, reply) => {
      const known = run(steps);
      const copy = structuredClone(known);
      const next = merge(known, reply, 50);
      expect(known).toEqual(copy);
      const grown = next.history.length - known.history.length;
      expect(grown).toBe(next.status === known.status ? 0 : 1);
      for (const [index, change] of next.history.entries()) {
        expect(change.status).not.toBe(next.history[index - 1]?.status);
      }
    }),
  );
});

test('the percentage is one, and 100 at a good end', () => {
  fc.assert(
    fc.property(history, steps => {
      const { progress, status } = run(steps);
      if (status === 'succeeded' || status === 'partial') expect(progress).toBe(100);
      if (status === 'failed') expect(progress).toBeNull();
      expect(progress === null || (progress >= 0 && progress <= 100)).toBe(true);
    }),
  );
});
