import { expect, test } from 'vitest';
import { cellWidth, fit } from '../../source/text/width.ts';
import type { Snapshot } from '../../source/task/task.ts';
import { connect, fixture } from './server.ts';

const uuid = (tail: string) => `11111111-1111-4111-8111-${tail.padStart(12, '0')}`;

async function single(name: string, id: string): Promise<Snapshot> {
  const { client } = await connect('tasks', { body: fixture(name) });
  const { snapshots } = await client.single(id);
  const [snapshot, ...others] = snapshots;
  if (snapshot === undefined || others.length > 0) throw new Error(`${snapshots.length} records for one question`);
  return snapshot;
}

test('a pending record without response and started_at is queued, its percentage unknown', async () => {
  expect(await single('E01', uuid('1'))).toMatchObject({
    status: 'queued',
    progress: null,
    clips: [],
    action: 'generate',
    prompt: 'slow harbour waltz, accordion',
    submittedAt: 1_790_000_000_125,
    startedAt: null,
    finishedAt: null,
    traceId: '44444444-4444-4444-8444-000000000001',
  });
});

test('a started record with nulls runs; the callback address is neither media nor kept', async () => {
  const read = await single('E02', uuid('2'));
  expect(read).toMatchObject({ status: 'running', progress: null, clips: [], startedAt: 1_790_000_004_010 });
  expect(JSON.stringify(read)).not.toMatch(/SECRET|hooks\.example/);
});

test('a preview with success: true is 40 % of a running task, not its end', async () => {
  expect(await single('E03', uuid('3'))).toMatchObject({
    status: 'running',
    progress: 40,
    startedAt: Date.parse('2026-09-21T14:13:30.250Z'),
    finishedAt: null,
    clips: [{ status: 'pending', audioUrl: 'https://cdn.example.net/preview/0003.m4a' }],
  });
});

test('a completed record needs no success key, and its task-level duration is not the length of the song', async () => {
  const read = await single('E04', uuid('4'));
  expect(read).toMatchObject({ status: 'succeeded', settled: true, progress: 100, error: null });
  expect(read.clips).toEqual([
    {
      id: '66666666-6666-4666-8666-000000000004',
      title: 'First light’s on the window',
      status: 'succeeded',
      audioUrl: 'https://cdn.example.net/a/0004.m4a',
      videoUrl: null,
      imageUrl: 'https://cdn.example.net/i/0004.png',
      fileUrl: null,
      duration: 135.23,
      model: 'FUZZ-2.0 Pro',
      style: null,
      lyrics: '[Verse]\nFirst light’s on the window\n[Chorus]\nStay a while',
    },
  ]);
  expect(read.finishedAt).toBe(1_790_000_140_589);
});

test('two clips with wide, joined and right-to-left titles keep their width in cells', async () => {
  const { status, clips } = await single('E05', uuid('5'));
  expect(status).toBe('succeeded');
  expect(clips.map(({ duration }) => duration)).toEqual([154.44, 91]);
  expect(clips[0]?.videoUrl).toBe('https://cdn.example.net/v/05a:1.mp4');
  expect(clips[0]?.title).toBe('雨夜电车 🚋 – Rainy Tram');
  for (const { title } of clips) expect(cellWidth(fit(title ?? '', 12))).toBe(12);
  expect(clips[1]?.title).not.toMatch(/\u200d/);
});

test('a structured error is a failure with its code and words', async () => {
  expect(await single('E06', uuid('6'))).toMatchObject({
    status: 'failed',
    progress: null,
    error: { code: 'api_error', message: 'fetch failed' },
    finishedAt: 1_790_000_326_220,
    clips: [],
  });
});

test('stems, wav, video, lyrics and upload all succeed, each with its own kind of result', async () => {
  const { client } = await connect('tasks', { body: fixture('E09') });
  const ids = ['9a', '9b', '9c', '9d', '9e'].map(uuid);
  const { snapshots, more } = await client.batch(ids);
  expect(snapshots.map(({ status }) => status)).toEqual(Array.from(ids, () => 'succeeded'));
  const [stems, wav, video, lyrics, upload] = snapshots.map(({ clips }) => clips[0]);
  expect(stems).toMatchObject({ title: 'Night Tram stems', fileUrl: 'https://cdn.example.net/z/9a.zip', id: null });
  expect(wav).toMatchObject({ fileUrl: 'https://cdn.example.net/w/9b.wav', audioUrl: null });
  expect(video).toMatchObject({ videoUrl: 'https://cdn.example.net/v/9c:full.mp4' });
  expect(lyrics).toMatchObject({ title: 'Salt', lyrics: '[Verse]\nSalt on the rope', audioUrl: null, fileUrl: null });
  expect(upload).toMatchObject({
    id: '66666666-6666-4666-8666-00000000009e',
    audioUrl: 'https://cdn.example.net/u/9e.mp3',
  });
  expect(snapshots.every(({ error }) => error === null)).toBe(true);
  expect(more).toBe(false);
});

test('a batch answers in its own order, repeats one id, and leaves an unknown one out', async () => {
  const { client } = await connect('tasks', { body: fixture('E10') });
  const { snapshots, noRows } = await client.batch([uuid('1'), uuid('4'), uuid('6'), uuid('ffff')]);
  expect(snapshots.map(({ id, status }) => [id, status])).toEqual([
    [uuid('6'), 'failed'],
    [uuid('4'), 'queued'],
    [uuid('4'), 'succeeded'],
    [uuid('1'), 'queued'],
  ]);
  expect(snapshots[0]?.error).toEqual({ code: 'bad_request', message: 'lyric too long' });
  expect(noRows).toBe(false);
});

test('an unknown id is answered with an empty object, which is no error', async () => {
  const { client } = await connect('tasks', { body: fixture('E11') });
  expect(await client.single(uuid('ffff'))).toMatchObject({ snapshots: [], noRows: true });
});

test('a batch of unknown ids is empty', async () => {
  const { client } = await connect('tasks', { body: fixture('E12') });
  expect(await client.batch([uuid('1'), uuid('2')])).toMatchObject({
    snapshots: [],
    noRows: true,
    rowsLost: false,
    more: false,
  });
});
