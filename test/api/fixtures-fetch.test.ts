import { expect, test } from 'vitest';
import { merge } from '../../source/task/merge.ts';
import { task } from '../helpers/tasks.ts';
import { connect, fixture } from './server.ts';

const id = (digit: number) => `task_AAAAbbbbCCCCddddEEEEffffGGGGhhh${digit}`;

test('a batch holds a running and a finished task; the upstream’s nested id is never shown', async () => {
  const { client } = await connect('fetch', { body: fixture('E14') });
  const { snapshots } = await client.batch([id(2), id(1)]);
  expect(snapshots).toMatchObject([
    {
      id: id(1),
      status: 'running',
      rawStatus: 'IN_PROGRESS',
      progress: 20,
      action: 'music',
      cost: 30000,
      clips: [],
      submittedAt: 1_790_001_000_000,
      startedAt: 1_790_001_008_000,
      finishedAt: null,
      updatedAt: 1_790_001_008_000,
    },
    {
      id: id(2),
      status: 'succeeded',
      progress: 100,
      finishedAt: 1_790_001_056_000,
      error: null,
      clips: [
        {
          id: '88888888-8888-4888-8888-000000000042',
          title: 'Quiet Pier',
          style: 'acoustic, brushed drums',
          lyrics: 'low tide, long pier',
          model: 'FUZZ-2.0',
          duration: null,
          audioUrl: 'https://storage.example.net/clips/0042.m4a',
        },
      ],
    },
  ]);
  expect(JSON.stringify(snapshots)).not.toContain('77777777');
});

test('a task that comes twice in one reply ends as finished although the stale row is last', async () => {
  const { client } = await connect('fetch', { body: fixture('E15') });
  const { snapshots } = await client.batch(['task_0123456789abcdef0123456789abcdef']);
  expect(snapshots).toHaveLength(2);
  const merged = snapshots.reduce((known, next) => merge(known, next, 1), task({ id: snapshots[0]?.id ?? '' }));
  expect(merged).toMatchObject({ status: 'succeeded', progress: 100, clips: [{ title: 'Twice' }] });
});

test('a failure by timeout keeps its reason, has no media and is not 100 % done', async () => {
  const { client } = await connect('fetch', { body: fixture('E16') });
  const { snapshots } = await client.single(id(4));
  expect(snapshots).toMatchObject([
    {
      status: 'failed',
      progress: null,
      clips: [],
      startedAt: null,
      error: { code: null, message: '任务超时（1440分钟）' },
    },
  ]);
});

test('a record frozen at 100 % with a reason is a failure that stalled', async () => {
  const { client } = await connect('fetch', { body: fixture('E17') });
  const { snapshots } = await client.single(id(5));
  expect(snapshots).toMatchObject([
    { status: 'failed', rawStatus: 'IN_PROGRESS', error: { code: 'stalled', message: 'upstream quota exceeded' } },
  ]);
});

test('a task just submitted is queued, its 0 % no percentage', async () => {
  const { client } = await connect('fetch', { body: fixture('E20') });
  const { snapshots } = await client.batch([id(8)]);
  expect(snapshots).toMatchObject([
    { status: 'queued', progress: null, rawStatus: 'NOT_START', clips: [], startedAt: null },
  ]);
});

test.each([
  ['null', 'E23a', { noRows: true, rowsLost: false }],
  ['an empty list', 'E23b', { noRows: false, rowsLost: false }],
  ['null without a message: a row that could not be written', 'E23c', { noRows: true, rowsLost: true }],
])('data that is %s means no rows', async (_, name, expected) => {
  const { client } = await connect('fetch', { body: fixture(name) });
  expect(await client.batch([id(1)])).toMatchObject({ snapshots: [], ...expected });
});

test('an unknown id is answered with status 400, and that is an answer', async () => {
  const { client } = await connect('fetch', { status: 400, body: fixture('E24a') });
  expect(await client.single(id(1))).toMatchObject({ snapshots: [], noRows: true });
});
