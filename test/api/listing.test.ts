import { expect, test } from 'vitest';
import { createClient } from '../../source/api/client.ts';
import { createHttp } from '../../source/api/http.ts';
import { redactor } from '../../source/api/redact.ts';
import { onTestFinished } from 'vitest';
import { bearer, start, tasksTask } from '../simulator/start.ts';
import { connect, faultFrom, fixture, sourceFor, token } from './server.ts';

const query = { limit: 50, offset: 0, from: null };

const listed = async (body: unknown, more: Parameters<typeof connect>[2] = {}) => {
  const { client, received } = await connect('tasks', { body: JSON.stringify(body) }, more);
  return { answer: client.list?.(query) ?? Promise.reject(new Error('no listing')), received };
};

test('is asked for with limit, offset and the earliest time in whole seconds, and without ids', async () => {
  const { client, received } = await connect('tasks', { body: '{"items":[],"count":0}' });
  await client.list?.({ limit: 20, offset: 40, from: 1_790_000_000_900 });
  expect(received[0]).toMatchObject({ method: 'POST', path: '/producer/tasks' });
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({
    action: 'retrieve_batch',
    limit: 20,
    offset: 40,
    created_at_min: 1_790_000_000,
  });
});

test('the fetch dialect has none', async () => {
  expect((await connect('fetch', { body: '{}' })).client.list).toBeUndefined();
});

test('a row is known by its own id, not by the job of an upstream, and says whose it is', async () => {
  const source = { service: 'kling', name: 'acedata/kling' };
  const { client } = await connect('tasks', { body: fixture('service-kling') }, { source });
  const listing = await client.list?.(query);
  expect(listing).toMatchObject({ rows: 2, total: 2 });
  expect(listing?.tasks.map(({ snapshot }) => snapshot.id)).toEqual([
    '11111111-1111-4111-8111-000000000043',
    '11111111-1111-4111-8111-000000000045',
  ]);
  expect(listing?.tasks[0]).toMatchObject({
    owner: '55555555-5555-4555-8555-000000000001',
    snapshot: { status: 'succeeded', submittedAt: 1_790_000_400_500 },
  });
});

test.each([
  ['nothing', {}],
  ['one task', { id: '11111111-1111-4111-8111-000000000043', response: null }],
  ['no object', 'list'],
])('a reply with %s is no listing', async (_, body) => {
  const { answer } = await listed(body);
  expect(await faultFrom(answer)).toMatchObject({ kind: 'request', code: 'no_listing' });
});

test('an error that comes with status 200 is one', async () => {
  const { answer } = await listed({ success: false, error: { code: 'api_not_implemented', message: 'no' } });
  expect(await faultFrom(answer)).toMatchObject({ kind: 'protocol', code: 'api_not_implemented' });
});

test('what is no task is passed over, and no token comes through', async () => {
  const id = '11111111-1111-4111-8111-000000000001';
  const rows = [
    null,
    7,
    'x',
    {},
    { id: 41 },
    { id: 'items' },
    { id, request: { prompt: `my ${token}` } },
    { id: token },
  ];
  const { answer } = await listed({ data: { items: rows, total: 9 } });
  const listing = await answer;
  expect(listing).toMatchObject({ rows: 8, total: 9 });
  expect(listing.tasks.map(({ snapshot }) => snapshot.id)).toEqual([id]);
  expect(JSON.stringify(listing)).not.toContain(token);
});

test('a row whose id cannot be asked about is left out, and told of', async () => {
  const id = '11111111-1111-4111-8111-000000000001';
  const odd = [
    '../../v1/keys',
    'task_0123456789',
    `${id}\u0000`,
    `\u202e${id}`,
    'a1'.repeat(500),
    `${id}0`,
    `my ${token}`,
  ];
  const rows = [...odd.map(each => ({ id: each })), { id: id.toUpperCase() }, { id: 'x', task_id: id }];
  const { answer } = await listed({ items: rows });
  const listing = await answer;
  expect(listing.tasks.map(({ snapshot }) => snapshot.id)).toEqual([id, id]);
  expect(listing).toMatchObject({ rows: 9, refused: { count: 7, such: '../../v1/keys' } });
  const { answer: secret } = await listed({ items: [{ id: `my ${token}\u001b[2J` }] });
  expect((await secret).refused).toEqual({ count: 1, such: 'my [token]' });
  // What the providers of a config file make, nobody knows.
  const { answer: own } = await listed({ items: rows }, { source: { provider: 'relay', name: 'relay/producer' } });
  const ownListing = await own;
  expect(ownListing.tasks.map(({ snapshot }) => snapshot.id)).toEqual(['task_0123456789', `${id}0`, id, id]);
  expect(ownListing.refused?.count).toBe(5);
});

test('the simulated API is understood', async () => {
  const { simulator } = await start({ tasks: [tasksTask()] });
  expect(bearer(simulator).authorization).toContain(simulator.token);
  const http = createHttp({ direct: true });
  onTestFinished(() => http.close());
  const source = sourceFor('tasks', { baseUrl: simulator.tasksBaseUrl, token: simulator.token });
  const listing = await createClient(source, http, redactor([])).list?.(query);
  expect(listing).toMatchObject({ total: 1, tasks: [{ snapshot: { id: tasksTask().id, status: 'queued' } }] });
});
