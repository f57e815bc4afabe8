import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../source/api/providers.ts';
import { connect, faultFrom } from './server.ts';

const ids = { fetch: 'task_AAAAbbbb', tasks: 'abcdefab-0000-4000-8000-000000000001' } as const;
const others = { fetch: 'task_ZZZZ', tasks: 'abcdefab-0000-4000-8000-00000000000f' } as const;
const dialects: readonly Dialect[] = ['fetch', 'tasks'];
const url = 'https://cdn.example/a.mp3';
const end = 1_790_000_140_589;

const ask = async (dialect: Dialect, reply: unknown, kind: 'batch' | 'single' = 'batch') => {
  const { client } = await connect(dialect, { body: JSON.stringify(reply) });
  return kind === 'batch' ? client.batch([ids[dialect], others[dialect]]) : client.single(ids[dialect]);
};

/** A finished row under some name for its id, in camelCase and milliseconds, without a `data` of its own. */
const camel = (id: object) => ({ ...id, status: 'SUCCESS', audioUrl: url, submitTime: end - 60_000, finishTime: end });
const done = { status: 'succeeded', progress: 100, finishedAt: end, clips: [{ audioUrl: url }] };

type Shape = readonly [name: string, reply: (id: string) => unknown];

const placed: readonly Shape[] = [
  ['taskId', id => ({ code: 0, data: [camel({ taskId: id })] })],
  ['jobId', id => ({ code: 0, data: [camel({ jobId: id })] })],
  ['job_id', id => ({ code: 0, data: [camel({ job_id: id })] })],
  ['task_id', id => ({ code: 0, data: [camel({ task_id: id })] })],
  ['taskID', id => ({ code: 0, data: [camel({ taskID: id })] })],
  ['id', id => ({ code: 0, data: [camel({ id })] })],
  ['id beside an upstream’s task_id', id => ({ code: 0, data: [camel({ id, task_id: 'upstream' })] })],
  ['task_id beside a row number', id => ({ code: 0, data: [camel({ id: 41, task_id: id })] })],
  ['data as items', id => ({ items: [camel({ taskId: id })] })],
  ['data: {items}', id => ({ code: 0, data: { items: [camel({ taskId: id })], total: 1 } })],
  ['data: {list}', id => ({ code: 0, data: { list: [camel({ taskId: id })] } })],
  ['data: {tasks}', id => ({ code: 200, data: { tasks: [camel({ taskId: id })] } })],
  ['data: {records}', id => ({ success: true, data: { page: 1, records: [camel({ taskId: id })] } })],
  ['a map keyed by id', id => ({ code: 0, data: { [id]: camel({}), task_other: camel({}) } })],
  ['a map of envelopes', id => ({ code: 0, data: { [id]: { code: 0, data: camel({}) } } })],
  ['a list of envelopes', id => ({ code: 0, data: [{ code: 0, message: '', data: camel({ taskId: id }) }] })],
  ['one envelope', id => ({ code: 0, data: camel({ taskId: id }) })],
  ['two envelopes', id => ({ code: 0, data: { code: 0, data: camel({ taskId: id }) } })],
  ['an envelope with a word', id => ({ status: 'success', data: camel({ taskId: id }) })],
  ['no envelope', id => camel({ taskId: id })],
  ['a list alone', id => [camel({ taskId: id })]],
  ['a packed row', id => ({ code: 0, data: [JSON.stringify(camel({ taskId: id }))] })],
  ['a packed list', id => ({ code: 0, data: JSON.stringify({ list: [camel({ taskId: id })] }) })],
];

describe.each(dialects)('a row of the %s dialect', dialect => {
  const id = ids[dialect];

  test.each(placed)('is read as %s', async (_, reply) => {
    for (const kind of ['batch', 'single'] as const) {
      const answer = await ask(dialect, reply(id), kind);
      expect(answer).toMatchObject({ snapshots: [{ id, ...done }], unreadable: [], noRows: false });
    }
  });

  const video = { id, object: 'video', model: 'm', created_at: 1_790_000_100, metadata: { url: `${url}/v` } };

  test('may be a video object of the OpenAI API', async () => {
    const open = { ...video, status: 'in_progress', progress: 40, metadata: null };
    expect((await ask(dialect, open, 'single')).snapshots).toMatchObject([{ id, status: 'running', progress: 40 }]);
    const completed = { ...video, task_id: id, status: 'completed', progress: 100, completed_at: end / 1000 };
    expect((await ask(dialect, completed, 'single')).snapshots).toMatchObject([
      { ...done, submittedAt: 1_790_000_100_000, clips: [{ videoUrl: `${url}/v`, audioUrl: null }] },
    ]);
    const failed = { ...video, status: 'failed', error: { code: 'moderated', message: 'no' }, metadata: null };
    expect((await ask(dialect, failed, 'single')).snapshots).toMatchObject([
      { id, status: 'failed', clips: [], error: { message: 'no' } },
    ]);
  });

  const clip = { id: 'c', title: 'T', audio_url: url, status: 'complete' };
  test.each([
    ['a list', [clip]],
    ['TTAPI', { status: 'SUCCESS', message: '', data: { jobId: 'x', musics: [{ musicId: 'c', audioUrl: url }] } }],
    ['Ace Data Cloud', { success: true, task_id: 'x', data: [clip] }],
    ['a record of Ace', { id: 'x', finished_at: 1, response: { data: [clip] } }],
    ['new-api', { code: 'success', message: '', data: { task_id: 'x', status: 'SUCCESS', data: { clips: [clip] } } }],
    [
      'sunoapi.org',
      { code: 200, msg: 'ok', data: { response: { taskId: 'x', sunoData: [{ id: 'c', audioUrl: url }] } } },
    ],
    ['an output', { output: { audio_url: url, id: 'c' } }],
  ])('may hold a body of its upstream’s own shape in data: %s', async (_, data) => {
    const row = { taskId: id, status: 'SUCCESS', finishTime: end, data };
    expect((await ask(dialect, { code: 0, data: [row] })).snapshots).toMatchObject([
      { id, ...done, clips: [{ id: 'c', audioUrl: url }] },
    ]);
  });

  test('may have stems, each a file of its own', async () => {
    const stems = { vocalsUrl: `${url}?v`, drums_url: `${url}?d`, bass: `${url}?b`, other: null };
    const row = { taskId: id, status: 'SUCCESS', action: 'STEMS', stems, finishTime: end };
    for (const data of [[row], [{ taskId: id, status: 'SUCCESS', finishTime: end, data: { stems } }]]) {
      const [read] = (await ask(dialect, { code: 0, data })).snapshots;
      expect(read).toMatchObject({ status: 'succeeded', error: null });
      expect(read?.clips.map(({ title, fileUrl }) => [title, fileUrl])).toEqual([
        ['vocals', `${url}?v`],
        ['drums', `${url}?d`],
        ['bass', `${url}?b`],
      ]);
    }
  });

  test('without an id is the answer to a question about one id', async () => {
    const open = { status: 'IN_PROGRESS', progress: '20%' };
    for (const reply of [
      { code: 0, data: open },
      { code: 'success', message: '', data: [open] },
    ]) {
      expect((await ask(dialect, reply, 'single')).snapshots).toMatchObject([{ id, status: 'running', progress: 20 }]);
    }
  });

  test('without an id in a batch is told by its names, not by what they hold', async () => {
    const nameless = { uid: 'SECRET', status: 'SUCCESS', '\u001b[31mtitle': 'SECRET' };
    const answer = await ask(dialect, { code: 0, data: { list: [camel({ taskId: id }), nameless, 'SECRET', null] } });
    expect(answer).toMatchObject({
      snapshots: [{ id }],
      unreadable: [
        { reason: 'no id in it', keys: ['uid', 'status', 'title'] },
        { reason: 'it is no object', keys: [] },
        { reason: 'it is no object', keys: [] },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain('SECRET');
  });

  test('that is about an id nobody asked for is no news', async () => {
    for (const row of [{ taskId: 'x' }, { id: 'x' }, { code: 0, data: { taskId: 'x' } }]) {
      expect(await ask(dialect, { code: 0, data: { list: [row] } })).toMatchObject({ snapshots: [], unreadable: [] });
    }
  });

  test('that is no object does not say that the id is unknown', async () => {
    const { client } = await connect(dialect, { body: JSON.stringify({ code: 0, data: ['soon'] }) });
    expect(await faultFrom(client.single(id))).toMatchObject({ kind: 'request', code: 'unreadable' });
  });

  test('with an error in its own envelope says why it failed', async () => {
    const row = { code: 5, message: 'lyric too long', data: { taskId: id, status: 'FAILED' } };
    expect((await ask(dialect, { code: 0, data: [row] })).snapshots).toMatchObject([
      { status: 'failed', error: { message: 'lyric too long' } },
    ]);
  });

  test('keeps its id from an error that repeats it', async () => {
    const { client } = await connect(dialect, { body: JSON.stringify({ code: 5, message: 'no', data: { id } }) });
    if (dialect === 'fetch') expect(await faultFrom(client.single(id))).toMatchObject({ kind: 'server' });
  });
});

test('an upstream’s id in the data of a row is not taken for an id asked for by another', async () => {
  const rows = [{ id: 41, task_id: ids.fetch, status: 'IN_PROGRESS', data: { task_id: others.fetch, status: 'x' } }];
  expect((await ask('fetch', { code: 'success', data: rows })).snapshots.map(({ id }) => id)).toEqual([ids.fetch]);
});

test('the row number of a database is an id only where it was asked for', async () => {
  const { client } = await connect('fetch', {
    body: JSON.stringify({ code: 0, data: [{ id: 41, status: 'QUEUED' }] }),
  });
  expect((await client.batch(['41'])).snapshots).toMatchObject([{ id: '41', status: 'queued' }]);
  expect(await client.batch(['task_1', 'task_2'])).toMatchObject({
    snapshots: [],
    unreadable: [{ reason: 'no id in it' }],
  });
});

test('twins of every documented field are read, and milliseconds', async () => {
  const row = {
    taskId: ids.fetch,
    status: 'FAILURE',
    failReason: 'no',
    submitTime: end - 3000,
    startTime: end - 2000,
    finishTime: end,
    updatedAt: end,
    traceId: 'trace',
    quota: 3,
    properties: { input: 'a waltz' },
  };
  expect((await ask('fetch', { code: 0, data: [row] })).snapshots).toMatchObject([
    {
      error: { message: 'no' },
      submittedAt: end - 3000,
      startedAt: end - 2000,
      finishedAt: end,
      updatedAt: end,
      traceId: 'trace',
    },
  ]);
  const record = {
    taskId: ids.tasks,
    createdAt: end - 3000,
    startedAt: end - 2000,
    finishedAt: end,
    traceId: 'trace',
    request: { action: 'cover', callbackUrl: 'https://x.example/SECRET' },
    response: {
      data: [{ clipId: 'c', audioUrl: url, videoUrl: `${url}?v`, imageLargeUrl: `${url}?i`, modelName: 'M' }],
    },
  };
  expect((await ask('tasks', { items: [record] })).snapshots).toMatchObject([
    {
      status: 'succeeded',
      submittedAt: end - 3000,
      startedAt: end - 2000,
      finishedAt: end,
      traceId: 'trace',
      clips: [{ id: 'c', audioUrl: url, videoUrl: `${url}?v`, imageUrl: `${url}?i`, model: 'M' }],
    },
  ]);
});
