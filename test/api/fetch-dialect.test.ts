import { expect, test } from 'vitest';
import { readFetchReply, readFetchRow } from '../../source/api/fetch-dialect.ts';
import { snakeKeys } from '../../source/api/fields.ts';

const read = (row: object) => readFetchRow({ id: 'task_AAAA', fields: snakeKeys({ id: 41, ...row }) });
const readReply = (body: Record<string, unknown>) =>
  readFetchReply(body, id => (/^task_|^[\d-]{36}$/.test(id) ? id : null));
const song = { clip_id: 'c', title: 'T', audio_url: 'https://cdn.example/a.m4a', state: 'completed' };
const failed = { id: 'f', status: 'error', audio_url: 'https://cdn.example/None.mp3', error_message: 'too loud' };

test.each([
  ['NOT_START', 'queued'],
  ['SUBMITTED', 'queued'],
  ['QUEUED', 'queued'],
  ['queueing', 'queued'],
  ['IN_PROGRESS', 'running'],
  ['processing', 'running'],
  ['streaming', 'running'],
  ['FIRST_SUCCESS', 'running'],
  ['TEXT_SUCCESS', 'running'],
  ['UNKNOWN', 'running'],
  ['a word of next year', 'running'],
  ['', 'running'],
  [null, 'running'],
  ['FAILURE', 'failed'],
  ['Failed', 'failed'],
  ['GENERATE_AUDIO_FAILED', 'failed'],
  ['SENSITIVE_WORD_ERROR', 'failed'],
  ['SUCCESS', 'succeeded'],
  ['completed', 'succeeded'],
])('the word %j means %s and is kept as it came', (status, expected) => {
  expect(read({ status, data: [song] })).toMatchObject({ status: expected, rawStatus: status === '' ? null : status });
});

test('100 % of a failure is not progress; without a reason it says so', () => {
  expect(read({ status: 'FAILURE', progress: '100%', fail_reason: '' })).toMatchObject({
    status: 'failed',
    progress: null,
    error: { code: null, message: 'no reason given' },
  });
});

test('100 % without a reason, or a reason below 100 %, is a task that runs', () => {
  expect(read({ status: 'IN_PROGRESS', progress: '100%', fail_reason: '' }).status).toBe('running');
  expect(read({ status: 'IN_PROGRESS', progress: '30%', fail_reason: 'retrying' }).status).toBe('running');
});

test('a percentage just below 100 is not rounded up to a frozen record', () => {
  expect(read({ status: 'IN_PROGRESS', progress: '99.7%', fail_reason: 'slow' })).toMatchObject({
    status: 'running',
    progress: 99,
  });
});

test('the percentage is the record’s, else that of the upstream', () => {
  expect(read({ status: 'IN_PROGRESS', progress: '30%', data: { progress: '12%' } }).progress).toBe(30);
  expect(read({ status: 'IN_PROGRESS', progress: '', data: { progress: '12%' } }).progress).toBe(12);
  expect(read({ status: 'IN_PROGRESS', progress: 'soon' }).progress).toBeNull();
});

test.each([
  [{ message: 'a' }, 'a'],
  [{ error: 'b' }, 'b'],
  [{ error_message: 'c' }, 'c'],
  [{ errorMessage: 'd' }, 'd'],
  [{ error: { message: 'e', code: 7 } }, 'e'],
  ['{"error":"f"}', 'f'],
  [[failed], 'too loud'],
])('a failure without a reason takes it from the upstream’s body %j', (data, message) => {
  expect(read({ status: 'FAILURE', data }).error?.message).toBe(message);
});

test('result_url that repeats the reason is neither media nor a reason', () => {
  const row = read({ status: 'FAILURE', fail_reason: '', result_url: 'upstream says no' });
  expect(row).toMatchObject({ clips: [], error: { message: 'no reason given' } });
});

test('the address in a failure’s result_url is not offered as a song', () => {
  const address = 'https://help.example/why';
  expect(read({ status: 'FAILURE', fail_reason: address, result_url: address })).toMatchObject({
    status: 'failed',
    clips: [],
    error: { message: 'no reason given' },
  });
});

test('an old relay keeps the address of a finished video in fail_reason', () => {
  expect(read({ status: 'SUCCESS', fail_reason: 'https://cdn.example/v.mp4' })).toMatchObject({
    status: 'succeeded',
    error: null,
    clips: [{ videoUrl: 'https://cdn.example/v.mp4' }],
  });
});

test.each([
  ['https://cdn.example/v.mp4?x=1', 'videoUrl'],
  ['https://cdn.example/z.zip', 'fileUrl'],
  ['https://cdn.example/a.m4a', 'audioUrl'],
  ['https://cdn.example/v1/videos/task_1/content', 'audioUrl'],
])('result_url %s is used where no clip has media', (result_url, field) => {
  expect(read({ status: 'SUCCESS', result_url, data: null }).clips).toMatchObject([{ [field]: result_url }]);
  const titled = { id: 'c', title: 'T', state: 'completed' };
  expect(read({ status: 'SUCCESS', result_url, data: [titled] }).clips).toMatchObject([
    { id: 'c', [field]: result_url },
  ]);
  expect(read({ status: 'SUCCESS', result_url, data: [song] }).clips).toHaveLength(1);
});

test('a success whose clips all failed is a failure; with some good ones a part of a success', () => {
  expect(read({ status: 'SUCCESS', data: [failed, failed] })).toMatchObject({
    status: 'failed',
    error: { message: 'too loud' },
  });
  expect(read({ status: 'SUCCESS', data: [song, failed] })).toMatchObject({
    status: 'partial',
    error: { message: 'too loud' },
  });
});

test('the file None.mp3 of a failed clip is never a song', () => {
  const row = read({ status: 'SUCCESS', data: [song, failed, { ...failed, status: 'complete' }] });
  expect(row.clips.map(({ audioUrl }) => audioUrl)).toEqual(['https://cdn.example/a.m4a', null, null]);
});

test('a success without any result says so', () => {
  for (const data of [null, [], {}, 'text', 7]) {
    expect(read({ status: 'SUCCESS', data })).toMatchObject({ status: 'succeeded', error: { code: 'empty' } });
  }
});

test('finished lyrics need no address', () => {
  const data = { id: 'l', text: '[Verse]\nSalt', title: 'Salt', status: 'complete' };
  expect(read({ action: 'LYRICS', status: 'SUCCESS', data })).toMatchObject({
    action: 'lyrics',
    status: 'succeeded',
    error: null,
    clips: [{ lyrics: '[Verse]\nSalt' }],
  });
});

test('the times of 0 are unset, milliseconds and camelCase are taken', () => {
  expect(read({ status: 'QUEUED', submit_time: 0, created_at: 1_790_000_000, start_time: 0 })).toMatchObject({
    submittedAt: 1_790_000_000_000,
    startedAt: null,
  });
  expect(read({ status: 'SUCCESS', submitTime: 1_689_231_405_854, finishTime: 1_689_231_465_854 })).toMatchObject({
    submittedAt: 1_689_231_405_854,
    finishedAt: 1_689_231_465_854,
  });
});

test('an unfinished record with the upstream’s finishing time has not finished', () => {
  expect(read({ status: 'IN_PROGRESS', finish_time: 1_790_000_000 }).finishedAt).toBeNull();
});

test('a record of the first generation has an upstream id and few fields', () => {
  const id = '77777777-7777-4777-8777-000000000041';
  const row = { task_id: id, action: 'MUSIC', status: 'SUCCESS', data: [song] };
  expect(readReply({ data: row }).snapshots[0]).toMatchObject({
    id,
    cost: null,
    updatedAt: null,
    status: 'succeeded',
  });
});

test('fields of forks are passed over, and the account’s stay out', () => {
  const row = read({ status: 'QUEUED', async: {}, username: 'SECRET', user_id: 7, channel_id: 28, group: 'SECRET' });
  expect(JSON.stringify(row)).not.toMatch(/SECRET|28/);
});

test('a row number is not the id of a task, nor is the upstream’s', () => {
  const row = { id: 41, status: 'SUCCESS', data: { task_id: 'x' } };
  expect(readReply({ data: [row] })).toMatchObject({
    snapshots: [],
    unreadable: [{ reason: 'no id in it', keys: ['id', 'status', 'data'] }],
  });
});

test('data packed into a string is unpacked, as a list of rows and within one', () => {
  const packed = JSON.stringify([{ task_id: 'task_AAAA', status: 'SUCCESS', data: JSON.stringify({ clips: [song] }) }]);
  expect(readReply({ code: 'success', message: '', data: packed })).toMatchObject({
    noRows: false,
    snapshots: [{ status: 'succeeded', clips: [{ id: 'c' }] }],
  });
});

test('one unreadable row does not spoil the others', () => {
  const rows = [null, 'x', 3, [], { task_id: null }, { task_id: 'task_AAAA', status: {}, progress: [], data: 1 }];
  expect(readReply({ data: rows }).snapshots).toMatchObject([{ id: 'task_AAAA', status: 'running' }]);
});

test('rows of the first API of CCAPI are read, each in its envelope', () => {
  const done = { taskId: 'task_AAAA', status: 'SUCCESS', action: 'MUSIC', audioUrl: 'https://cdn.example/a.mp3' };
  const open = { taskId: 'task_BBBB', status: 'PENDING', action: 'MUSIC', audioUrl: null };
  const bad = { taskId: 'task_CCCC', status: 'FAILED', action: 'MUSIC', errorMessage: 'lyric too long' };
  const rows = [done, open, bad].map(data => ({ code: 0, message: '', data }));
  expect(readReply({ code: 0, message: '', data: rows }).snapshots).toMatchObject([
    { id: 'task_AAAA', status: 'succeeded', clips: [{ audioUrl: 'https://cdn.example/a.mp3' }] },
    { id: 'task_BBBB', status: 'queued', clips: [] },
    { id: 'task_CCCC', status: 'failed', error: { message: 'lyric too long' } },
  ]);
});
