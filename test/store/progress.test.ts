import { describe, expect, it } from 'vitest';
import { elapsed, progressOf } from '../../source/store/progress.ts';
import { noDurations, withDuration } from '../../source/task/durations.ts';
import type { Task } from '../../source/task/task.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const now = 1_000_000;
const at = (tasks: readonly Task[], skew = 0) => after(watching(tasks), answer([], { at: now, skew }));
const done = (seconds: number, overrides: Partial<Task> = {}) =>
  task({ id: `done_${seconds}`, status: 'succeeded', submittedAt: 0, finishedAt: seconds * 1000, ...overrides });
const running = (overrides: Partial<Task> = {}) =>
  task({ status: 'running', submittedAt: now - 30_000, addedAt: now - 10_000, ...overrides });

describe('the time a task takes', () => {
  const took = (each: Task, skew = 0) => elapsed(each, at([each], skew));

  it('runs from the submission to the last answer, by the clock of the vendor', () => {
    expect(took(running())).toBe(30_000);
    expect(took(running(), 5000)).toBe(35_000);
    expect(took(running(), -60_000)).toBe(0);
  });

  it('runs from the addition when the vendor names no time', () => {
    expect(took(running({ submittedAt: null }))).toBe(10_000);
  });

  it('stands still at the end', () => {
    expect(took(done(40))).toBe(40_000);
  });

  it('is unknown without a start or an end, and where the end is before the start', () => {
    expect(took(done(40, { submittedAt: 50_000 }))).toBeNull();
    expect(took(task({ status: 'failed', submittedAt: 5 }))).toBeNull();
    expect(took(task({ status: 'missing', submittedAt: 5 }))).toBeNull();
    expect(elapsed(running(), watching([running()]))).toBeNull();
  });
});

describe('progress', () => {
  const progress = (others: readonly Task[], each: Task = running()) => progressOf(each, at([each, ...others]));

  it('is what the vendor says', () => {
    expect(progress([done(60)], running({ progress: 7 }))).toEqual({ percent: 7, estimated: false });
  });

  it('is unknown before the first such task has ended', () => {
    expect(progress([])).toBeNull();
    expect(progress([done(60, { action: 'extend' })])).toBeNull();
    expect(progress([done(60, { source: 'xhuo/producer' })])).toBeNull();
  });

  it('is estimated by the median time of such tasks', () => {
    expect(progress([done(60), done(50), done(5000)])).toEqual({ percent: 50, estimated: true });
  });

  it('is estimated by the median of what was learned, where enough was', () => {
    const durations = [100_000, 119_000, 120_000, 121_000, 140_000].reduce(withDuration, noDurations);
    const state = after(at([running(), done(60)]), {
      ...{ type: 'learned', source: 'ccapi/producer', at: now, action: null, durations },
    });
    expect(progressOf(running(), state)).toEqual({ percent: 24, estimated: true });
  });

  it('is estimated at 95 % at most', () => {
    expect(progress([done(1)])).toEqual({ percent: 95, estimated: true });
  });

  it('is estimated for running tasks only', () => {
    expect(progress([done(60)], running({ status: 'queued' }))).toBeNull();
    expect(progress([done(60)], running({ status: 'failed' }))).toBeNull();
  });
});
