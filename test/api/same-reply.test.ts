import { gzipSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { SameReply } from '../../source/api/same-reply.ts';
import { Store } from '../../source/store/store.ts';
import { newTask } from '../../source/task/task.ts';
import { connect, type Canned } from './server.ts';

afterEach(() => vi.restoreAllMocks());

const rows = (progress: string, ...ids: string[]) =>
  JSON.stringify({
    code: 'success',
    message: '',
    data: ids.map(task_id => ({ task_id, status: 'IN_PROGRESS', progress })),
  });
const reply = (progress: string, second = 1): Canned => ({
  body: gzipSync(rows(progress, 'task_a', 'task_b')),
  headers: { 'content-encoding': 'gzip', date: new Date(1_800_000_000_000 + second * 1000).toUTCString() },
});

test('a reply of the same bytes is not parsed or read again, and keeps its own times', async () => {
  const { client } = await connect('fetch', (_, count) => reply('10%', count));
  const first = await client.batch(['task_a', 'task_b']);
  const parse = vi.spyOn(JSON, 'parse');
  const second = await client.batch(['task_a', 'task_b']);
  expect(parse).not.toHaveBeenCalled();
  expect(second.snapshots).toBe(first.snapshots);
  expect(second.serverTime).toBe((first.serverTime ?? 0) + 1000);
  expect(second.latency).not.toBe(first.latency);
});

test('a reply with news is read, also when it comes after one without', async () => {
  const { client } = await connect('fetch', (_, count) => reply(count === 3 ? '50%' : '10%'));
  const progress = async () => (await client.batch(['task_a', 'task_b'])).snapshots.map(each => each.progress);
  expect([await progress(), await progress(), await progress(), await progress()]).toEqual([
    [10, 10],
    [10, 10],
    [50, 50],
    [10, 10],
  ]);
});

test('the same bytes to another question are read for that question', async () => {
  const { client } = await connect('fetch', () => reply('10%'));
  expect((await client.batch(['task_a', 'task_b'])).snapshots).toHaveLength(2);
  expect((await client.batch(['task_b'])).snapshots.map(({ id }) => id)).toEqual(['task_b']);
});

test('an error of the same bytes is an error each time', async () => {
  const { client } = await connect('fetch', (_, count) => ({
    ...(reply('10%') as object),
    status: count === 1 ? 200 : 500,
  }));
  await client.batch(['task_a', 'task_b']);
  await expect(client.batch(['task_a', 'task_b'])).rejects.toMatchObject({ status: 500 });
});

test('a round without news makes no new task, and of the state only what tells the time of the answer', async () => {
  const source = 'ccapi/producer';
  const { client } = await connect('fetch', () => reply('10%'));
  const store = new Store();
  store.dispatch({ type: 'add-sources', names: [source] });
  store.dispatch({ type: 'add', tasks: ['task_a', 'task_b'].map(id => newTask(source, id, 0)) });
  const round = async (at: number) => {
    const { snapshots } = await client.batch(['task_a', 'task_b']);
    const facts = { source, at, snapshots, unreadable: [], absent: [], notFound: [], stalled: [], latency: 5, skew: 0 };
    store.dispatch({ type: 'answered', ...facts });
    return store.getState();
  };
  const before = await round(1000);
  const after = await round(2000);
  expect(after.tasks).toBe(before.tasks);
  const changed = Object.entries(after).filter(([name, value]) => before[name as keyof typeof before] !== value);
  expect(changed.map(([name]) => name).sort()).toEqual(['polledAt', 'sources']);
});

test('what is kept is bounded in number and size', () => {
  const kept = new SameReply();
  const bytes = Buffer.from('{}');
  for (let question = 0; question < 20; question++) kept.keep(String(question), bytes, {});
  const found = Array.from({ length: 20 }, (_, question) => kept.find(String(question), bytes) !== undefined);
  expect(found.filter(Boolean)).toHaveLength(8);
  expect(found.at(-1)).toBe(true);
  const large = Buffer.alloc(300 * 1024);
  kept.keep('large', large, {});
  expect(kept.find('large', large)).toBeUndefined();
});
