import type { Snapshot, TaskError } from '../task/task.ts';
import { hasResult, type ReadClip } from './clips.ts';
import {
  amount,
  anything,
  isRecord,
  line,
  moment,
  percent,
  pick,
  pickInner,
  reason,
  record,
  unpack,
  url,
} from './fields.ts';
import { clipsOf } from './results.ts';
import { findRows, type Asked, type Row, type UnreadableRow } from './rows.ts';
import { parseStatus, type StatusMeaning } from './status-words.ts';

/**
 * new-api's task relay, as CCAPI serves it: `POST /{service}/fetch` and `GET /{service}/fetch/{id}`.
 * Source: `dto/task.go`, `dto/openai_video.go` and `relay/relay_task.go` of github.com/QuantumNous/new-api; CCAPI's first
 * API, with flat rows in camelCase, at docs-en.ccapi.ai.
 */
const wireTask = pick({
  action: line,
  status: line,
  state: line,
  fail_reason: reason,
  error_message: reason,
  error: reason,
  result_url: url,
  created_at: moment,
  updated_at: moment,
  submit_time: moment,
  start_time: moment,
  started_at: moment,
  finish_time: moment,
  finished_at: moment,
  completed_at: moment,
  progress: percent,
  quota: amount,
  trace_id: line,
  properties: pickInner({ input: line }),
  data: anything,
});

/** Facts that the upstream's own body repeats, for the row that lacks them. */
const wireData = pick({
  status: line,
  state: line,
  progress: percent,
  fail_reason: reason,
  error: reason,
  message: reason,
  error_message: reason,
});

/** What a row says about its task, whoever the relay and its upstream are. */
export function readFetchRow({ id, fields }: Row): Snapshot {
  const wire = wireTask.parse(fields);
  const content = unpack(wire.data);
  const upstream = wireData.parse(withoutEnvelope(content));
  const word = wire.status ?? wire.state ?? upstream.status ?? upstream.state;
  const finished = wire.finish_time ?? wire.finished_at ?? wire.completed_at;
  const meant = parseStatus(word);
  // Old relays kept the address of a finished video in `fail_reason`; of a failed task neither field is a result.
  const address = wire.result_url ?? (meant === 'succeeded' ? url.parse(fields.fail_reason) : null);
  const clips = clipsOf(fields, content, meant === 'failed' ? false : address);
  const isStamped = word === null && finished !== null && clips.some(({ clip }) => hasResult(clip));
  const meaning = isStamped ? 'succeeded' : meant;
  const progress = wire.progress ?? upstream.progress;
  const failReason = wire.fail_reason ?? wire.error_message ?? wire.error;
  const said = failReason ?? upstream.fail_reason ?? upstream.error ?? upstream.error_message ?? upstream.message;
  const why = said !== null && /^https?:\/\//.test(said) ? null : said;
  const verdict = judge({ meaning, progress, reason: why, failReason, clips });

  return {
    id,
    status: verdict.status,
    settled: true,
    rawStatus: word,
    progress: verdict.status === 'failed' ? null : verdict.status === 'succeeded' ? 100 : progress,
    action: wire.action?.toLowerCase() ?? null,
    prompt: wire.properties?.input ?? null,
    clips: clips.map(({ clip }) => clip),
    error: verdict.error,
    submittedAt: wire.submit_time ?? wire.created_at,
    startedAt: wire.start_time ?? wire.started_at,
    // An unfinished row may carry the upstream's finishing time already.
    finishedAt: verdict.status === 'queued' || verdict.status === 'running' ? null : finished,
    updatedAt: wire.updated_at,
    cost: wire.quota,
    traceId: wire.trace_id,
  };
}

/** The object within `{code, message, data}` in which an upstream that is a relay itself speaks of the task. */
function withoutEnvelope(content: unknown): Record<string, unknown> {
  const outer = record.parse(content) ?? {};
  const inner = record.parse(unpack(outer.data));
  return inner !== null && outer.status === undefined && outer.state === undefined ? inner : outer;
}

type Evidence = {
  readonly meaning: StatusMeaning | null;
  readonly progress: number | null;
  /** Why it failed, in words. */
  readonly reason: string | null;
  /** What stands in the row's own field for the reason: words, or the address of a result. */
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
  // new-api sets a task to 100 % when its upstream reports a reason, and asks the upstream only about tasks below 100 %:
  // without a final status the row never changes again.
  if (evidence.progress === 100 && evidence.failReason !== null && evidence.reason !== null) {
    return { status: 'failed', error: { code: 'stalled', message: evidence.reason } };
  }
  return { status: meaning === 'queued' ? 'queued' : 'running', error: null };
}

/**
 * The reply to a batch or a single question. `noRows`: no id matched, or (`rowsLost`) the relay could not write one of
 * the rows and sent none.
 */
export function readFetchReply(
  body: Record<string, unknown>,
  asked: Asked,
): {
  readonly snapshots: readonly Snapshot[];
  readonly unreadable: readonly UnreadableRow[];
  readonly noRows: boolean;
  readonly rowsLost: boolean;
} {
  const { rows, unreadable, count } = findRows(body, asked);
  const noRows = count === 0 && (body.data === null || body.data === undefined || isEmptyRecord(body.data));
  return {
    snapshots: rows.map(readFetchRow),
    unreadable,
    noRows,
    rowsLost: noRows && 'data' in body && !('message' in body),
  };
}

const isEmptyRecord = (value: unknown): boolean => isRecord(value) && Object.keys(value).length === 0;
