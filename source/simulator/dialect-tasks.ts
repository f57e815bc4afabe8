import { callbackUrl, clipsOf, otherResult, type SimulatedClip } from './clips.ts';
import { uuidFrom } from './random.ts';
import { answerListing, wholeNumber, type ListingQuirk } from './listing.ts';
import { isObject, json, parseJson, type Reply } from './reply.ts';
import {
  stateAt,
  type KnownTask,
  type ReplyContext,
  type SimulatedTask,
  type State,
  type WireObject,
} from './scenario.ts';
import { staleContext, type Lookup } from './scenario.ts';

const typeOf = { audio: 'audios', stems: 'audios', wav: 'wav', video: 'videos', lyrics: 'lyrics', upload: 'upload' };

/** A task as a record of Ace Data Cloud's task store. Only its clips have a status and a percentage. */
function taskRecord(task: SimulatedTask, context: ReplyContext): unknown {
  const state = stateAt(task, context.elapsed);
  const kind = task.kind ?? 'audio';
  const started = state.phase === 'running' || state.phase === 'ended';
  const action = task.action ?? (kind === 'stems' ? 'stems' : 'generate');
  const record: WireObject = {
    _id: uuidFrom(`${task.id} row`).replaceAll('-', '').slice(0, 24),
    id: task.id,
    type: typeOf[kind],
    api_id: '01d96900-0000-4000-8000-000000000000',
    application_id: '22222222-2222-4222-8222-000000000001',
    credential_id: '33333333-3333-4333-8333-000000000001',
    user_id: '55555555-5555-4555-8555-000000000001',
    trace_id: uuidFrom(`${task.id} trace`),
    created_at: timeOf(task, context, 0),
    ...(started ? { started_at: timeOf(task, context, task.queuedFor ?? 0) } : {}),
    request: {
      action,
      prompt: task.prompt ?? task.titles[0] ?? '',
      lyric: task.lyrics,
      async: true,
      callback_url: callbackUrl,
    },
    ...(state.phase === 'ended' ? ended(task, context) : pending(task, state, context)),
  };
  return task.rewrite ? task.rewrite(record, state) : record;
}

function timeOf(task: SimulatedTask, context: ReplyContext, elapsed: number): number | string {
  const time = context.at(elapsed);
  if (task.times === 'milliseconds') return Math.floor(time);
  return task.times === 'iso' ? new Date(time).toISOString().replace('Z', '000123Z') : time / 1000;
}

function pending(task: SimulatedTask, state: State, context: ReplyContext): WireObject {
  const task_id = task.id;
  if (state.phase === 'running' && task.preview !== undefined && state.done >= task.preview) {
    const data = clipsOf(task, context).map(clip => previewOf(clip, task, state));
    return { response: { success: true, task_id, data } };
  }
  switch (task.pending ?? 'absent') {
    case 'absent':
      return {};
    case 'nulls':
      return { response: null, finished_at: null, elapsed: null };
    case 'success-true':
      return { response: { success: true, task_id } };
    case 'empty-data':
      return { response: { success: true, data: [] } };
    case 'null-data':
      return { response: { success: true, data: null } };
    case 'temporary-error':
      return { response: { success: false, error: 'temporary' } };
    case 'finished-processing':
      return {
        response: { status: 'processing', success: true },
        finished_at: timeOf(task, context, context.elapsed),
      };
  }
}

function ended(task: SimulatedTask, context: ReplyContext): WireObject {
  const duration = (context.at(task.endsAfter) - context.at(0)) / 1000;
  const end = {
    finished_at: timeOf(task, context, task.endsAfter),
    [task.oldShape ? 'duration' : 'elapsed']: duration,
  };
  const task_id = task.id;
  const trace_id = uuidFrom(`${task.id} trace`);
  const message = task.reason ?? 'fetch failed';
  const error = task.error === 'string' ? message : { code: task.code ?? 'api_error', message };
  if (task.ending === 'failed') {
    if (task.error === 'string') return { response: { error }, ...end };
    const response = { success: false, task_id, data: [], error, trace_id };
    return task.error === 'unfinished' ? { response } : { response, ...end };
  }
  const clips = clipsOf(task, context);
  const data = otherResult(task, context) ?? clips.map(clip => clipOf(clip, task, context));
  if (task.ending === 'partial' && task.partial === 'refused') {
    return { response: { success: false, task_id, data, error, trace_id }, ...end };
  }
  return { response: { ...(task.oldShape ? {} : { success: true, trace_id }), task_id, data }, ...end };
}

const previewOf = (clip: SimulatedClip, task: SimulatedTask, state: State): WireObject => ({
  id: clip.id,
  title: clip.title,
  audio_url: clip.audioUrl,
  image_url: null,
  video_url: null,
  lyric: '',
  progress: state.progress,
  state: task.words?.running ?? 'pending',
  duration: null,
});

const clipOf = (clip: SimulatedClip, task: SimulatedTask, context: ReplyContext): WireObject => ({
  id: clip.id,
  title: clip.title,
  image_url: clip.imageUrl,
  image_id: clip.id,
  lyric: clip.lyrics,
  audio_url: clip.failed ? null : clip.audioUrl,
  video_url: clip.videoUrl,
  topic: null,
  seed: '1490770667',
  sound: clip.style,
  style: clip.style,
  created_at: new Date(context.at(task.endsAfter)).toISOString().replace('Z', '141Z'),
  model: clip.model,
  progress: '100%',
  state: clip.failed ? (task.words?.failed ?? 'failed') : (task.words?.succeeded ?? 'succeeded'),
  // Suno's duration is a number, Producer's a string.
  duration: clip.failed ? null : task.service === 'suno' ? clip.seconds : String(clip.seconds),
});

const failed = (status: number, code: string, message: string, traceId: string): Reply =>
  json(status, { error: { code, message }, trace_id: traceId });

/** The reply to a request without a token (400) or with a wrong one (401). */
export const refuseTasks = (status: 400 | 401, traceId: string): Reply =>
  status === 400
    ? failed(400, 'no_token', 'No token is specified.', traceId)
    : failed(401, 'invalid_token', 'The specified token is invalid or wrong.', traceId);

/** The reply to a path that does not exist. */
export const noApi = (traceId: string): Reply =>
  failed(404, 'no_api', 'API does not exist, please make sure url is correct.', traceId);

/** The reply to a request that comes too early. */
export const tooManyRequests = (traceId: string): Reply =>
  failed(429, 'too_many_requests', 'You have exceeded the rate limit.', traceId);

/** What is asked besides the ids of a batch: every task of the account, and what is odd about the answer. */
type AllTasks = { readonly all: () => readonly KnownTask[]; readonly quirk: ListingQuirk | null };

/**
 * The reply to `POST {service}/tasks`: one task (`{}` for an unknown id), or a page of tasks, the newest first; of all tasks
 * where no ids are given.
 */
export function answerTasks(body: string, lookup: Lookup, traceId: string, { all, quirk }: AllTasks): Reply {
  const ask = parseJson(body);
  if (!isObject(ask)) return failed(400, 'bad_request', 'The request body is not a JSON object.', traceId);
  const action = ask.action ?? 'retrieve';
  if (action === 'retrieve') {
    if (typeof ask.id !== 'string') return failed(400, 'bad_request', 'id is required.', traceId);
    const known = lookup(ask.id);
    return json(200, known ? taskRecord(known.task, known.context) : {});
  }
  if (action !== 'retrieve_batch') return failed(400, 'api_not_implemented', 'Unknown action.', traceId);
  const ids: unknown = ask.ids;
  if (ids === undefined && quirk !== 'refused') {
    const known = all().map(task => ({ task, record: taskRecord(task.task, task.context) as WireObject }));
    return answerListing(ask, known, quirk);
  }
  if (!Array.isArray(ids)) return failed(400, 'bad_request', 'ids must be a list.', traceId);
  const items = ids
    .flatMap(id => (typeof id === 'string' ? (lookup(id) ?? []) : []))
    .filter(({ task }) => !task.omittedInBatch)
    .sort((one, other) => other.row - one.row)
    .flatMap(({ task, context }) => {
      const fresh = taskRecord(task, context);
      if (!task.duplicate) return [fresh];
      const stale = taskRecord(task, staleContext(task, context));
      return task.duplicate === 'stale-last' ? [fresh, stale] : [stale, fresh];
    });
  // Without a `limit` a page has 12 items, also when more ids were given.
  const offset = wholeNumber(ask.offset, 0);
  return json(200, { items: items.slice(offset, offset + wholeNumber(ask.limit, 12)), count: items.length });
}
