import { expect, test } from 'vitest';

import type { Status } from '../../source/task/task.ts';
import { exitCodeOf, isDecided, isOver } from '../../source/app/end-condition.ts';
import type { SourceState } from '../../source/store/state.ts';
import { task } from '../helpers/tasks.ts';

const tasks = (...statuses: Status[]) => statuses.map((status, index) => task({ id: `task_${index}`, status }));
const source = (state: 'ok' | 'refused' | 'retrying', name = 'ccapi/producer'): SourceState => ({
  name,
  health: { state, message: null, retryAt: null, since: null },
  latency: null,
  roundTime: null,
  plan: null,
  answeredAt: null,
  recovery: null,
  unread: [],
  skew: 0,
});
const over = (statuses: Status[], until: 'all' | 'any' | 'never', failFast = false, sources: SourceState[] = []) =>
  isOver({ tasks: tasks(...statuses), sources }, until, failFast);

test('all: when the last one has ended, found or not', () => {
  expect(over(['succeeded', 'running'], 'all')).toBe(false);
  expect(over(['succeeded', 'failed', 'partial', 'missing'], 'all')).toBe(true);
  expect(over([], 'all')).toBe(false);
});

test('any: when the first one has ended', () => {
  expect(over(['pending', 'queued', 'running'], 'any')).toBe(false);
  expect(over(['pending', 'missing'], 'any')).toBe(true);
});

test('never: not even when all have ended', () => {
  expect(over(['succeeded'], 'never')).toBe(false);
});

test('fail-fast: with the first that did not succeed, whatever else is asked for', () => {
  expect(over(['running', 'failed'], 'never', true)).toBe(true);
  expect(over(['running', 'missing'], 'all', true)).toBe(true);
  expect(over(['running', 'succeeded'], 'all', true)).toBe(false);
});

test('what has happened decides whatever ids may still come; all of them ended does not', () => {
  const decided = (statuses: Status[], until: 'all' | 'any' | 'never', failFast = false) =>
    isDecided({ tasks: tasks(...statuses) }, until, failFast);
  expect(decided(['succeeded'], 'all')).toBe(false);
  expect(decided(['succeeded'], 'any')).toBe(true);
  expect(decided(['failed'], 'all', true)).toBe(true);
  expect(decided(['succeeded'], 'all', true)).toBe(false);
});

test('tasks behind a refused token are not waited for', () => {
  expect(over(['running'], 'all', false, [source('refused')])).toBe(true);
  expect(over(['running'], 'all', false, [source('retrying')])).toBe(false);
  expect(over(['running'], 'all', false, [source('refused', 'xhuo/producer')])).toBe(false);
  expect(over(['running'], 'never', false, [source('refused')])).toBe(false);
});

test.each<[Status[], SourceState[], number]>([
  [['succeeded', 'succeeded'], [source('ok')], 0],
  [[], [], 0],
  [['succeeded', 'failed'], [source('ok')], 1],
  [['succeeded', 'partial'], [], 1],
  [['missing', 'running'], [], 1],
  [['running', 'succeeded'], [], 8],
  [['pending'], [source('retrying')], 8],
  [['failed', 'running'], [source('refused')], 4],
  // Nothing is asked of a source whose tasks have ended.
  [['succeeded'], [source('refused')], 0],
  [['failed', 'running'], [source('ok'), source('refused', 'xhuo/suno')], 1],
])('%j leave with the code %#', (statuses, sources, code) => {
  expect(exitCodeOf({ tasks: tasks(...statuses), sources }, 'all')).toBe(code);
});

test.each<[Status[], SourceState[], number]>([
  [['succeeded', 'running'], [source('ok')], 0],
  [['failed', 'running'], [source('ok')], 1],
  [['succeeded', 'failed', 'running'], [], 1],
  [['running', 'pending'], [], 8],
  [['succeeded', 'running'], [source('refused')], 4],
])('%j leave with the code %# when any of them was waited for', (statuses, sources, code) => {
  expect(exitCodeOf({ tasks: tasks(...statuses), sources }, 'any')).toBe(code);
});
