import { expect, test } from 'vitest';
import { freshTasks, SeenIds } from '../../source/discovery/fresh.ts';
import type { Snapshot } from '../../source/task/task.ts';
import { snapshot } from '../helpers/tasks.ts';

const since = Date.parse('2026-09-21T14:00:00Z');
const hour = 3_600_000;

const fresh = (...tasks: Partial<Snapshot>[]) =>
  freshTasks(
    tasks.map(task => ({ snapshot: snapshot(task), owner: null })),
    { isSeen: id => id.startsWith('seen'), since },
  ).map(({ id }) => id);

test('what was submitted since is new, whatever has become of it, and what is open though older', () => {
  expect(
    fresh(
      { id: 'new', submittedAt: since + 1, status: 'running' },
      { id: 'new-and-done', submittedAt: since, status: 'succeeded' },
      { id: 'open', submittedAt: since - hour, status: 'queued' },
      { id: 'done', submittedAt: since - 1, status: 'succeeded' },
      { id: 'forgotten', submittedAt: since - 25 * hour, status: 'running' },
      { id: 'undated', submittedAt: null, status: 'running' },
      { id: 'undated-and-done', submittedAt: null, status: 'failed' },
    ),
  ).toEqual(['new', 'new-and-done', 'open', 'undated']);
});

test('nothing is new twice', () => {
  const running = { submittedAt: since, status: 'running' } as const;
  expect(fresh({ id: 'a', ...running }, { id: 'seen-b', ...running }, { id: 'a', ...running })).toEqual(['a']);
});

test('of the ids that were seen the oldest are forgotten', () => {
  const seen = new SeenIds(2);
  for (const id of ['a', 'b', 'a', 'c']) seen.add(id);
  expect(['a', 'b', 'c'].map(id => seen.has(id))).toEqual([true, false, true]);
});
