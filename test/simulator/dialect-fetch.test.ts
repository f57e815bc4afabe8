import { describe, expect, test } from 'vitest';
import { bodyOf, fetchTask, getFetch, postFetch, rowOf, rowsOf, start } from './start.ts';

const { id } = fetchTask();

describe('a row over the timeline of its task', () => {
  test('goes from NOT_START without data to SUCCESS with a clip that has a file', async () => {
    const { simulator, clock } = await start({ tasks: [fetchTask()] });
    const submitted = Math.floor(clock.now / 1000);
    expect(await rowOf(simulator, id)).toMatchObject({
      task_id: id,
      status: 'NOT_START',
      progress: '0%',
      data: null,
      submit_time: submitted,
      start_time: 0,
      finish_time: 0,
    });
    clock.now += 2_000;
    expect(await rowOf(simulator, id)).toMatchObject({ status: 'QUEUED', start_time: 0 });
    clock.now += 3_000;
    const running = await rowOf(simulator, id);
    expect(running).toMatchObject({ status: 'IN_PROGRESS', progress: '20%', start_time: submitted + 3 });
    expect(running).not.toHaveProperty('result_url');
    clock.now += 60_000;
    const done = await rowOf(simulator, id);
    const clip = { state: 'completed', title: 'Quiet Pier', duration: null };
    expect(done).toMatchObject({ status: 'SUCCESS', progress: '100%', finish_time: submitted + 13, fail_reason: '' });
    expect(done).toMatchObject({ updated_at: submitted + 13, data: { clips: [clip], progress: '100%', quota: '3' } });
    expect((await fetch(String(done.result_url), { method: 'HEAD' })).status).toBe(200);
  });

  test('nests the UUID of the upstream job, which is not the id of the task', async () => {
    const { simulator, clock } = await start({ tasks: [fetchTask()] });
    clock.now += 5_000;
    const { data } = await rowOf(simulator, id);
    expect(data).toMatchObject({
      progress: '20%',
      task_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/) as string,
    });
  });

  test('repeats the reason of a failure as its result URL', async () => {
    const reason = '任务超时（1440分钟）';
    const { simulator, clock } = await start({ tasks: [fetchTask({ ending: 'failed', reason })] });
    clock.now += 20_000;
    expect(await rowOf(simulator, id)).toMatchObject({
      status: 'FAILURE',
      progress: '100%',
      fail_reason: reason,
      result_url: reason,
      data: null,
    });
  });

  test('a zombie stays in progress at 100 % with a reason', async () => {
    const { simulator, clock } = await start({ tasks: [fetchTask({ ending: 'zombie', reason: 'quota exceeded' })] });
    clock.now += 20_000;
    expect(await rowOf(simulator, id)).toMatchObject({
      status: 'IN_PROGRESS',
      progress: '100%',
      fail_reason: 'quota exceeded',
      finish_time: 0,
    });
  });

  test('a partial result holds one clip that works and one that failed', async () => {
    const { simulator, clock } = await start({ tasks: [fetchTask({ ending: 'partial', titles: ['One', 'Two'] })] });
    clock.now += 20_000;
    expect(await rowOf(simulator, id)).toMatchObject({
      status: 'SUCCESS',
      data: { clips: [{ state: 'completed' }, { state: 'failed', audio_url: null }] },
    });
  });

  test('Suno sends songs as a bare array, streams early and stays at 0 %', async () => {
    const suno = fetchTask({ service: 'suno', titles: ['One', 'Two'], progress: 'zero', preview: 0.5 });
    const { simulator, clock } = await start({ tasks: [suno] });
    clock.now += 4_000;
    expect(await rowOf(simulator, id, 'suno')).toMatchObject({ progress: '0%', data: [] });
    clock.now += 5_000;
    const audio = expect.stringMatching(/\.wav$/) as string;
    const streaming = { status: 'streaming', audio_url: audio };
    expect(await rowOf(simulator, id, 'suno')).toMatchObject({ progress: '0%', data: [streaming, streaming] });
    clock.now += 5_000;
    expect(await rowOf(simulator, id, 'suno')).toMatchObject({
      status: 'SUCCESS',
      data: [{ title: 'One', status: 'complete' }, { title: 'Two' }],
    });
  });

  test('has other status words, progress and times when the scenario says so', async () => {
    const odd = fetchTask({
      words: { queued: 'queueing', running: 'streaming' },
      progress: ['almost', 12, null],
      times: 'milliseconds',
      dataAsText: true,
    });
    const { simulator, clock } = await start({ tasks: [odd] });
    const submit_time = clock.now;
    clock.now += 1_500;
    expect(await rowOf(simulator, id)).toMatchObject({ status: 'queueing', submit_time });
    clock.now += 2_000;
    expect(await rowOf(simulator, id)).toMatchObject({ status: 'streaming', progress: 'almost' });
    clock.now += 4_000;
    expect(await rowOf(simulator, id)).toMatchObject({ progress: 12, data: expect.stringContaining('{') as string });
    clock.now += 3_000;
    expect(await rowOf(simulator, id)).toMatchObject({ progress: null });
  });

  test('is sent as `rewrite` returns it', async () => {
    const rewrite = (record: object) => ({ ...record, data: [null, 'text'] });
    const { simulator } = await start({ tasks: [fetchTask({ rewrite })] });
    expect(await rowOf(simulator, id)).toMatchObject({ task_id: id, data: [null, 'text'] });
  });
});

describe('a batch', () => {
  const other = 'task_0123456789abcdef0123456789ABCDEF';
  const two = [fetchTask(), fetchTask({ id: other })];

  test('has no row for unknown ids, and not the order of the request', async () => {
    const { simulator } = await start({ tasks: two });
    const rows = await rowsOf(simulator, [id, 'task_unknown', other, id]);
    expect(rows?.map(row => row.task_id)).toEqual([other, id]);
  });

  test('is case-sensitive about ids', async () => {
    const { simulator } = await start({ tasks: two });
    expect(await rowsOf(simulator, [id.toLowerCase()])).toBeNull();
  });

  test('is null when no id is known, and an empty list for an empty request', async () => {
    const { simulator } = await start({ tasks: two });
    expect(await bodyOf(postFetch(simulator, { ids: ['task_unknown'] }))).toEqual({
      code: 'success',
      message: '',
      data: null,
    });
    for (const body of [{ ids: [] }, {}, { ids: null }]) {
      expect(await bodyOf(postFetch(simulator, body))).toMatchObject({ code: 'success', data: [] });
    }
  });

  test('can have a second, out-of-date row of the same task', async () => {
    const { simulator, clock } = await start({ tasks: [fetchTask({ duplicate: 'stale-last' })] });
    clock.now += 20_000;
    const rows = await rowsOf(simulator, [id]);
    expect(rows?.map(row => [row.task_id, row.status])).toEqual([
      [id, 'SUCCESS'],
      [id, 'IN_PROGRESS'],
    ]);
  });

  test('can leave out a task that a single query finds', async () => {
    const { simulator } = await start({ tasks: [fetchTask({ omittedInBatch: true })] });
    expect(await rowsOf(simulator, [id])).toBeNull();
    expect(await rowOf(simulator, id)).toMatchObject({ task_id: id });
  });

  test.each([
    ['nothing', '', 'EOF'],
    ['half a word', 'ids=1', 'invalid character'],
    ['a string of ids', '{"ids":"task_1"}', 'cannot unmarshal string'],
  ])('answers %s with 400 in text/plain', async (_, body, message) => {
    const { simulator } = await start({ tasks: two });
    const response = await postFetch(simulator, body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.json()).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining(message) as string,
    });
  });
});

test('a single query for an unknown id is a bad request', async () => {
  const { simulator } = await start({ tasks: [] });
  const response = await getFetch(simulator, 'task_unknown');
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ code: 'task_not_exist', message: 'task_not_exist', data: null });
});

test('a task of the other service is unknown', async () => {
  const { simulator } = await start({ tasks: [fetchTask({ service: 'suno' })] });
  expect((await getFetch(simulator, id)).status).toBe(400);
  expect((await getFetch(simulator, id, 'suno')).status).toBe(200);
});
