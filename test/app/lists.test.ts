import { describe, expect, test } from 'vitest';
import { listLines, type SavedList } from '../../source/app/lists.ts';
import { newTask, type Status } from '../../source/task/task.ts';

const day = 24 * 60 * 60 * 1000;
const now = new Date(2026, 10, 24, 17, 10).getTime();
const tasksOf = (...statuses: Status[]) =>
  statuses.map((status, index) => ({ ...newTask('ccapi/producer', `task_${index}`, 0), status }));

const list = (name: string, changes: Partial<SavedList> = {}): SavedList => ({
  path: `/state/${name}.jsonl`,
  changedAt: now,
  isLast: false,
  tasks: tasksOf('pending', 'succeeded', 'succeeded', 'partial', 'failed'),
  damaged: false,
  ...changes,
});

describe('the saved lists', () => {
  test('are shown with date, counts and path, the last one marked', () => {
    const lists = [
      list('last-20261124T171000Z', { isLast: true }),
      list('work', { tasks: [] }),
      list('new', { tasks: null }),
    ];
    expect(listLines(lists, now)).toEqual([
      '* 2026-11-24 17:10  1 open, 2 done, 1 partial, 1 failed  /state/last-20261124T171000Z.jsonl',
      '  2026-11-24 17:10  empty                                /state/work.jsonl',
      '  2026-11-24 17:10  not readable                         /state/new.jsonl',
      '',
      '* is the last list, which plain cliptop continues.',
    ]);
  });

  test('say that they are damaged, beside what could be read of them', () => {
    const lists = [
      list('work', { tasks: [], damaged: true }),
      list('tour', { tasks: tasksOf('failed'), damaged: true }),
    ];
    expect(listLines(lists, now)).toEqual([
      '  2026-11-24 17:10  damaged            /state/work.jsonl',
      '  2026-11-24 17:10  1 failed, damaged  /state/tour.jsonl',
    ]);
  });

  test('that the last one was moved on from are offered for removal after 30 days, if all of them can be read, no others', () => {
    const old = { changedAt: now - 31 * day };
    const lists = [
      list('last-20260101T000000Z', { ...old, isLast: true }),
      list('last-20260102T000000Z', old),
      list('last-20260103T000000Z-2', old),
      list('last-20260104T000000Z', { changedAt: now - 29 * day }),
      list("it's/last", old),
      list('last-minute', old),
      list('work', old),
      list('last-20260105T000000Z', { ...old, tasks: [], damaged: true }),
      list('last-20260106T000000Z', { ...old, tasks: null }),
    ];
    const [, ...offer] = listLines(lists, now).join('\n').split('to remove them:\n');
    expect(offer).toEqual([
      [
        "rm '/state/last-20260102T000000Z.jsonl'",
        "rm '/state/last-20260103T000000Z-2.jsonl'",
        "rm '/state/it'\\''s/last.jsonl'",
      ].join('\n'),
    ]);
  });
});
