import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { connect, faultFrom, faultOfReply, fixture, html, serve, token } from './server.ts';

const json = (value: unknown) => JSON.stringify(value);

test('a redirect is not followed: the token stays with its own host', async () => {
  const other = await serve({ body: fixture('E23b') });
  for (const status of [301, 302, 303, 307, 308]) {
    const headers = { location: `${other.baseUrl}/producer/fetch` };
    const fault = await faultOfReply('fetch', { status, headers });
    expect(fault).toMatchObject({ kind: 'protocol', status });
  }
  expect(other.received).toEqual([]);
});

test.each([undefined, 'http://[', ''])('a redirect to nowhere: %s', async location => {
  const fault = await faultOfReply('fetch', { status: 302, headers: location === undefined ? {} : { location } });
  expect(fault.message).toContain('nowhere');
});

test('the address of a redirect is named without what it carries', async () => {
  const location = `https://user:${token}@www.example.net/?key=${token}`;
  const fault = await faultOfReply('fetch', { status: 302, headers: { location } });
  expect(fault.message).toContain('www.example.net');
  expect(fault.message).not.toContain(token);
});

test('the token is sent as a bearer, with the language that messages are asked for in', async () => {
  const { client, received } = await connect('tasks', { body: fixture('E12') }, { http: { version: '1.2.3' } });
  await client.batch(['x']);
  expect(received[0]?.headers).toMatchObject({
    authorization: `Bearer ${token}`,
    'accept-language': 'en',
    'content-type': 'application/json',
    'user-agent': 'cliptop/1.2.3',
  });
});

const dashed = 'sk-abcdef-ghijklmnop-qrstuv';

test.each([
  ['a message', 401, json({ error: { message: `key ${dashed} is wrong` } })],
  ['a code', 400, json({ code: dashed, message: 'no' })],
  ['a bare string', 500, json({ error: `denied: Bearer ${dashed}` })],
  ['plain text', 500, `Authorization: Bearer ${dashed}`],
  ['plain text that is cut in the middle of it', 500, 'x'.repeat(190) + dashed],
  ['a message that is cut in the middle of it', 500, json({ message: 'x'.repeat(990) + dashed })],
  ['escapes', 500, json({ message: dashed }).replace('abc', '\\u0061bc')],
  ['a reply with status 200', 200, json({ success: false, message: dashed })],
  ['a request id', 500, json({ message: `no (request id: ${dashed})`, trace_id: dashed })],
])('an error that repeats the token in %s does not show it, nor a part of it', async (_, status, body) => {
  const fault = await faultOfReply('fetch', { status, body }, { source: { token: dashed } });
  for (const part of [dashed, 'abcdef', 'ghijklmnop', 'qrstuv']) {
    expect(`${inspect(fault, { depth: 9 })} ${fault.code ?? ''} ${fault.traceId ?? ''}`).not.toContain(part);
  }
});

test('nothing that goes wrong shows the token', async () => {
  const answers = ['hang', 'reset', { body: html }, { body: 'x' }, { status: 502 }] as const;
  for (const answer of answers) {
    const fault = await faultOfReply('fetch', answer, { http: { timeout: 40 } });
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain(token);
  }
});

test('a key that an error quotes in part is hidden', async () => {
  const body = json({ error: { message: '该令牌额度已用尽 TokenStatusExhausted[sk-abc***xyz]' } });
  const { message } = await faultOfReply('fetch', { status: 401, body });
  expect(message).not.toMatch(/abc|xyz/);
});

test('a failure’s reason that quotes the key in part hides it', async () => {
  const row = { task_id: 'task_AAAA', status: 'FAILURE', fail_reason: 'quota of [sk-abc***xyz] is used up' };
  const { client } = await connect('fetch', { body: json({ code: 'success', message: '', data: [row] }) });
  const { snapshots } = await client.batch(['task_AAAA']);
  expect(snapshots[0]?.error?.message).not.toMatch(/abc|xyz/);
  const record = {
    id: 'a',
    finished_at: 1_790_000_000,
    response: { success: false, error: 'key sk-abc***xyz is used up' },
  };
  const tasks = await connect('tasks', { body: json(record) });
  expect((await tasks.client.single('a')).snapshots[0]?.error?.message).not.toMatch(/abc|xyz/);
});

test.each([
  ['its own', undefined, dashed],
  ['that of another source', 'sk-0123456789', dashed],
])('a request id in a header that repeats a token hides it: %s', async (_, own, repeated) => {
  const headers = { 'x-oneapi-request-id': `Bearer ${repeated}` };
  for (const dialect of ['fetch', 'tasks'] as const) {
    const fault = await faultOfReply(
      dialect,
      { status: 500, headers },
      { source: { token: own ?? dashed }, tokens: [dashed] },
    );
    expect(fault).toMatchObject({ message: '500 internal server error', traceId: 'Bearer [token]' });
  }
});

test('an error holds no escape sequence of the vendor', async () => {
  const body = json({ error: { code: '\u001b[31mbad', message: 'a\u001b]52;c;ZXZpbA==\u0007b\u009b31mc\u202ed' } });
  const { client } = await connect('fetch', { status: 500, body });
  const fault = await faultFrom(client.batch(['task_AAAA']));
  expect(fault.message).toBe('500 abcd');
  expect(fault.code).toBe('bad');
});

test('a token that a reply repeats in a title is hidden, also behind escapes', async () => {
  const slashed = 'sk-AbCd/EfGh/0123456789';
  const row = {
    task_id: 'task_AAAA',
    status: 'SUCCESS',
    data: { clips: [{ clip_id: 'c', title: `echo ${slashed}` }] },
  };
  for (const body of [
    json({ code: 'success', data: [row] }),
    json({ code: 'success', data: [row] }).replaceAll('/', '\\/'),
  ]) {
    const { client } = await connect('fetch', { body }, { source: { token: slashed } });
    const { snapshots } = await client.batch(['task_AAAA']);
    expect(snapshots[0]?.clips[0]?.title).toBe('echo [token]');
  }
});

test('a careless token neither breaks numbers nor ids that contain it', async () => {
  const numbered = { task_id: 'task_mytesttest1', status: 'IN_PROGRESS', submit_time: 1_712_345_678, data: null };
  for (const token of ['123456', '12345678', 'sk-testtest']) {
    const { client } = await connect(
      'fetch',
      { body: json({ code: 'success', message: '', data: [numbered] }) },
      { source: { token } },
    );
    const { snapshots } = await client.batch(['task_mytesttest1']);
    expect(snapshots[0]).toMatchObject({ id: 'task_mytesttest1', submittedAt: 1_712_345_678_000 });
  }
});
