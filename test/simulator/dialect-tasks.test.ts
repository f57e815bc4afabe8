import { describe, expect, test } from 'vitest';
import { callbackUrl } from '../../source/simulator/clips.ts';
import { uuidFrom } from '../../source/simulator/random.ts';
import type { SimulatedTask } from '../../source/simulator/scenario.ts';
import { itemOf, itemsOf, postTasks, start, tasksTask } from './start.ts';

const { id } = tasksTask();

/** The record of one task, some milliseconds into its timeline. */
async function recordAfter(elapsed: number, more: Partial<SimulatedTask>) {
  const { simulator, clock } = await start({ tasks: [tasksTask(more)] });
  await itemOf(simulator, id);
  clock.now += elapsed;
  return itemOf(simulator, id);
}

describe('a task that has not ended', () => {
  test('has no response and no time of its end, and a start only once it runs', async () => {
    const queued = await recordAfter(1_000, {});
    expect(queued).toMatchObject({ id, type: 'audios', request: { action: 'generate' } });
    for (const key of ['response', 'finished_at', 'elapsed', 'started_at']) expect(queued).not.toHaveProperty(key);
    const running = await recordAfter(5_000, {});
    expect(Number(running.started_at)).toBe(Number(running.created_at) + 3);
    expect(running).not.toHaveProperty('response');
  });

  test.each([
    ['nulls', { response: null, finished_at: null, elapsed: null }],
    ['success-true', { response: { success: true } }],
    ['empty-data', { response: { success: true, data: [] } }],
    ['null-data', { response: { success: true, data: null } }],
    ['temporary-error', { response: { success: false, error: 'temporary' } }],
    ['finished-processing', { response: { status: 'processing' }, finished_at: expect.any(Number) as number }],
  ] as const)('can have the form %s', async (pending, record) => {
    expect(await recordAfter(5_000, { pending })).toMatchObject(record);
  });

  test('can have a preview that plays, with the percentage in its clip', async () => {
    const record = await recordAfter(7_000, { preview: 0.3 });
    const audio_url = expect.stringMatching(/\.wav$/) as string;
    expect(record.response).toMatchObject({
      success: true,
      data: [{ state: 'pending', progress: '40%', audio_url, duration: null }],
    });
    expect(record).not.toHaveProperty('finished_at');
  });

  test('has the callback URL in its request', async () => {
    expect(JSON.stringify(await recordAfter(0, {}))).toContain(callbackUrl);
  });
});

describe('a task that ended', () => {
  test('has its clips, and the length of a Producer song as a string', async () => {
    const record = await recordAfter(20_000, { titles: ['雨夜电车 🚋', 'שלום'], songSeconds: 135.233 });
    expect(record).toMatchObject({ elapsed: 13, finished_at: Number(record.created_at) + 13 });
    expect(record.response).toMatchObject({
      success: true,
      data: [{ title: '雨夜电车 🚋', state: 'succeeded', progress: '100%', duration: '135.233' }, { title: 'שלום' }],
    });
  });

  test('has the length of a Suno song as a number', async () => {
    const { simulator, clock } = await start({ tasks: [tasksTask({ service: 'suno', songSeconds: 91.5 })] });
    clock.now += 20_000;
    expect((await itemOf(simulator, id, 'suno')).response).toMatchObject({ data: [{ duration: 91.5 }] });
  });

  test('has no success, and duration for elapsed, in the old shape', async () => {
    const record = await recordAfter(20_000, { oldShape: true });
    expect(record).toMatchObject({ duration: 13 });
    expect(record).not.toHaveProperty('elapsed');
    expect(record.response).not.toHaveProperty('success');
  });

  test('fails with a structured error, a bare string, or without the time of its end', async () => {
    const failed = { ending: 'failed', reason: 'lyric too long', code: 'bad_request' } as const;
    const error = { code: 'bad_request', message: 'lyric too long' };
    const structured = await recordAfter(20_000, failed);
    expect(structured.response).toMatchObject({ success: false, data: [], error });
    expect(structured).toHaveProperty('finished_at');
    expect((await recordAfter(20_000, { ...failed, error: 'string' })).response).toEqual({ error: 'lyric too long' });
    const unfinished = await recordAfter(20_000, { ...failed, error: 'unfinished' });
    expect(unfinished.response).toMatchObject({ error });
    expect(unfinished).not.toHaveProperty('finished_at');
  });

  test('is partial as a refusal with a clip that plays, or as one clip of two that failed', async () => {
    const refused = await recordAfter(20_000, { ending: 'partial', partial: 'refused' });
    const audio_url = expect.stringMatching(/\.wav$/) as string;
    expect(refused.response).toMatchObject({ success: false, data: [{ state: 'succeeded', audio_url }] });
    const clip = await recordAfter(20_000, { ending: 'partial', titles: ['One', 'Two'] });
    expect(clip.response).toMatchObject({ success: true, data: [{ audio_url }, { state: 'failed', audio_url: null }] });
  });

  test.each([
    ['stems', 'audios', [{ stems_url: expect.stringMatching(/\.zip$/) as string }]],
    ['wav', 'wav', [{ file_url: expect.stringMatching(/\.wav$/) as string }]],
    ['video', 'videos', { video_url: expect.stringContaining(':full') as string }],
    ['lyrics', 'lyrics', { text: '[Verse]\nQuiet Pier\n', title: 'Quiet Pier', status: 'complete' }],
    ['upload', 'upload', { audio_id: expect.any(String) as string, lyric: '' }],
  ] as const)('makes %s', async (kind, type, data) => {
    expect(await recordAfter(20_000, { kind })).toMatchObject({ type, response: { success: true, data } });
  });

  test('gains its video later', async () => {
    const later = { videoAfter: 5_000 };
    expect((await recordAfter(14_000, later)).response).toMatchObject({ data: [{ video_url: null }] });
    const video_url = expect.stringMatching(/\.y4m$/) as string;
    expect((await recordAfter(19_000, later)).response).toMatchObject({ data: [{ video_url }] });
  });
});

test('a single query for an unknown id, or a task that is not visible yet, gives an empty object', async () => {
  const { simulator, clock } = await start({ tasks: [tasksTask({ visibleAfter: 4_000 })] });
  expect(await itemOf(simulator, 'ffffffff-ffff-4fff-8fff-ffffffffffff')).toEqual({});
  expect(await itemOf(simulator, id)).toEqual({});
  clock.now += 4_000;
  expect(await itemOf(simulator, id)).toMatchObject({ id });
});

describe('a batch', () => {
  const tasks = Array.from({ length: 14 }, (_, index) => tasksTask({ id: uuidFrom(`${index}`) }));
  const ids = tasks.map(task => task.id);

  test('holds twelve unless a limit says more, and counts all', async () => {
    const { simulator } = await start({ tasks });
    const twelve = await itemsOf(simulator, ids);
    expect([twelve.items.length, twelve.count]).toEqual([12, 14]);
    expect((await itemsOf(simulator, ids, { limit: 50 })).items).toHaveLength(14);
    expect((await itemsOf(simulator, ids, { limit: 50, offset: 10 })).items).toHaveLength(4);
  });

  test('is sorted by age, leaves out unknown ids and repeats an id that was given twice', async () => {
    const { simulator } = await start({ tasks });
    const [one = '', two = ''] = ids;
    const { items, count } = await itemsOf(simulator, [one, 'unknown', two, two]);
    expect(items.map(item => item.id)).toEqual([two, two, one]);
    expect(count).toBe(3);
    expect(await itemsOf(simulator, ['unknown'])).toEqual({ items: [], count: 0 });
  });

  test('can hold an out-of-date record of the same task', async () => {
    const { simulator, clock } = await start({ tasks: [tasksTask({ duplicate: 'stale-first' })] });
    clock.now += 20_000;
    const { items } = await itemsOf(simulator, [id]);
    expect(items.map(item => [item.id, 'finished_at' in item])).toEqual([
      [id, false],
      [id, true],
    ]);
  });
});

test.each([
  ['no JSON', 'ids', 'bad_request'],
  ['no list of ids', { action: 'retrieve_batch', ids: 'x' }, 'bad_request'],
  ['no id', {}, 'bad_request'],
  ['another action', { action: 'generate', id }, 'api_not_implemented'],
])('a request with %s is refused', async (_, body, code) => {
  const { simulator } = await start({ tasks: [] });
  const response = await postTasks(simulator, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code } });
});
