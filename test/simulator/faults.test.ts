import { describe, expect, test } from 'vitest';
import type { Fault } from '../../source/simulator/faults.ts';
import {
  bearer,
  bodyOf,
  fetchTask,
  getFetch,
  itemOf,
  itemsOf,
  postFetch,
  postTasks,
  start,
  tasksTask,
} from './start.ts';

const { id } = fetchTask();

async function broken(fault: Fault) {
  const { simulator } = await start({ tasks: [fetchTask(), tasksTask()] });
  simulator.fault(fault);
  return simulator;
}

describe('a reply with a fault', () => {
  test('has any status and any body', async () => {
    const simulator = await broken({
      kind: 'status',
      status: 503,
      body: '<html>',
      contentType: 'text/html',
      headers: { 'retry-after': '7' },
    });
    const response = await postFetch(simulator, { ids: [id] });
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '7', '<html>']);
    simulator.fault({ kind: 'status', status: 429 });
    const empty = await postFetch(simulator, { ids: [id] });
    expect([empty.status, empty.headers.get('content-length'), await empty.text()]).toEqual([429, '0', '']);
    expect(empty.headers.get('content-type')).toBeNull();
    expect(simulator.requests.map(({ status }) => status)).toEqual([503, 429]);
  });

  test('has truncated JSON, with the length of what is sent', async () => {
    const simulator = await broken({ kind: 'truncate-json' });
    const response = await postFetch(simulator, { ids: [id] });
    const text = await response.text();
    expect(Number(response.headers.get('content-length'))).toBe(Buffer.byteLength(text));
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  test('has invalid UTF-8, a byte order mark, gzip, the wrong type, or HTML', async () => {
    const simulator = await broken({ kind: 'invalid-utf8' });
    expect(await (await postFetch(simulator, { ids: [id] })).text()).toContain('\uFFFD');
    simulator.fault({ kind: 'bom' });
    const bytes = new Uint8Array(await (await postFetch(simulator, { ids: [id] })).arrayBuffer());
    expect([...bytes.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x7b]);
    simulator.fault({ kind: 'gzip' });
    const zipped = await postFetch(simulator, { ids: [id] });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(await zipped.json()).toMatchObject({ data: [{ task_id: id }] });
    simulator.fault({ kind: 'text-plain' });
    const plain = await postFetch(simulator, { ids: [id] });
    expect(plain.headers.get('content-type')).toContain('text/plain');
    expect(await plain.json()).toMatchObject({ code: 'success' });
    simulator.fault({ kind: 'html' });
    const page = await postFetch(simulator, { ids: [id] });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  test('is a redirect', async () => {
    const simulator = await broken({ kind: 'redirect', location: 'https://www.example.net/producer/fetch' });
    const response = await postFetch(simulator, { ids: [id] });
    expect([response.status, response.headers.get('location')]).toEqual([
      301,
      'https://www.example.net/producer/fetch',
    ]);
  });

  test('has no data, in the form of each dialect', async () => {
    const simulator = await broken({ kind: 'data-null' });
    expect(await bodyOf(postFetch(simulator, { ids: [id] }))).toEqual({ code: 'success', message: '', data: null });
    expect(await itemsOf(simulator, [tasksTask().id])).toEqual({ items: [], count: 0 });
    expect(await itemOf(simulator, tasksTask().id)).toEqual({});
  });

  test('is an error whenever the request names one id', async () => {
    const simulator = await broken({ kind: 'poison', id });
    expect(await bodyOf(postFetch(simulator, { ids: ['other', id] }))).toEqual({ code: 'success', data: null });
    expect(await bodyOf(getFetch(simulator, id))).toEqual({ code: 'success', data: null });
    expect((await getFetch(simulator, 'other')).status).toBe(400);
    simulator.fault({ kind: 'poison', id: tasksTask().id });
    const response = await postTasks(simulator, { action: 'retrieve', id: tasksTask().id });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: 'api_error' } });
  });

  test('comes late, and is right', async () => {
    const simulator = await broken({ kind: 'delay', ms: 5 });
    expect(await bodyOf(postFetch(simulator, { ids: [id] }))).toMatchObject({ data: [{ task_id: id }] });
  });
});

describe('a connection that breaks', () => {
  test('before the reply', async () => {
    const simulator = await broken({ kind: 'reset-before-headers' });
    await expect(postFetch(simulator, { ids: [id] })).rejects.toThrow('fetch failed');
    expect(simulator.requests.map(({ status }) => status)).toEqual([0]);
  });

  test('in the middle of it', async () => {
    const simulator = await broken({ kind: 'reset-in-body' });
    const response = postFetch(simulator, { ids: [id] }).then(reply => reply.text());
    await expect(response).rejects.toThrow();
  });

  test('in the middle of a file', async () => {
    const simulator = await broken({ kind: 'reset-in-body', when: 'media', times: 1 });
    const url = `${simulator.origin}/media/a.wav`;
    await expect(fetch(url).then(reply => reply.arrayBuffer())).rejects.toThrow();
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('a connection that hangs', () => {
  test('before the reply, until the simulator closes', async () => {
    const simulator = await broken({ kind: 'hang-before-headers' });
    const signal = AbortSignal.timeout(50);
    const url = `${simulator.fetchBaseUrl}/producer/fetch/${id}`;
    await expect(fetch(url, { headers: bearer(simulator), signal })).rejects.toThrow('timeout');
  });

  test('after half of the reply', async () => {
    const simulator = await broken({ kind: 'hang-in-body' });
    const url = `${simulator.fetchBaseUrl}/producer/fetch/${id}`;
    const response = await fetch(url, { headers: bearer(simulator), signal: AbortSignal.timeout(100) });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('timeout');
    expect(simulator.requests[0]?.bytesSent).toBeGreaterThan(20);
  });
});

describe('a reply that is too large', () => {
  test('is valid JSON when it is read to its end', async () => {
    const simulator = await broken({ kind: 'huge-body', bytes: 200_000 });
    const body = await bodyOf<{ padding: string }>(postFetch(simulator, { ids: [id] }));
    expect(body.padding).toHaveLength(200_000);
    simulator.fault({ kind: 'gzip-bomb', bytes: 8_000_000 });
    const bomb = await postFetch(simulator, { ids: [id] });
    expect(Number(bomb.headers.get('content-length'))).toBeLessThan(50_000);
    expect(((await bomb.json()) as { padding: string }).padding).toHaveLength(8_000_000);
  });

  test('is no longer sent when the client closes the connection', async () => {
    const simulator = await broken({ kind: 'huge-body', bytes: 10_000_000_000 });
    const response = await postFetch(simulator, { ids: [id] });
    await response.body?.cancel();
    // The next request is answered: the huge reply neither blocks the simulator nor fills its memory.
    simulator.fault(null);
    expect((await postFetch(simulator, { ids: [id] })).status).toBe(200);
    expect(simulator.requests[0]?.bytesSent).toBeLessThan(100_000_000);
  });
});

describe('a fault applies', () => {
  test('to so many requests', async () => {
    const simulator = await broken({ kind: 'status', status: 500, times: 2 });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await postFetch(simulator, { ids: [id] })).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  test('to batches or single queries only, and to files only if named', async () => {
    const simulator = await broken({ kind: 'status', status: 500, when: 'batch' });
    expect((await postFetch(simulator, { ids: [id] })).status).toBe(500);
    expect((await getFetch(simulator, id)).status).toBe(200);
    simulator.fault({ kind: 'status', status: 500, when: 'single' });
    expect((await postFetch(simulator, { ids: [id] })).status).toBe(200);
    expect((await getFetch(simulator, id)).status).toBe(500);
    simulator.fault({ kind: 'status', status: 500 });
    expect((await fetch(`${simulator.origin}/media/a.png`)).status).toBe(200);
    simulator.fault(null);
    expect((await getFetch(simulator, id)).status).toBe(200);
  });
});
