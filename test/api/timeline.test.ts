import { exitCodeOf } from '../../source/app/end-condition.ts';
import { expect, test } from 'vitest';
import { exitCodes } from '../../source/exit-code.ts';
import type { Client } from '../../source/api/client.ts';
import { merge, mergeMissing } from '../../source/task/merge.ts';
import type { Task } from '../../source/task/task.ts';
import { task } from '../helpers/tasks.ts';
import { connect, faultFrom, fixture, type Canned } from './server.ts';

const uuid = '11111111-1111-4111-8111-000000000001';
/** A record under the one id that this story is about. */
const record = (name: string): Canned => ({ body: fixture(name).replaceAll(/11111111-1111-4111-8111-\d{12}/g, uuid) });
const rows = (row: object): Canned => ({
  body: JSON.stringify({ code: 'success', message: '', data: [{ task_id: 'task_B', ...row }] }),
});
const song = { clip_id: 'c', state: 'completed', title: 'T', audio_url: 'https://cdn.example.net/b.m4a' };

/** Asks once and takes the answer in, as the poller does. */
async function ask(client: Client, known: Task, now: number): Promise<Task> {
  const { snapshots } = await client.single(known.id);
  return snapshots.reduce((before, snapshot) => merge(before, snapshot, now), known);
}

const story = ({ history }: Task) => history.map(({ status }) => status);

test('a task that is not visible at first tells each of its states once, up to its end', async () => {
  const replies = [
    { body: '{}' },
    record('E01'),
    record('E02'),
    record('E02'),
    record('E03'),
    record('E04'),
    record('E03'),
  ];
  const { client } = await connect('tasks', (_, count) => replies[count - 1] ?? 'hang');
  let known = task({ source: 'xhuo/producer', id: uuid });
  for (const [index] of replies.entries()) known = await ask(client, known, index);
  expect(story(known)).toEqual(['pending', 'queued', 'running', 'succeeded']);
  expect(known).toMatchObject({ progress: 100, clips: [{ title: 'First light’s on the window' }] });
});

test('faults in between change nothing about a task', async () => {
  const replies: Canned[] = [
    rows({ status: 'NOT_START', progress: '0%', data: null }),
    rows({ status: 'IN_PROGRESS', progress: '20%' }),
    { status: 429, headers: { 'content-length': '0' } },
    rows({ status: 'IN_PROGRESS', progress: '20%' }),
    { status: 503, body: fixture('E25d') },
    rows({ status: 'streaming', progress: '0%', data: [{ id: 'c', status: 'streaming', audio_url: song.audio_url }] }),
    rows({ status: 'SUCCESS', progress: '100%', data: { clips: [song] } }),
  ];
  const { client } = await connect('fetch', (_, count) => replies[count - 1] ?? 'hang');
  let known = task({ id: 'task_B' });
  const faults: string[] = [];
  for (const [index, reply] of replies.entries()) {
    const isFault = typeof reply === 'object' && reply.status !== undefined;
    if (isFault) faults.push((await faultFrom(client.batch(['task_B']))).kind);
    else known = (await client.batch(['task_B'])).snapshots.reduce((before, row) => merge(before, row, index), known);
  }
  expect(faults).toEqual(['busy', 'server']);
  expect(story(known)).toEqual(['pending', 'queued', 'running', 'succeeded']);
  expect(known.rawStatus).toBe('SUCCESS');
});

test('an id that the batch leaves out and the single query denies is missing, and the exit code says so', async () => {
  const { client } = await connect('fetch', ({ method }) =>
    method === 'POST' ? rows({ status: 'SUCCESS', data: { clips: [song] } }) : { status: 400, body: fixture('E24a') },
  );
  const batch = await client.batch(['task_B', 'task_C']);
  expect(batch.snapshots.map(({ id }) => id)).toEqual(['task_B']);
  expect((await client.single('task_C')).snapshots).toEqual([]);
  const found = batch.snapshots.reduce((before, row) => merge(before, row, 1), task({ id: 'task_B' }));
  const lost = mergeMissing(task({ id: 'task_C' }), 2);
  expect(lost).toMatchObject({ status: 'missing', error: { code: 'not_found' } });
  expect(mergeMissing(lost, 3)).toBe(lost);
  expect(exitCodeOf({ tasks: [found, lost], sources: [] }, 'all')).toBe(exitCodes.failed);
});
