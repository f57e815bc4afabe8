import * as z from 'zod';
import type { Clip, Snapshot, TaskError } from '../task/task.ts';
import { hasMedia, hasResult, readClips, type ReadClip } from './clips.ts';
import { amount, line, moment, percent, reason, record, unpack, url } from './fields.ts';
import { parseStatus, type StatusMeaning } from './status-words.ts';

/**
 * new-api's task relay, as CCAPI serves it: `POST /{service}/fetch` and `GET /{service}/fetch/{id}`.
 * Source: `dto/task.go` and `relay/relay_task.go` of github.com/QuantumNous/new-api.
 */
const wireTask = z.object({
  task_id: line,
  action: line,
  status: line,
  fail_reason: reason,
  result_url: url,
  created_at: moment,
  updated_at: moment,
  submit_time: moment,
  start_time: moment,
  finish_time: moment,
  submitTime: moment,
  startTime: moment,
  finishTime: moment,
  progress: percent,
  quota: amount,
  properties: record.pipe(z.object({ input: line }).nullable().catch(null)),
  data: z.unknown().optional(),
});

/** Facts that the upstream's own body repeats, for the record that lacks them. */
const wireData = z.object({
  progress: percent,
  error: reason,
  message: reason,
  error_message: reason,
  errorMessage: reason,
});

/** CCAPI's first API has an envelope for each row, `{code, message, data: {taskId, status, audioUrl, …}}`. */
function unwrapRow(row: unknown): unknown {
  const outer = record.parse(row);
  const inner = record.parse(outer?.data);
  if (inner?.taskId === undefined || outer?.task_id !== undefined) return row;
  const { taskId, status, action, errorMessage } = inner;
  return { task_id: taskId, status, action, fail_reason: errorMessage, data: inner };
}

/** A record of the batch or the single reply; null when it names no task. */
export function readFetchTask(row: unknown): Snapshot | null {
  const value = unwrapRow(row);
  const parsed = wireTask.safeParse(value);
  if (!parsed.success) return null;
  const wire = parsed.data;
  // `id` is a row number of the relay's database and `data.task_id` belongs to the upstream: neither is the task.
  if (wire.task_id === null) return null;
  const data = unpack(wire.data);
  const facts = wireData.safeParse(record.parse(data) ?? {}).data;
  const meaning = parseStatus(wire.status);
  // Old relays kept the address of a finished video in `fail_reason`; of a failed task neither field is a result.
  const address = wire.result_url ?? (meaning === 'succeeded' ? url.parse(record.parse(value)?.fail_reason) : null);
  const clips = withResultUrl(readClips(data), meaning === 'failed' ? null : address);
  const progress = wire.progress ?? facts?.progress ?? null;
  const said =
    wire.fail_reason ?? facts?.error ?? facts?.error_message ?? facts?.errorMessage ?? facts?.message ?? null;
  const why = said !== null && /^https?:\/\//.test(said) ? null : said;
  const verdict = judge({ meaning, progress, reason: why, failReason: wire.fail_reason, clips });

  const finished = wire.finish_time ?? wire.finishTime;
  return {
    id: wire.task_id,
    status: verdict.status,
    settled: true,
    rawStatus: wire.status,
    progress: verdict.status === 'failed' ? null : verdict.status === 'succeeded' ? 100 : progress,
    action: wire.action?.toLowerCase() ?? null,
    prompt: wire.properties?.input ?? null,
    clips: clips.map(({ clip }) => clip),
    error: verdict.error,
    submittedAt: wire.submit_time ?? wire.submitTime ?? wire.created_at,
    startedAt: wire.start_time ?? wire.startTime,
    // An unfinished record may carry the upstream's finishing time already.
    finishedAt: verdict.status === 'queued' || verdict.status === 'running' ? null : finished,
    updatedAt: wire.updated_at,
    cost: wire.quota,
    traceId: null,
  };
}

type Evidence = {
  readonly meaning: StatusMeaning | null;
  readonly progress: number | null;
  readonly reason: string | null;
  readonly failReason: string | null;
  readonly clips: readonly ReadClip[];
};

function judge(evidence: Evidence): { status: Snapshot['status']; error: TaskError | null } {
  const { clips, meaning } = evidence;
  const failed = clips.filter(clip => clip.status === 'failed');
  const failure = (code: string | null, fallback: string): TaskError => ({
    code,
    message: evidence.reason ?? failed[0]?.reason ?? fallback,
  });

  if (meaning === 'failed') return { status: 'failed', error: failure(null, 'no reason given') };
  if (meaning === 'succeeded') {
    if (clips.length > 0 && failed.length === clips.length) {
      return { status: 'failed', error: failure(null, 'every clip failed') };
    }
    if (failed.length > 0)
      return { status: 'partial', error: failure(null, `${failed.length} of ${clips.length} clips failed`) };
    const empty = !clips.some(({ clip }) => hasResult(clip));
    return { status: 'succeeded', error: empty ? { code: 'empty', message: 'finished without a clip' } : null };
  }
  // The relay marks an upstream failure as 100 % and then never looks at the task again: it stays like this forever.
  if (evidence.progress === 100 && evidence.failReason !== null && evidence.reason !== null) {
    return { status: 'failed', error: { code: 'stalled', message: evidence.reason } };
  }
  return { status: meaning === 'queued' ? 'queued' : 'running', error: null };
}

/** The record's own address of the result, where no clip has it. */
function withResultUrl(clips: readonly ReadClip[], resultUrl: string | null): readonly ReadClip[] {
  if (resultUrl === null || clips.some(({ clip }) => hasMedia(clip))) return clips;
  const kind = mediaKind(resultUrl);
  const [first] = clips;
  if (first !== undefined) {
    return first.status === 'failed'
      ? clips
      : [{ ...first, clip: { ...first.clip, [kind]: resultUrl } }, ...clips.slice(1)];
  }
  const clip: Clip = { ...emptyClip, [kind]: resultUrl };
  return [{ clip, status: null, progress: null, reason: null }];
}

const emptyClip: Clip = {
  id: null,
  title: null,
  status: null,
  audioUrl: null,
  videoUrl: null,
  imageUrl: null,
  fileUrl: null,
  duration: null,
  model: null,
  style: null,
  lyrics: null,
};

function mediaKind(address: string): 'audioUrl' | 'videoUrl' | 'fileUrl' {
  const path = URL.parse(address)?.pathname ?? '';
  if (/\.(mp4|webm|mov|mkv)$/i.test(path)) return 'videoUrl';
  return /\.(zip|wav|mid|midi|json)$/i.test(path) ? 'fileUrl' : 'audioUrl';
}

/** The reply to a batch. `noRows`: no id matched, or (`rowsLost`) the relay could not write one of the rows and sent none. */
export function readFetchBatch(body: Record<string, unknown>): {
  snapshots: readonly Snapshot[];
  noRows: boolean;
  rowsLost: boolean;
} {
  const data = unpack(body.data);
  const noRows = data === null || data === undefined;
  const rows = Array.isArray(data) ? data : noRows ? [] : [data];
  return {
    snapshots: rows.map(readFetchTask).filter(snapshot => snapshot !== null),
    noRows,
    rowsLost: noRows && !('message' in body),
  };
}
