import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { connect, faultOfReply, fixture } from './server.ts';

const body = fixture('E14');
const ids = ['task_AAAAbbbbCCCCddddEEEEffffGGGGhhh1'];
const small = { http: { maxBytes: 4096 } };

test.each([
  ['gzip', gzipSync(body)],
  ['x-gzip', gzipSync(body)],
  ['GZIP', gzipSync(body)],
  ['br', brotliCompressSync(body)],
  ['deflate', deflateSync(body)],
  ['identity', Buffer.from(body)],
])('unpacks %s', async (encoding, packed) => {
  const { client, received } = await connect('fetch', { headers: { 'content-encoding': encoding }, body: packed });
  expect((await client.batch(ids)).snapshots).toHaveLength(1);
  expect(received[0]?.headers['accept-encoding']).toBe('gzip, deflate, br');
});

test.each(['toString', 'constructor', 'zstd'])('an encoding it does not know is named: %s', async encoding => {
  const fault = await faultOfReply('fetch', { headers: { 'content-encoding': encoding }, body });
  expect(fault.kind).toBe('protocol');
  expect(fault.message).toContain(encoding.toLowerCase());
});

test('a reply that unpacks to more than the cap is given up', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  const fault = await faultOfReply(
    'fetch',
    { headers: { 'content-encoding': 'gzip' }, body: bomb },
    { http: { maxBytes: 1024 * 1024 } },
  );
  expect(fault).toMatchObject({ kind: 'protocol', message: 'the reply unpacks to more than 1 MB' });
});

test('a reply larger than the cap is given up before it is complete', async () => {
  const fault = await faultOfReply('fetch', { body: Buffer.alloc(100_000, 'x'), then: 'hang' }, small);
  expect(fault.kind).toBe('protocol');
  expect(fault.message).toMatch(/larger than/);
});

test('the connection still works after a reply that was too large', async () => {
  const { client } = await connect(
    'fetch',
    (_, count) => (count === 1 ? { body: Buffer.alloc(100_000, 'x') } : { body: fixture('E23b') }),
    small,
  );
  await expect(client.batch(ids)).rejects.toThrow(/larger than/);
  expect((await client.batch(ids)).snapshots).toEqual([]);
});

test('packed bytes that are broken are an error, not a crash', async () => {
  const fault = await faultOfReply('fetch', { headers: { 'content-encoding': 'gzip' }, body: 'not gzip at all' });
  expect(fault).toMatchObject({ kind: 'protocol', message: 'the reply cannot be unpacked' });
});

test('the status counts when the body of an error cannot be unpacked', async () => {
  const fault = await faultOfReply('fetch', { status: 503, headers: { 'content-encoding': 'gzip' }, body: 'plain' });
  expect(fault).toMatchObject({ kind: 'server', status: 503 });
});

test('the status counts when the body of an error is too large', async () => {
  const fault = await faultOfReply('fetch', { status: 429, body: Buffer.alloc(100_000, '<') }, small);
  expect(fault).toMatchObject({ kind: 'busy', status: 429 });
});

test('a byte order mark and a trailing line end do not matter', async () => {
  const { client } = await connect('fetch', { body: `\ufeff${body}\r\n` });
  expect((await client.batch(ids)).snapshots).toHaveLength(1);
});

test('bytes that are no UTF-8 spoil one character, not the reply', async () => {
  const broken = Buffer.from(fixture('E15').replaceAll('Twice', 'Tw\u0001ce').replaceAll('\u0001', 'ÿ'), 'latin1');
  const { client } = await connect('fetch', { body: broken });
  const { snapshots } = await client.batch(['task_0123456789abcdef0123456789abcdef']);
  expect(snapshots[0]?.clips[0]?.title).toBe('Tw\ufffdce');
});

test('JSON sent as text/plain is JSON', async () => {
  const { client } = await connect('fetch', { headers: { 'content-type': 'text/plain; charset=utf-8' }, body });
  expect((await client.batch(ids)).snapshots).toHaveLength(1);
});

test.each([
  ['nothing', '', 'network', /empty/],
  ['a sentence', 'Bad things happened', 'network', /not JSON/],
  ['a number', '42', 'protocol', /base URL/],
  ['null', 'null', 'protocol', /base URL/],
  ['a list', '[]', 'protocol', /base URL/],
  ['JSON of another API', '{"hello":"world"}', 'protocol', /base URL/],
])('a 200 that brings %s', async (_, text, kind, words) => {
  for (const dialect of ['fetch', 'tasks'] as const) {
    const fault = await faultOfReply(dialect, { body: text });
    expect(fault).toMatchObject({ kind, status: 200 });
    expect(fault.message).toMatch(words);
  }
});

test('a short text is shown as the reason, a page is not', async () => {
  const plain = { 'content-type': 'text/plain' };
  expect((await faultOfReply('fetch', { status: 500, headers: plain, body: 'db down\nretry' })).message).toBe(
    '500 db down retry',
  );
  expect((await faultOfReply('fetch', { status: 500, headers: plain, body: '<html>db</html>' })).message).toBe(
    '500 internal server error',
  );
});
