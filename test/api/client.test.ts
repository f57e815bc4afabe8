import { expect, test } from 'vitest';
import { batchRequest, singleRequest } from '../../source/api/client.ts';
import { connect, faultFrom, sourceFor } from './server.ts';

const rows = (...ids: string[]) =>
  JSON.stringify({ code: 'success', message: '', data: ids.map(task_id => ({ task_id, status: 'QUEUED' })) });
const items = (...ids: string[]) => JSON.stringify({ items: ids.map(id => ({ id })), count: ids.length });

test('asks the fetch dialect below the base URL, with one slash', async () => {
  const { client, received } = await connect('fetch', { body: rows('task_Ab') }, { source: { service: 'suno' } });
  await client.batch(['task_Ab', 'task_aB']);
  expect(received[0]).toMatchObject({ method: 'POST', path: '/suno/fetch', body: '{"ids":["task_Ab","task_aB"]}' });
});

test('a single id is escaped in the address, its case kept', () => {
  expect(singleRequest(sourceFor('fetch'), 'task_Ab/../x?y')).toEqual({
    method: 'GET',
    path: '/producer/fetch/task_Ab%2F..%2Fx%3Fy',
  });
});

test('the tasks dialect always says what it does and how many it wants', () => {
  expect(batchRequest(sourceFor('tasks'), ['a', 'b'])).toEqual({
    method: 'POST',
    path: '/producer/tasks',
    body: { action: 'retrieve_batch', ids: ['a', 'b'], limit: 2 },
  });
  expect(singleRequest(sourceFor('tasks'), 'a').body).toEqual({ action: 'retrieve', id: 'a' });
});

test('rows are matched by id, never by their place; what nobody asked for is passed over', async () => {
  const { client } = await connect('fetch', { body: rows('task_3', 'task_other', 'task_1') });
  const { snapshots } = await client.batch(['task_1', 'task_2', 'task_3']);
  expect(snapshots.map(({ id }) => id)).toEqual(['task_3', 'task_1']);
});

test('ids of new-api differ by their case', async () => {
  const { client } = await connect('fetch', { body: rows('task_AB') });
  expect((await client.batch(['task_ab'])).snapshots).toEqual([]);
});

test('a UUID given in capitals comes back under the name it was given', async () => {
  const { client } = await connect('tasks', { body: items('abcdefab-0000-4000-8000-000000000001') });
  const { snapshots } = await client.batch(['ABCDEFAB-0000-4000-8000-000000000001']);
  expect(snapshots.map(({ id }) => id)).toEqual(['ABCDEFAB-0000-4000-8000-000000000001']);
});

test('a bare result answers the one id that was asked for', async () => {
  const body = JSON.stringify({
    success: true,
    state: 'succeeded',
    data: [{ title: 'T', audio_url: 'https://x.example/a.mp3' }],
  });
  const { client } = await connect('tasks', { body });
  expect((await client.single('a')).snapshots).toMatchObject([
    { id: 'a', status: 'succeeded', clips: [{ title: 'T' }] },
  ]);
});

test('the record of another task is no answer to a single question', async () => {
  const { client } = await connect('tasks', { body: '{"id":"b"}' });
  expect(await client.single('a')).toMatchObject({ snapshots: [], noRows: true });
});

test('a success without a row is no proof that the id is unknown', async () => {
  const { client } = await connect('fetch', { body: '{"code":"success","data":null}' });
  expect(await faultFrom(client.single('task_1'))).toMatchObject({ kind: 'request', code: 'unreadable' });
});

test('an unknown id may also be told with status 200', async () => {
  const { client } = await connect('fetch', {
    body: '{"code":"task_not_exist","message":"task_not_exist","data":null}',
  });
  expect(await client.single('task_1')).toMatchObject({ snapshots: [], noRows: true });
});

test('a single row may come as a list of one, or packed into a string', async () => {
  const row = { task_id: 'task_1', status: 'QUEUED' };
  for (const data of [[row], JSON.stringify(row)]) {
    const { client } = await connect('fetch', { body: JSON.stringify({ code: 'success', message: '', data }) });
    expect((await client.single('task_1')).snapshots).toMatchObject([{ id: 'task_1', status: 'queued' }]);
  }
});

test('an error with status 200 is an error of the source, not of the task', async () => {
  const body = JSON.stringify({ success: false, error: { code: 'invalid_token', message: 'no' }, data: null });
  const { client } = await connect('tasks', { body });
  expect(await faultFrom(client.single('a'))).toMatchObject({ kind: 'refused' });
  expect(await faultFrom(client.batch(['a', 'b']))).toMatchObject({ kind: 'refused' });
});

test('fifty ids are asked for in one request', async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `task_${index}`);
  const { client, received } = await connect('fetch', { body: rows(...ids) });
  expect((await client.batch(ids)).snapshots).toHaveLength(50);
  expect(received).toHaveLength(1);
});
