import { expect, test } from 'vitest';
import { merge, mergeMissing, mergeTaskError, mergeStalled } from '../../source/task/merge.ts';
import { isEnded, isFinal, statuses, type Snapshot, type Task } from '../../source/task/task.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const after = (...snapshots: Partial<Snapshot>[]): Task =>
  snapshots.reduce((known, next, index) => merge(known, snapshot(next), index + 1), task());
const song = clip({ id: 'c', title: 'T', audioUrl: 'https://x.example/a.mp3' });
const good = { status: 'succeeded', clips: [song], finishedAt: 5 } as const;

test('the first answer fills in what nobody knew, and notes when that was', () => {
  const known = after({ status: 'running', rawStatus: 'IN_PROGRESS', progress: 20, action: 'music', submittedAt: 7 });
  expect(known).toMatchObject({
    status: 'running',
    rawStatus: 'IN_PROGRESS',
    progress: 20,
    action: 'music',
    seenAt: 1,
  });
  expect(known.history).toEqual([
    { at: 0, status: 'pending', rawStatus: null },
    { at: 1, status: 'running', rawStatus: 'IN_PROGRESS' },
  ]);
  expect(known.changedAt).toBe(1);
});

test('a reply that says nothing new gives the very same object', () => {
  const reply = {
    status: 'running',
    progress: 20,
    clips: [clip({ id: 'c' })],
    error: { code: 'x', message: 'm' },
  } as const;
  const known = after(reply);
  expect(merge(known, structuredClone(snapshot(reply)), 99)).toBe(known);
});

test('a reply that says nothing new leaves a stalled task as it is; news wake it', () => {
  const known = mergeStalled(after({ progress: 20 }), true);
  expect(known.stalled).toBe(true);
  expect(merge(known, snapshot({ progress: 20 }), 9)).toBe(known);
  expect(merge(known, snapshot({ progress: 30 }), 9)).toMatchObject({ progress: 30, stalled: false });
  expect(mergeStalled(known, true)).toBe(known);
  expect(mergeStalled(after(good), true).stalled).toBe(false);
});

test('a clip that did not change keeps its identity beside one that did', () => {
  const known = after({ clips: [song, clip({ id: 'd' })] });
  const next = merge(known, snapshot({ clips: [{ ...song }, clip({ id: 'd', title: 'new' })] }), 2);
  expect(next).not.toBe(known);
  expect(next.clips[0]).toBe(known.clips[0]);
  expect(next.clips[1]?.title).toBe('new');
});

test.each(['succeeded', 'partial', 'failed'] as const)('%s never goes back, whatever a slow replica says', status => {
  const known = after({ status, error: { code: null, message: 'm' }, updatedAt: 5 });
  for (const later of ['queued', 'running', 'succeeded', 'partial', 'failed'] as const) {
    expect(merge(known, snapshot({ status: later, updatedAt: 9, progress: 5 }), 9).status).toBe(status);
  }
  expect(mergeMissing(known, 9)).toBe(known);
  expect(mergeTaskError(known, 'x', 'm', 9)).toBe(known);
});

test('a final task may still gain a video and a title, and keeps what a later reply leaves out', () => {
  const known = after(good);
  const richer = merge(known, snapshot({ ...good, clips: [{ ...song, videoUrl: 'https://x.example/v.mp4' }] }), 9);
  expect(richer).toMatchObject({ status: 'succeeded', clips: [{ videoUrl: 'https://x.example/v.mp4' }] });
  expect(richer.history).toBe(known.history);
  const poorer = merge(richer, snapshot({ ...good, clips: [{ ...song, title: null, audioUrl: null }] }), 10);
  expect(poorer).toBe(richer);
  expect(merge(richer, snapshot({ ...good, clips: [] }), 11)).toBe(richer);
});

test('a final task’s media may be hosted anew', () => {
  const moved = { ...song, audioUrl: 'https://y.example/a.mp3' };
  expect(merge(after(good), snapshot({ ...good, clips: [moved] }), 9).clips).toEqual([moved]);
});

test('a task takes the final row when it comes twice, whatever their order', () => {
  const rows = [good, { status: 'running', progress: 20 }] as const;
  expect(after(rows[0], rows[1])).toMatchObject({ status: 'succeeded', progress: 100, clips: [song] });
  expect(after(rows[1], rows[0])).toMatchObject({ status: 'succeeded', progress: 100, clips: [song] });
});

test('a running task does not go back to queued, unless the vendor dates it later', () => {
  expect(after({ status: 'running' }, { status: 'queued' }).status).toBe('running');
  expect(after({ status: 'running', updatedAt: 5 }, { status: 'queued', updatedAt: 4 }).status).toBe('running');
  expect(after({ status: 'running', updatedAt: 5 }, { status: 'queued', updatedAt: 5 }).status).toBe('running');
  expect(after({ status: 'running', updatedAt: 5 }, { status: 'queued', updatedAt: 6 }).status).toBe('queued');
});

test('an older row of the same state is passed over', () => {
  const known = after({ progress: 40, updatedAt: 9, rawStatus: 'b' });
  expect(merge(known, snapshot({ progress: 90, updatedAt: 8, rawStatus: 'a' }), 9)).toBe(known);
});

test('a percentage does not shrink while a task runs', () => {
  expect(after({ progress: 30 }, { progress: 12 }).progress).toBe(30);
  expect(after({ progress: 30 }, { progress: null }).progress).toBe(30);
  expect(after({ status: 'queued', progress: 0 }, { progress: null }).progress).toBeNull();
});

test('the end is 100 %, unless it failed', () => {
  expect(after({ ...good, progress: null }).progress).toBe(100);
  expect(after({ status: 'partial', progress: 40 }).progress).toBe(100);
  expect(after({ progress: 40 }, { status: 'failed', progress: 100 }).progress).toBeNull();
});

test('facts that a later reply leaves out stay, and its error goes', () => {
  const known = after(
    { action: 'music', submittedAt: 1, cost: 3, traceId: 't', clips: [song], error: { code: null, message: 'm' } },
    {},
  );
  expect(known).toMatchObject({ action: 'music', submittedAt: 1, cost: 3, traceId: 't', clips: [song], error: null });
});

test('an end the vendor has not stamped counts at the second reply only', () => {
  const soft = { ...good, settled: false, finishedAt: null } as const;
  expect(after(soft)).toMatchObject({ status: 'running', progress: 100 });
  expect(after(soft, soft).status).toBe('succeeded');
  expect(after({ status: 'queued' }, soft, { ...good, settled: true }).status).toBe('succeeded');
});

test('missing is not final: an answer brings the task back, and its reason tells whether it was ever seen', () => {
  const never = mergeMissing(task(), 5);
  expect(never).toMatchObject({ status: 'missing', changedAt: 5, error: { code: 'not_found' } });
  expect(never.error?.message).toContain('does not know');
  expect(mergeMissing(never, 6)).toBe(never);
  expect(merge(never, snapshot({ status: 'queued' }), 7)).toMatchObject({ status: 'queued', error: null });
  expect(mergeMissing(after({ progress: 20 }), 5).error?.message).toContain('no longer');
});

test.each([
  ['xhuo/producer', 'not found at producer: a Suno id is added as xhuo/suno:ID, or it belongs to another key'],
  ['xhuo/suno', 'not found at suno: a Producer id is added as xhuo/producer:ID, or it belongs to another key'],
  ['acedata/luma', 'not found at luma: an id of another service is added as acedata/SERVICE:ID, or it belongs to'],
])('a missing task of %s, whose vendor keeps the services apart, is told the way to the others', (source, words) => {
  const never = mergeMissing(task({ source }), 5, true);
  expect(never.error?.message).toContain(words);
  expect(mergeMissing(never, 6, true)).toBe(never);
  // It was there, at this service.
  expect(mergeMissing(merge(task({ source }), snapshot({ progress: 20 }), 4), 5, true).error?.message).toBe(
    'the API no longer knows this id',
  );
});

test('a note says why there is no answer, and the next answer takes it away', () => {
  const noted = mergeTaskError(task(), 'rejected', 'no', 5);
  expect(noted).toMatchObject({ status: 'pending', error: { code: 'rejected', message: 'no' } });
  expect(mergeTaskError(noted, 'rejected', 'no', 6)).toBe(noted);
  expect(merge(noted, snapshot(), 7).error).toBeNull();
});

test('a vendor that swings between two words does not fill the memory', () => {
  let known = task();
  for (let now = 1; now <= 200; now++) {
    known = merge(known, snapshot({ status: now % 2 === 0 ? 'queued' : 'running', updatedAt: now }), now);
  }
  expect(known.history).toHaveLength(50);
  expect(known.history.at(-1)?.at).toBe(200);
});

test('what is final, and what has ended for whoever waits', () => {
  expect(statuses.filter(isFinal)).toEqual(['succeeded', 'partial', 'failed']);
  expect(statuses.filter(isEnded)).toEqual(['succeeded', 'partial', 'failed', 'missing']);
});
