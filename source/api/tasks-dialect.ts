import * as z from 'zod';
import type { Snapshot, TaskError } from '../task/task.ts';
import { hasMedia, hasResult, readClips, type ReadClip } from './clips.ts';
import { line, moment, percent, reason, record, unpack } from './fields.ts';
import { parseStatus } from './status-words.ts';

/**
 * Ace Data Cloud's task store, as XHuoAPI serves it too: `POST /{service}/tasks`.
 * A record has neither a status nor a percentage: both follow from `finished_at`, `response` and the clips' own words.
 * Source: https://docs.acedata.cloud, `openapi/producer.json` and the guide to the tasks API.
 */
const wireTask = z.object({
  id: line,
  task_id: line,
  type: line,
  created_at: moment,
  started_at: moment,
  finished_at: moment,
  trace_id: line,
  // The echo of the submit call. No more of it is taken: it may hold a callback address with a secret in it.
  request: record.pipe(z.object({ action: line, title: line, prompt: line, lyric: line }).nullable().catch(null)),
  response: record,
});

const wireResponse = z.object({
  task_id: line,
  finished_at: moment,
  status: line,
  state: line,
  success: z.boolean().nullable().catch(null),
  error: z.unknown().optional(),
  trace_id: line,
  progress: percent,
  data: z.unknown().optional(),
});

/** A record of the batch or the single reply; null when it names no task, as the `{}` for an unknown id does. */
export function readTasksTask(value: unknown): Snapshot | null {
  const parsed = wireTask.safeParse(value);
  if (!parsed.success) return null;
  const wire = parsed.data;
  // Some clients of the vendor expect the bare result where the record should be: `response` is optional for us.
  const response = wireResponse.parse(wire.response ?? record.parse(value) ?? {});
  const id = wire.id ?? wire.task_id ?? response.task_id;
  if (id === null) return null;
  const bare = wire.response === null && hasResultKeys(value);
  const answered = wire.response !== null || bare;

  const clips = answered ? readClips(response.data) : [];
  const finishedAt = wire.finished_at ?? response.finished_at;
  const words = [...clips.map(({ clip }) => clip.status), response.state, response.status].filter(
    word => word !== null,
  );
  const verdict = judge({
    clips,
    words,
    bad: answered ? errorOf(response.error, response.success) : null,
    success: answered && response.success === true,
    finished: finishedAt !== null,
    started: wire.started_at !== null || clips.length > 0,
    bare,
  });

  const progress = [...clips.map(clip => clip.progress), response.progress].filter(value => value !== null);
  const percentDone = progress.length === 0 ? null : Math.min(...progress);
  return {
    id,
    status: verdict.status,
    settled: verdict.settled,
    rawStatus: words[0] ?? null,
    progress: verdict.status === 'succeeded' ? 100 : verdict.status === 'failed' ? null : percentDone,
    action: wire.request?.action ?? wire.type,
    prompt: wire.request?.title ?? wire.request?.prompt ?? wire.request?.lyric ?? null,
    clips: clips.map(({ clip }) => clip),
    error: verdict.error,
    submittedAt: wire.created_at,
    startedAt: wire.started_at,
    finishedAt: verdict.status === 'queued' || verdict.status === 'running' ? null : finishedAt,
    updatedAt: null,
    cost: null,
    traceId: wire.trace_id ?? response.trace_id,
  };
}

type Evidence = {
  readonly clips: readonly ReadClip[];
  readonly words: readonly string[];
  readonly bad: TaskError | null;
  readonly success: boolean;
  readonly finished: boolean;
  readonly started: boolean;
  readonly bare: boolean;
};

type Verdict = { readonly status: Snapshot['status']; readonly settled: boolean; readonly error: TaskError | null };

/** The decision for which no field exists. `success` alone decides nothing: it is absent on success and true while running. */
function judge(evidence: Evidence): Verdict {
  const meanings = evidence.words.map(parseStatus);
  return evidence.finished ||
    (evidence.bare && meanings.some(meaning => meaning === 'succeeded' || meaning === 'failed'))
    ? judgeFinished(evidence, meanings)
    : judgeOpen(evidence, meanings);
}

function judgeOpen({ clips, bad, started }: Evidence, meanings: readonly unknown[]): Verdict {
  // A structured error is the end even without a stamp; a bare "temporary" is not.
  if (bad !== null && bad.code !== null && bad.code !== bareCode)
    return { status: 'failed', settled: true, error: bad };
  if (clips.length > 0 && clips.every(clip => clip.status === 'succeeded' && hasMedia(clip.clip))) {
    return { status: 'succeeded', settled: false, error: null };
  }
  return { status: started || meanings.includes('running') ? 'running' : 'queued', settled: true, error: null };
}

function judgeFinished(evidence: Evidence, meanings: readonly unknown[]): Verdict {
  const { clips, bad } = evidence;
  // A stamp beside "processing" is an anomaly of the vendor: the word is right.
  if (meanings.some(meaning => meaning === 'queued' || meaning === 'running')) {
    return { status: 'running', settled: true, error: null };
  }
  const failed = clips.filter(clip => clip.status === 'failed');
  const good = clips.filter(
    clip => clip.status !== 'failed' && (bad === null ? hasResult(clip.clip) : hasMedia(clip.clip)),
  );
  const why: TaskError =
    bad === null
      ? { code: null, message: failed[0]?.reason ?? failedCount(failed.length, clips.length) }
      : cleaned(bad);
  if (bad !== null || failed.length > 0 || meanings.includes('failed')) {
    return { status: good.length > 0 ? 'partial' : 'failed', settled: true, error: why };
  }
  if (good.length > 0) return { status: 'succeeded', settled: true, error: null };
  if (evidence.success || meanings.includes('succeeded')) {
    return { status: 'succeeded', settled: true, error: { code: 'empty', message: 'finished without a clip' } };
  }
  return {
    status: 'running',
    settled: true,
    error: { code: 'unclear', message: 'stamped as finished, but without a result' },
  };
}

const failedCount = (failed: number, all: number): string =>
  all > 1 ? `${failed} of ${all} clips failed` : 'no reason given';

/** Marks an error that came as a bare string, which while running means nothing yet. */
const bareCode = 'bare';

const cleaned = (error: TaskError): TaskError => (error.code === bareCode ? { ...error, code: null } : error);

function errorOf(error: unknown, success: boolean | null): TaskError | null {
  const object = record.parse(error);
  if (object !== null) {
    const code = line.parse(object.code);
    const message = reason.parse(object.message);
    if (code !== null || message !== null) return { code, message: message ?? code ?? 'no reason given' };
  }
  const said = typeof error === 'string' ? reason.parse(error) : null;
  if (said !== null) return { code: bareCode, message: said };
  return success === false ? { code: bareCode, message: 'no reason given' } : null;
}

const hasResultKeys = (value: unknown): boolean => {
  const body = record.parse(value);
  return (
    body !== null && ['data', 'state', 'status', 'success'].some(key => body[key] !== undefined && body[key] !== null)
  );
};

/** The reply to a batch. `more`: the vendor has more rows than it sent, for it caps a reply at 12 unless told otherwise. */
export function readTasksBatch(body: Record<string, unknown>): {
  snapshots: readonly Snapshot[];
  noRows: boolean;
  more: boolean;
} {
  const items = unpack(body.items);
  const rows = Array.isArray(items) ? items : [];
  const count = typeof body.count === 'number' ? body.count : rows.length;
  return {
    snapshots: rows.map(readTasksTask).filter(snapshot => snapshot !== null),
    noRows: rows.length === 0,
    more: count > rows.length,
  };
}
