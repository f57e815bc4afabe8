import type { Snapshot, TaskError } from '../task/task.ts';
import { hasMedia, hasResult, holdsClips, type ReadClip, type Reading } from './clips.ts';
import { anything, flag, line, moment, type Output, percent, pick, pickInner, reason, record } from './fields.ts';
import { clipsOf } from './results.ts';
import { findRows, type Asked, type Row, type UnreadableRow } from './rows.ts';
import { parseStatus } from './status-words.ts';

/**
 * Ace Data Cloud's task store, as XHuoAPI serves it too: `POST /{service}/tasks`.
 * A record has neither a status nor a percentage: both follow from `finished_at`, `response` and the clips' own words.
 * Source: https://docs.acedata.cloud, `openapi/producer.json` and the guide to the tasks API.
 */
const wireTask = pick({
  type: line,
  created_at: moment,
  submit_time: moment,
  started_at: moment,
  start_time: moment,
  finished_at: moment,
  finish_time: moment,
  completed_at: moment,
  trace_id: line,
  // The echo of the submit call. No more of it is taken: it may hold a callback address with a secret in it.
  request: pickInner({ action: line, title: line, prompt: line, lyric: line }),
  response: record,
});

const wireResponse = pick({
  finished_at: moment,
  status: line,
  state: line,
  success: flag,
  error: anything,
  fail_reason: anything,
  error_message: anything,
  trace_id: line,
  progress: percent,
  data: anything,
});

/** What relays of this dialect say in the row itself, beside its `response`; the vendor's own records say none of it. */
const wireRow = pick({
  status: line,
  state: line,
  progress: percent,
  success: flag,
  error: anything,
  fail_reason: anything,
  error_message: anything,
});

/** What a record of the batch or the single reply says about its task. */
export function readTasksRow({ id, fields }: Row, reading?: Reading): Snapshot {
  const wire = wireTask.parse(fields);
  // The bare result may stand where the record should be, as in the CLI of the vendor: `response` is optional for us.
  const body = wire.response ?? fields;
  const response = wireResponse.parse(body);
  // Beside a record, `duration` is the time that the task took, not the length of a song.
  const own = wire.response ?? { ...fields, duration: undefined };
  const row = wire.response === null ? null : wireRow.parse(fields);
  const rowWord = row?.status ?? row?.state ?? null;
  const rowMeaning = parseStatus(rowWord);
  const content = response.data ?? (wire.response !== null && holdsClips(wire.response) ? wire.response : undefined);
  const word = rowMeaning ?? parseStatus(response.state ?? response.status);
  const found = clipsOf(own, content, word === 'failed' ? false : null, reading);
  const bare = wire.response === null && (hasResultKeys(fields) || found.length > 0);
  const answered = wire.response !== null || bare;

  const clips = answered ? found : [];
  const finishedAt = wire.finished_at ?? wire.finish_time ?? wire.completed_at ?? response.finished_at;
  const startedAt = wire.started_at ?? wire.start_time;
  const words = [...clips.map(({ clip }) => clip.status), response.state, response.status, rowWord].filter(
    word => word !== null,
  );
  const verdict = judge({
    clips,
    words,
    bad: (answered ? errorOf(response) : null) ?? (row !== null && rowMeaning === 'failed' ? errorOf(row) : null),
    success: answered && response.success === true,
    finished: finishedAt !== null,
    started: startedAt !== null || clips.length > 0,
    decided: bare || rowMeaning === 'succeeded' || rowMeaning === 'failed',
  });

  return {
    id,
    status: verdict.status,
    settled: verdict.settled,
    rawStatus: words[0] ?? null,
    progress:
      verdict.status === 'succeeded'
        ? 100
        : verdict.status === 'failed'
          ? null
          : progressOf(clips, response.progress ?? row?.progress ?? null),
    action: wire.request?.action ?? wire.type,
    prompt: wire.request?.title ?? wire.request?.prompt ?? wire.request?.lyric ?? null,
    clips: clips.map(({ clip }) => clip),
    error: verdict.error,
    submittedAt: wire.created_at ?? wire.submit_time,
    startedAt,
    finishedAt: verdict.status === 'queued' || verdict.status === 'running' ? null : finishedAt,
    updatedAt: null,
    cost: null,
    traceId: wire.trace_id ?? response.trace_id,
  };
}

/** The percentage of the clip that is least far; unknown while one of them has none, unless the response names one. */
function progressOf(clips: readonly ReadClip[], whole: number | null): number | null {
  const each = clips.map(({ status, progress }) => (status === 'succeeded' ? 100 : progress));
  const known = each.filter(progress => progress !== null);
  const least = known.length === 0 || known.length < each.length ? null : Math.min(...known);
  return least === null || whole === null ? (least ?? whole) : Math.min(least, whole);
}

type Evidence = {
  readonly clips: readonly ReadClip[];
  readonly words: readonly string[];
  readonly bad: TaskError | null;
  readonly success: boolean;
  readonly finished: boolean;
  readonly started: boolean;
  /** The row has a word for its status of its own, which the vendor's records have not. */
  readonly decided: boolean;
};

type Verdict = { readonly status: Snapshot['status']; readonly settled: boolean; readonly error: TaskError | null };

/**
 * The status, which no field of a record holds. `success` alone does not decide it: it may be absent when a task has
 * succeeded, and true while it runs.
 */
function judge(evidence: Evidence): Verdict {
  const meanings = evidence.words.map(parseStatus);
  return evidence.finished ||
    (evidence.decided && meanings.some(meaning => meaning === 'succeeded' || meaning === 'failed'))
    ? judgeFinished(evidence, meanings)
    : judgeOpen(evidence, meanings);
}

function judgeOpen({ clips, bad, started }: Evidence, meanings: readonly unknown[]): Verdict {
  // An error with a code is final even without `finished_at`; a bare text such as "temporary" is not.
  if (bad !== null && bad.code !== null && bad.code !== bareCode)
    return { status: 'failed', settled: true, error: bad };
  if (clips.length > 0 && clips.every(clip => clip.status === 'succeeded' && hasMedia(clip.clip))) {
    return { status: 'succeeded', settled: false, error: null };
  }
  return { status: started || meanings.includes('running') ? 'running' : 'queued', settled: true, error: null };
}

function judgeFinished(evidence: Evidence, meanings: readonly unknown[]): Verdict {
  const { clips, bad } = evidence;
  // A record may have `finished_at` while its status is "processing": the task still runs.
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

/** Marks an error that came as a bare text: before `finished_at` is set it does not mean that the task failed. */
const bareCode = 'bare';

const cleaned = (error: TaskError): TaskError => (error.code === bareCode ? { ...error, code: null } : error);

/** Why it failed: from an object with a code or a message, or a bare string; null when nothing says that it did. */
function errorOf(response: Output<typeof wireRow>): TaskError | null {
  for (const said of [response.error, response.fail_reason, response.error_message]) {
    const object = record.parse(said);
    const code = line.parse(object?.code);
    const message = reason.parse(object?.message);
    if (code !== null || message !== null) return { code, message: message ?? code ?? 'no reason given' };
    const words = typeof said === 'string' ? reason.parse(said) : null;
    if (words !== null) return { code: bareCode, message: words };
  }
  return response.success === false ? { code: bareCode, message: 'no reason given' } : null;
}

const hasResultKeys = (fields: Record<string, unknown>): boolean =>
  ['data', 'state', 'status', 'success'].some(key => fields[key] !== undefined && fields[key] !== null);

/** The reply to a batch or a single question. `more`: the vendor caps a reply at 12 rows unless told otherwise. */
export function readTasksReply(
  body: Record<string, unknown>,
  asked: Asked,
  reading?: Reading,
): {
  readonly snapshots: readonly Snapshot[];
  readonly unreadable: readonly UnreadableRow[];
  readonly noRows: boolean;
  readonly more: boolean;
} {
  const { rows, unreadable, count } = findRows(body, asked);
  const all = typeof body.count === 'number' ? body.count : count;
  return { snapshots: rows.map(row => readTasksRow(row, reading)), unreadable, noRows: count === 0, more: all > count };
}
