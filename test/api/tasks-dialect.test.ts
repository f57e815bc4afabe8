import { expect, test } from 'vitest';
import { snakeKeys } from '../../source/api/fields.ts';
import { readTasksReply, readTasksRow } from '../../source/api/tasks-dialect.ts';
import { merge } from '../../source/task/merge.ts';
import { task } from '../helpers/tasks.ts';

const song = { id: 'c', title: 'T', audio_url: 'https://cdn.example/a.mp3', state: 'succeeded', progress: '100%' };
const failedSong = { id: 'f', title: 'F', state: 'failed', error_message: 'too loud' };
const end = 1_790_000_140.589;
const bare = (record: object) => readTasksRow({ id: 'a', fields: snakeKeys({ ...record }) });
const read = (record: object) => bare({ created_at: 1_790_000_100, ...record });
const readReply = (body: Record<string, unknown>) => readTasksReply(body, id => (id === 'a' ? id : null));
const ended = (response: object) => read({ finished_at: end, response });

test.each([
  ['nulls', { finished_at: null, response: null }],
  ['nothing but its request', { request: { action: 'generate', callback_url: 'https://x.example/cb' } }],
  ['an empty response', { response: {} }],
  ['success: true', { response: { success: true, task_id: 'a' } }],
  ['success: true with an empty list', { response: { success: true, data: [] } }],
  ['success: true with data null', { response: { success: true, data: null } }],
  ['success: false with a bare string', { response: { success: false, error: 'temporary' } }],
  ['success: false alone', { response: { success: false } }],
])('a record without an end that has %s is queued, its percentage unknown', (_, record) => {
  expect(read(record)).toMatchObject({ status: 'queued', settled: true, progress: null, clips: [], finishedAt: null });
  expect(read({ ...record, started_at: 1_790_000_101 }).status).toBe('running');
});

test('a stamp beside "processing" is no end, and the stamp is not kept', () => {
  expect(ended({ status: 'processing', success: true })).toMatchObject({
    status: 'running',
    rawStatus: 'processing',
    finishedAt: null,
  });
  expect(ended({ data: [song, { ...song, state: 'pending', progress: '37%' }] })).toMatchObject({
    status: 'running',
    progress: 37,
  });
});

test('clips that are all done without a stamp count when a second reply says the same', () => {
  const unsettled = read({ response: { success: true, data: [song] } });
  expect(unsettled).toMatchObject({ status: 'succeeded', settled: false });
  const first = merge(task({ id: 'a' }), unsettled, 1);
  expect(first).toMatchObject({ status: 'running', progress: 100 });
  expect(merge(first, unsettled, 2).status).toBe('succeeded');
});

test('one finished clip beside a running one is a running task, at the lower percentage', () => {
  expect(read({ response: { data: [song, { ...song, state: 'running', progress: 0.4 }] } })).toMatchObject({
    status: 'running',
    progress: 40,
  });
});

test('a structured error is the end even without a stamp', () => {
  expect(read({ response: { success: false, error: { code: 'api_error', message: 'no' } } })).toMatchObject({
    status: 'failed',
    error: { code: 'api_error', message: 'no' },
  });
});

test.each([
  ['a structured error', { success: false, error: { code: 'x', message: 'm' } }, { code: 'x', message: 'm' }],
  ['a bare string without success or data', { error: 'lyric too long' }, { code: null, message: 'lyric too long' }],
  ['success: false with an empty list', { success: false, data: [] }, { code: null, message: 'no reason given' }],
  ['an error without a message', { error: { code: 'x' } }, { code: 'x', message: 'x' }],
  ['an error without a code', { error: { message: 'm' } }, { code: null, message: 'm' }],
  ['only failed clips', { success: true, data: [failedSong] }, { code: null, message: 'too loud' }],
  ['a failed state', { state: 'cancelled' }, { code: null, message: 'no reason given' }],
])('a stamped record with %s failed', (_, response, error) => {
  expect(ended(response)).toMatchObject({ status: 'failed', progress: null, error, finishedAt: 1_790_000_140_589 });
});

test('error: null and error: "" are no errors', () => {
  for (const error of [null, '', ' ', {}]) expect(ended({ error, data: [song] }).status).toBe('succeeded');
});

test('success: false with a playable clip is a part of a success', () => {
  expect(ended({ success: false, error: 'one of two', data: [song] })).toMatchObject({
    status: 'partial',
    error: { code: null, message: 'one of two' },
    clips: [{ id: 'c' }],
  });
});

test('one good and one failed clip are a part of a success, and the clip says why', () => {
  expect(ended({ success: true, data: [song, failedSong] })).toMatchObject({
    status: 'partial',
    error: { message: 'too loud' },
  });
  const nameless = { ...failedSong, error_message: null };
  expect(ended({ data: [song, nameless] }).error?.message).toBe('1 of 2 clips failed');
});

test('a success without a clip is a success that says so', () => {
  expect(ended({ success: true, data: [] })).toMatchObject({ status: 'succeeded', error: { code: 'empty' } });
});

test('a stamp without any result leaves the end open', () => {
  for (const response of [null, {}, { data: [] }]) {
    expect(read({ finished_at: end, response })).toMatchObject({ status: 'running', error: { code: 'unclear' } });
  }
});

test('the end may be stamped inside the response', () => {
  expect(read({ response: { finished_at: end, data: [song] } })).toMatchObject({
    status: 'succeeded',
    settled: true,
    finishedAt: 1_790_000_140_589,
  });
});

test('a bare result stands for a record', () => {
  expect(bare({ id: 'a', success: true, data: [song], state: 'succeeded' })).toMatchObject({
    id: 'a',
    status: 'succeeded',
    settled: true,
  });
  expect(bare({ id: 'a', state: 'failed', error: { code: 'x', message: 'm' } }).status).toBe('failed');
  expect(bare({ id: 'a', status: 'processing' }).status).toBe('running');
});

test('the account’s ids, the callback and the echo of the request stay out', () => {
  const secrets = {
    user_id: 'SECRET',
    application_id: 'SECRET',
    credential_id: 'SECRET',
    api_id: 'SECRET',
    _id: 'SECRET',
    request: { action: 'cover', callback_url: 'https://x.example/SECRET', audio_url: 'https://x.example/SECRET.mp3' },
  };
  const record = read({ ...secrets, response: { data: [] } });
  expect(JSON.stringify(record)).not.toContain('SECRET');
  expect(record).toMatchObject({ action: 'cover', clips: [] });
});

test('what it was asked for tells an untitled task apart: the title, else the prompt, else the lyric', () => {
  const request = { lyric: '[Verse]\nline one', prompt: 'a waltz', title: 'Pier' };
  expect(read({ request }).prompt).toBe('Pier');
  expect(read({ request: { ...request, title: '' } }).prompt).toBe('a waltz');
  expect(read({ request: { lyric: request.lyric } }).prompt).toBe('[Verse] line one');
});

test('the kind of task stands in for an action that was not named', () => {
  expect(read({ type: 'wav', request: {} }).action).toBe('wav');
});

test('what names no task is no record', () => {
  for (const value of [{}, null, 'a', 7, [], { id: '' }, { response: {} }]) {
    const { snapshots, unreadable } = readReply({ items: [value] });
    expect([snapshots, unreadable.length]).toEqual([[], 1]);
  }
});

test('a batch that was cut at the vendor’s page says that there is more', () => {
  expect(readReply({ items: [{ id: 'a' }], count: 13 })).toMatchObject({ more: true, noRows: false });
  expect(readReply({ items: [{ id: 'a' }], count: 1 }).more).toBe(false);
  expect(readReply({ items: [{ id: 'a' }] }).more).toBe(false);
});

test('one unreadable item does not spoil the others', () => {
  const { snapshots } = readReply({ items: [null, 'x', 3, [], { id: {} }, { id: 'a' }], count: 6 });
  expect(snapshots.map(({ id }) => id)).toEqual(['a']);
});

/** Relays of this dialect say in the row itself, beside its response, how the task stands. */
test.each([
  [
    'camelCase clips beside a status',
    { status: 'SUCCESS', response: { sunoData: [{ id: 'c', audioUrl: song.audio_url }] } },
  ],
  ['a status and a response with data', { status: 'completed', response: { data: [{ audioUrl: song.audio_url }] } }],
  [
    'a status and an object of stems',
    { status: 'SUCCESS', response: { data: { stems: { vocalsUrl: song.audio_url } } } },
  ],
  ['a status and an output', { status: 'completed', output: { audio_url: song.audio_url } }],
])('a row that says that it is done is done: %s', (_, record) => {
  const { status, rawStatus, clips } = read(record);
  expect([status, rawStatus]).toEqual(['succeeded', record.status]);
  expect(clips.map(clip => clip.audioUrl ?? clip.fileUrl)).toEqual([song.audio_url]);
});

test.each([
  ['a reason', { status: 'FAILURE', fail_reason: 'no words', response: {} }, { code: null, message: 'no words' }],
  [
    'an error of its own',
    { state: 'failed', error: { code: 'x', message: 'no words' }, response: { data: [] } },
    { code: 'x', message: 'no words' },
  ],
  ['no reason', { status: 'failed', response: {} }, { code: null, message: 'no reason given' }],
])('a row that says that it failed has failed, with %s', (_, record, error) => {
  expect(read(record)).toMatchObject({ status: 'failed', error, clips: [] });
});

test('a row that says that it runs is no end, whatever its response is like', () => {
  const running = { status: 'IN_PROGRESS', progress: '40%', response: { data: [] } };
  expect(read(running)).toMatchObject({ status: 'running', progress: 40 });
});
