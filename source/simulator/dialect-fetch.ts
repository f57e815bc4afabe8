import { clipsOf, otherResult, type SimulatedClip } from './clips.ts';
import { between, randomFrom, uuidFrom } from './random.ts';
import { isObject, json, jsonAsText, parseJson, type Reply } from './reply.ts';
import { stateAt, type ReplyContext, type SimulatedTask, type State, type WireObject } from './scenario.ts';
import { staleContext, type Lookup } from './scenario.ts';

const defaultStatusWords = {
  submitted: 'NOT_START',
  queued: 'QUEUED',
  running: 'IN_PROGRESS',
  succeeded: 'SUCCESS',
  failed: 'FAILURE',
};

/** A task as a row of new-api's table. */
function fetchRow(task: SimulatedTask, context: ReplyContext, row: number): unknown {
  const state = stateAt(task, context.elapsed);
  const ended = state.phase === 'ended' && task.ending !== 'zombie';
  const reason = state.phase === 'ended' && isBad(task) ? (task.reason ?? 'upstream returned error') : '';
  const seconds = (elapsed: number) => Math.floor(context.at(elapsed) / (task.times === 'milliseconds' ? 1 : 1000));
  const startedAfter = task.queuedFor ?? 0;
  const times = {
    submit_time: seconds(0),
    start_time: context.elapsed >= startedAfter && state.phase !== 'submitted' ? seconds(startedAfter) : 0,
    finish_time: ended ? seconds(task.endsAfter) : 0,
  };
  const common = {
    task_id: task.id,
    action: task.action ?? (task.kind === 'lyrics' ? 'LYRICS' : 'MUSIC'),
    status: statusOf(task, state),
    fail_reason: reason,
    ...times,
    progress: state.progress,
    data: dataOf(task, state, context),
  };
  const record: WireObject = task.oldShape
    ? common
    : {
        id: row,
        created_at: seconds(0),
        updated_at: seconds(Math.min(context.elapsed, task.ending === 'never' ? Infinity : task.endsAfter)),
        platform: task.service,
        user_id: 7,
        group: `${task.service}-A`,
        channel_id: 28,
        quota: task.service === 'suno' ? 100_000 : 30_000,
        // In a failed row the relay puts the reason into `result_url`.
        ...resultUrl(task, state, context, reason),
        properties: {
          input: task.prompt ?? '',
          upstream_model_name: `${task.service}_music`,
          origin_model_name: 'music',
        },
        ...common,
      };
  return task.rewrite ? task.rewrite(record, state) : record;
}

const isBad = (task: SimulatedTask): boolean => task.ending === 'failed' || task.ending === 'zombie';

function statusOf(task: SimulatedTask, state: State): string {
  const words = { ...defaultStatusWords, ...task.words };
  if (state.phase !== 'ended') return state.phase === 'unknown' ? 'UNKNOWN' : words[state.phase];
  if (task.ending === 'zombie') return words.running;
  return task.ending === 'failed' ? words.failed : words.succeeded;
}

function resultUrl(task: SimulatedTask, state: State, context: ReplyContext, reason: string): WireObject {
  if (reason) return { result_url: reason };
  const [first] = clipsOf(task, context);
  if (state.phase !== 'ended' || !first || (task.kind ?? 'audio') !== 'audio') return {};
  return { result_url: first.audioUrl };
}

function dataOf(task: SimulatedTask, state: State, context: ReplyContext): unknown {
  const data = plainData(task, state, context);
  return task.dataAsText && data !== null ? JSON.stringify(data) : data;
}

function plainData(task: SimulatedTask, state: State, context: ReplyContext): unknown {
  if (state.phase === 'submitted' || state.phase === 'unknown') return null;
  if (state.phase === 'ended' && task.ending === 'zombie') return [];
  if (state.phase === 'ended' && task.ending === 'failed') {
    return task.error === 'structured' ? { error: { code: task.code ?? 'api_error', message: task.reason } } : null;
  }
  const running = state.phase !== 'ended';
  if (running && (task.preview === undefined || state.done < task.preview)) {
    if (task.service === 'suno') return [];
    // `task_id` is the id of the upstream's job here: a UUID, but not a task of the other dialect.
    return { progress: state.progress, status: statusOf(task, state), task_id: uuidFrom(`${task.id} upstream`) };
  }
  const other = running ? null : otherResult(task, context);
  if (other) return other;
  const clips = clipsOf(task, context);
  if (task.service === 'suno') return clips.map(clip => sunoSong(clip, running));
  const producer = clips.map(clip => producerClip(clip, running, context.at(task.endsAfter)));
  return { clips: producer, progress: state.progress, quota: '3' };
}

const producerClip = (clip: SimulatedClip, running: boolean, createdAt: number): WireObject => ({
  clip_id: clip.id,
  state: running ? 'pending' : clip.failed ? 'failed' : 'completed',
  title: clip.title,
  sound: clip.style,
  lyrics: clip.lyrics,
  image_url: running ? null : clip.imageUrl,
  audio_url: clip.failed && !running ? null : clip.audioUrl,
  video_url: clip.videoUrl,
  created_at: new Date(createdAt).toISOString().replace('Z', '725Z'),
  mv: clip.model,
  seed: null,
  duration: null,
});

const sunoSong = (clip: SimulatedClip, running: boolean): WireObject => ({
  id: clip.id,
  title: clip.title,
  status: running ? 'streaming' : clip.failed ? 'error' : 'complete',
  // A song that failed has an address without a file.
  audio_url: clip.failed ? clip.audioUrl.replace(`${clip.id}.wav`, 'None.mp3') : clip.audioUrl,
  video_url: clip.videoUrl ?? '',
  image_url: clip.imageUrl,
  image_large_url: clip.imageUrl,
  model_name: clip.model,
  major_model_version: 'v5',
  metadata: {
    tags: clip.style,
    prompt: clip.lyrics,
    duration: running ? null : clip.seconds,
    error_type: clip.failed ? 'moderation_failure' : null,
    error_message: clip.failed ? 'Unable to generate this song.' : null,
  },
});

const success = (data: unknown): Reply => json(200, { code: 'success', message: '', data });

/** The reply to `GET {service}/fetch/{id}`. An unknown id is answered with 400, not 404. */
export function answerFetchOne(id: string, lookup: Lookup): Reply {
  const known = lookup(id);
  if (!known) return json(400, { code: 'task_not_exist', message: 'task_not_exist', data: null });
  return success(fetchRow(known.task, known.context, known.row));
}

/** The reply to `POST {service}/fetch`: a row for each known id, the newest first, and none for unknown ones. */
export function answerFetchBatch(body: string, lookup: Lookup): Reply {
  const value = parseJson(body);
  if (!isObject(value)) return invalidRequest(body, value);
  const ids = value.ids ?? [];
  if (!Array.isArray(ids)) {
    return refused(`json: cannot unmarshal ${typeof ids} into Go struct field .ids of type []interface {}`);
  }
  if (ids.length === 0) return success([]);
  const found = [...new Set<unknown>(ids)].flatMap(id => (typeof id === 'string' ? (lookup(id) ?? []) : []));
  const rows = found
    .filter(({ task }) => !task.omittedInBatch)
    .sort((one, other) => other.row - one.row)
    .flatMap(({ task, context, row }) => {
      const fresh = fetchRow(task, context, row);
      if (!task.duplicate) return [fresh];
      const stale = fetchRow(task, staleContext(task, context), row);
      return task.duplicate === 'stale-last' ? [fresh, stale] : [stale, fresh];
    });
  // Without any known id the data is null, not an empty list.
  return success(rows.length === 0 ? null : rows);
}

const refused = (message: string): Reply => jsonAsText(400, { code: 'invalid_request', message, data: null });

function invalidRequest(body: string, value: unknown): Reply {
  if (body.trim() === '') return refused('EOF');
  if (value === undefined)
    return refused(`invalid character '${body.trim().charAt(0)}' looking for beginning of value`);
  return refused('json: cannot unmarshal value into Go value of type relay.FetchRequest');
}

/** The relay's reply to a key that is wrong, expired, disabled or out of quota: the same for all of them. */
export function refuseFetch(requestId: string, language: string): Reply {
  const message = language.startsWith('zh') ? '无效的令牌' : 'Invalid token';
  const error = { message: `${message} (request id: ${requestId})`, type: 'new_api_error', code: '' };
  return json(401, { error });
}

/** The id of a request in the relay's form: the digits of the time, and eight letters. */
export function requestIdAt(now: number, count: number): string {
  const random = randomFrom(`request ${count}`);
  const letters = Array.from({ length: 8 }, () => String.fromCharCode(between(random, 65, 90))).join('');
  return `${new Date(now).toISOString().replace(/\D/g, '')}${letters}`;
}
