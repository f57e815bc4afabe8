import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../source/api/client.ts';
import { createHttp } from '../../source/api/http.ts';
import { redactor } from '../../source/api/redact.ts';
import { connect, faultFrom, faultOfReply, fixture, sourceFor } from './server.ts';

const quick = { http: { timeout: 60 } };
const ids = ['task_AAAA'];

test('a host that refuses the connection', async () => {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise(resolve => server.close(resolve));
  const http = createHttp();
  onTestFinished(() => http.close());
  const client = createClient(sourceFor('fetch', { baseUrl: `http://127.0.0.1:${port}` }), http, redactor([]));
  expect(await faultFrom(client.batch(ids))).toMatchObject({
    kind: 'network',
    status: null,
    code: 'ECONNREFUSED',
    message: 'connection refused',
  });
});

test('a connection cut before, or in the middle of, the reply', async () => {
  for (const answer of ['reset', { body: '{"code":"succ', then: 'reset' }] as const) {
    const fault = await faultOfReply('fetch', answer);
    expect(fault.kind).toBe('network');
    expect(fault.message).toMatch(/^(connection (reset|closed)|the reply is cut off)/);
  }
});

test('a reply that does not come, or stops half-way, ends at the timeout', async () => {
  for (const answer of ['hang', { body: '{"code":"succ', then: 'hang' }] as const) {
    expect(await faultOfReply('fetch', answer, quick)).toMatchObject({
      kind: 'network',
      message: 'no answer within 0.06 s',
    });
  }
});

test('giving up ends the request with the reason given, not with a fault of the network', async () => {
  const abort = new AbortController();
  const reason = new Error('the person left');
  const { client } = await connect('fetch', () => {
    setImmediate(() => abort.abort(reason));
    return 'hang';
  });
  await expect(client.batch(ids, abort.signal)).rejects.toBe(reason);
});

test('a request given up before it began is not sent', async () => {
  const { client, received } = await connect('fetch', { body: fixture('E23b') });
  await expect(client.batch(ids, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  expect(received).toEqual([]);
});

test('after a reset the next question finds its way on a new connection', async () => {
  const { client } = await connect('fetch', (_, count) => (count === 1 ? 'reset' : { body: fixture('E23b') }));
  await faultFrom(client.batch(ids));
  expect((await client.batch(ids)).snapshots).toEqual([]);
});

test('dropping the connections does not stop what is asked later', async () => {
  const { client } = await connect('fetch', { body: fixture('E23b') });
  const http = createHttp();
  onTestFinished(() => http.close());
  const other = createClient(client.source, http, redactor([]));
  await other.batch(ids);
  http.reset();
  expect((await other.batch(ids)).snapshots).toEqual([]);
});

test('the Date header tells the vendor’s clock', async () => {
  const date = 'Mon, 21 Sep 2026 14:00:00 GMT';
  const { client } = await connect('fetch', { headers: { date }, body: fixture('E23b') });
  const answer = await client.batch(ids);
  expect(answer.serverTime).toBe(Date.parse(date));
  expect(answer.latency).toBeGreaterThan(0);
});

test('an unknown id has taken its time too', async () => {
  const { client } = await connect('fetch', { status: 400, body: fixture('E24a') });
  expect((await client.single('task_AAAA')).latency).toBeGreaterThan(0);
});

test.each([
  ['120', 120_000],
  ['1.5', 1500],
  ['0', 0],
  ['80000', 80_000_000],
  ['999999', 86_400_000],
  ['Mon, 21 Sep 2026 14:00:30 GMT', 30_000],
  ['Mon, 21 Sep 2026 13:00:00 GMT', 0],
  ['soon', null],
  ['in 3 minutes', null],
  ['-5', null],
  ['', null],
])('Retry-After: %s', async (value, expected) => {
  // A date counts from the vendor's own clock, which is not ours.
  const headers = { date: 'Mon, 21 Sep 2026 14:00:00 GMT', 'retry-after': value };
  const fault = await faultOfReply('fetch', { status: 429, headers });
  expect(fault.retryAfter).toBe(expected);
});
