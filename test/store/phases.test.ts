import { describe, expect, it } from 'vitest';
import { phasesOf } from '../../source/store/phases.ts';
import type { Task } from '../../source/task/task.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

/** The phases of a task, as `queued 4000` or `failed at 9000`, at a time and with the vendor's clock ahead of ours. */
function phases(overrides: Partial<Task>, { at = 60_000, skew = 0 } = {}) {
  const each = task(overrides);
  const state = after(watching([each]), answer([], { at, skew }));
  return phasesOf(each, state).map(
    ({ status, took, at: moment }) =>
      `${status}${took === null ? '' : ` ${took}`}${moment === null ? '' : ` at ${moment}`}`,
  );
}

const change = (at: number, status: Task['status']) => ({ at, status, rawStatus: null });

describe('the phases of a task', () => {
  it('are what the vendor dates', () => {
    const dated = { submittedAt: 10_000, startedAt: 14_000 };
    expect(phases({ status: 'running', ...dated })).toEqual(['queued 4000', 'running 46000']);
    expect(phases({ status: 'failed', ...dated, finishedAt: 20_000 })).toEqual([
      'queued 4000',
      'running 6000',
      'failed at 20000',
    ]);
    expect(phases({ status: 'queued', submittedAt: 10_000 })).toEqual(['queued 50000']);
  });

  it('are what we saw where the vendor dates nothing', () => {
    const history = [change(0, 'pending'), change(5000, 'queued'), change(9000, 'running')];
    expect(phases({ status: 'running', history })).toEqual(['queued 4000', 'running 51000']);
    expect(phases({ status: 'succeeded', history: [...history, change(30_000, 'succeeded')] })).toEqual([
      'queued 4000',
      'running 21000',
      'succeeded at 30000',
    ]);
  });

  it('have no time in the queue where nobody knows when it ended', () => {
    const history = [change(0, 'pending'), change(5000, 'running')];
    expect(phases({ status: 'running', submittedAt: 10_000, history })).toEqual(['running 50000']);
    expect(phases({ status: 'running', history })).toEqual(['running']);
  });

  it('of a task without an answer are when it was added, and when it was found missing', () => {
    expect(phases({ status: 'pending', addedAt: 7000 })).toEqual(['pending at 7000']);
    expect(phases({ status: 'missing', changedAt: 8000 })).toEqual(['missing at 8000']);
  });

  it('go by the clock of the vendor, and date the end by ours', () => {
    const dated = { submittedAt: 110_000, startedAt: 114_000 };
    expect(phases({ status: 'running', ...dated }, { skew: 100_000 })).toEqual(['queued 4000', 'running 46000']);
    expect(phases({ status: 'succeeded', ...dated, finishedAt: 120_000 }, { skew: 100_000 }).at(-1)).toBe(
      'succeeded at 20000',
    );
  });

  it('have no length where the end is before the start', () => {
    expect(phases({ status: 'succeeded', submittedAt: 50_000, startedAt: 40_000, finishedAt: 30_000 })).toEqual([
      'queued',
      'running',
      'succeeded at 30000',
    ]);
  });
});
