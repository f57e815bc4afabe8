import { expect, test } from 'vitest';
import { toJson } from '../../source/task/json.ts';
import { clip, task } from '../helpers/tasks.ts';

test('prints times in ISO 8601 UTC and absent values as null', () => {
  const printed = toJson(task({ submittedAt: 1_790_000_000_125, addedAt: 0, clips: [clip({ id: 'c' })] }));
  expect(printed).toEqual({
    id: 'task_0001',
    source: 'ccapi/producer',
    status: 'pending',
    rawStatus: null,
    progress: null,
    action: null,
    prompt: null,
    clips: [clip({ id: 'c' })],
    error: null,
    submittedAt: '2026-09-21T14:13:20.125Z',
    startedAt: null,
    finishedAt: null,
    updatedAt: null,
    addedAt: '1970-01-01T00:00:00.000Z',
    cost: null,
    traceId: null,
    stalled: false,
  });
  expect(Object.values(printed)).not.toContain(undefined);
});

test('a title with quotes and line ends is still one line that parses', () => {
  const title = 'a "b" \\ c\u2028d [/b]';
  const line = JSON.stringify(toJson(task({ clips: [clip({ title })] })));
  expect(line).not.toContain('\n');
  expect((JSON.parse(line) as ReturnType<typeof toJson>).clips[0]?.title).toBe(title);
});
