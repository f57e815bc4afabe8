import { describe, expect, test } from 'vitest';
import { startSimulator } from '../../source/simulator/simulator.ts';
import { fetchTask, getFetch, noTasks, postFetch, postTasks, rowOf, start, tasksTask } from './start.ts';

const { id } = fetchTask();

describe('the token', () => {
  test('is refused by each dialect in its own form', async () => {
    const { simulator } = await start(noTasks, { token: 'right' });
    const wrong = { ...simulator, token: 'wrong' };
    const overFetch = await postFetch(wrong, { ids: [] });
    expect(overFetch.status).toBe(401);
    expect(await overFetch.json()).toEqual({
      error: {
        message: expect.stringMatching(/^Invalid token \(request id: \d{17}[A-Z]{8}\)$/) as string,
        type: 'new_api_error',
        code: '',
      },
    });
    expect(overFetch.headers.get('x-oneapi-request-id')).toMatch(/^\d{17}/);
    const overTasks = await postTasks(wrong, {});
    expect(overTasks.status).toBe(401);
    expect(await overTasks.json()).toMatchObject({
      error: { code: 'invalid_token' },
      trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  test('is accepted without "Bearer" in the fetch dialect, and a missing one has its own error in the other', async () => {
    const { simulator } = await start(noTasks);
    const url = `${simulator.fetchBaseUrl}/producer/fetch`;
    const bare = await fetch(url, { method: 'POST', headers: { authorization: simulator.token }, body: '{}' });
    expect(bare.status).toBe(200);
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
    const none = await fetch(`${simulator.tasksBaseUrl}/suno/tasks`, { method: 'POST', body: '{}' });
    expect(none.status).toBe(400);
    expect(await none.json()).toMatchObject({ error: { code: 'no_token' } });
  });
});

describe('a path that does not exist', () => {
  test.each(['/ccapi//producer/fetch', '/ccapi/producer/fetch/', '/ccapi/producer/submit', '/', '/other'])(
    '%s is a page with status 200',
    async path => {
      const { simulator } = await start(noTasks);
      const response = await fetch(simulator.origin + path, { method: 'POST', body: '{}' });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    },
  );

  test('below /v1 is a 404 of the relay', async () => {
    const { simulator } = await start(noTasks);
    const response = await fetch(`${simulator.fetchBaseUrl}/v1/producer/fetch`, { method: 'POST' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { message: 'Invalid URL (POST /v1/producer/fetch)' } });
  });

  test.each(['/xhuo/producer/tasks', '/xhuo/v1//producer/tasks', '/xhuo/v1/riffusion/tasks'])(
    '%s is no_api',
    async path => {
      const { simulator } = await start(noTasks);
      const response = await fetch(simulator.origin + path, { method: 'POST', body: '{}' });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'no_api' } });
    },
  );
});

test('the rate limit applies to the tasks dialect, and only when it is switched on', async () => {
  const question = { action: 'retrieve', id: tasksTask().id };
  const { simulator: free } = await start(noTasks);
  expect((await postTasks(free, question)).status).toBe(200);
  expect((await postTasks(free, question)).status).toBe(200);
  const { simulator, clock } = await start(noTasks, { rateLimit: true });
  expect((await postTasks(simulator, question)).status).toBe(200);
  clock.now += 999;
  const early = await postTasks(simulator, question);
  expect(early.status).toBe(429);
  expect(await early.json()).toMatchObject({ error: { code: 'too_many_requests' } });
  clock.now += 1;
  expect((await postTasks(simulator, question)).status).toBe(200);
});

test('every request is recorded', async () => {
  const { simulator, clock } = await start({ tasks: [fetchTask()] });
  await postFetch(simulator, { ids: [id, 'task_other'] });
  await getFetch(simulator, 'a/b');
  await postTasks(simulator, { action: 'retrieve_batch', ids: ['x'] });
  const at = clock.now;
  expect(simulator.requests).toMatchObject([
    { at, method: 'POST', path: '/ccapi/producer/fetch', dialect: 'fetch', ids: [id, 'task_other'], single: false },
    { at, method: 'GET', path: '/ccapi/producer/fetch/a%2Fb', ids: ['a/b'], single: true, status: 400 },
    { at, method: 'POST', path: '/xhuo/v1/producer/tasks', dialect: 'tasks', ids: ['x'], single: false, status: 200 },
  ]);
  expect(simulator.requests[0]?.headers).toMatchObject({ authorization: 'Bearer demo-token' });
});

describe('the clock', () => {
  test('starts a task with the server, or when it is added', async () => {
    const { simulator, clock } = await start({ tasks: [fetchTask()] });
    clock.now += 8_000;
    simulator.add(fetchTask({ id: 'task_late', titles: ['Late'] }));
    expect(await rowOf(simulator, id)).toMatchObject({ progress: '50%' });
    expect(await rowOf(simulator, 'task_late')).toMatchObject({ status: 'NOT_START' });
    expect(simulator.ids.at(-1)).toEqual({ id: 'task_late', dialect: 'fetch', service: 'producer', summary: 'Late' });
  });

  test('starts a task at the first request for it, when the scenario says so', async () => {
    const { simulator, clock } = await start({ tasks: [fetchTask()], start: 'when-asked' });
    clock.now += 100_000;
    const submit_time = Math.floor(clock.now / 1000);
    expect(await rowOf(simulator, id)).toMatchObject({ status: 'NOT_START', submit_time });
    clock.now += 13_000;
    expect(await rowOf(simulator, id)).toMatchObject({ status: 'SUCCESS', submit_time });
  });

  test('can run faster, and the times in the replies agree with it', async () => {
    const { simulator, clock } = await start({ tasks: [fetchTask({ endsAfter: 100_000 })] }, { speed: 10 });
    const submitted = Math.floor(clock.now / 1000);
    clock.now += 10_000;
    expect(await rowOf(simulator, id)).toMatchObject({ status: 'SUCCESS', finish_time: submitted + 10 });
  });

  test('also dates the replies', async () => {
    const { simulator, clock } = await start(noTasks);
    const response = await getFetch(simulator, 'x');
    expect(Date.parse(response.headers.get('date') ?? '')).toBe(clock.now);
  });
});

test('the ids to watch can include unknown ones and repetitions', async () => {
  const unknown = { id: 'task_unknown', dialect: 'fetch', service: 'producer', summary: 'not there' } as const;
  const again = { ...unknown, id, summary: 'again' };
  const { simulator } = await start({ tasks: [fetchTask()], alsoWatch: [unknown, again] });
  expect(simulator.ids.map(watched => watched.id)).toEqual([id, 'task_unknown', id]);
});

test('rejects when the port is taken', async () => {
  const { simulator } = await start(noTasks);
  const port = Number(new URL(simulator.origin).port);
  await expect(startSimulator({ port })).rejects.toThrow('EADDRINUSE');
});

test('closing ends every connection, also the second time', async () => {
  const { simulator } = await start(noTasks);
  simulator.fault({ kind: 'hang-before-headers' });
  const hanging = getFetch(simulator, 'x');
  const refused = expect(hanging).rejects.toThrow();
  while (simulator.requests.length === 0) await new Promise(resolve => setImmediate(resolve));
  await simulator.close();
  await simulator.close();
  await refused;
});
