import { describe, expect, it } from 'vitest';
import { newEnds } from '../../source/app/hook-ends.ts';
import type { Action } from '../../source/store/reduce.ts';
import type { Task } from '../../source/task/task.ts';
import { after, answer, watching } from '../helpers/state.ts';
import { snapshot, task } from '../helpers/tasks.ts';

const since = 1_000_000;
const a = task({ id: 'a' });

/** The ends that the last of these actions brings. */
function endsOf(tasks: readonly Task[], ...actions: readonly Action[]): readonly string[] {
  const before = after(watching(tasks), ...actions.slice(0, -1));
  return newEnds(after(before, ...actions.slice(-1)), before, since).map(({ id, status }) => `${id} ${status}`);
}
const reply = (...snapshots: readonly Parameters<typeof snapshot>[0][]) =>
  answer(
    snapshots.map(each => snapshot(each)),
    { at: since },
  );

describe('an end that is news', () => {
  it('is that of a task that ran', () => {
    expect(endsOf([a], reply({ id: 'a' }), reply({ id: 'a', status: 'failed' }))).toEqual(['a failed']);
  });

  it('is that of a task that nobody had asked about before', () => {
    expect(endsOf([a], reply({ id: 'a', status: 'succeeded' }))).toEqual(['a succeeded']);
  });

  it('is told once, whatever the task gains later', () => {
    const done = reply({ id: 'a', status: 'succeeded' });
    expect(endsOf([a], done, reply({ id: 'a', status: 'succeeded', cost: 7 }))).toEqual([]);
  });

  it('is that of a task that was unknown and turned up', () => {
    const missing = task({ id: 'a', status: 'missing' });
    expect(endsOf([missing], reply({ id: 'a', status: 'succeeded' }))).toEqual(['a succeeded']);
  });

  it('is none that a list or the history of the account brings along, unless it was submitted meanwhile', () => {
    const ended = task({ id: 'b', status: 'succeeded' });
    const add = (submittedAt: number | null): Action => ({ type: 'add', tasks: [{ ...ended, submittedAt }] });
    expect(endsOf([a], add(null))).toEqual([]);
    expect(endsOf([a], add(since - 1))).toEqual([]);
    expect(endsOf([a], add(since))).toEqual(['b succeeded']);
  });
});
