import { clipsOf, otherResult, type SimulatedClip } from './clips.ts';
import { between, randomFrom, uuidFrom } from './random.ts';
import { isObject, json, jsonAsText, parseJson, type Reply } from './reply.ts';
import { stateAt, type Moment, type SimulatedTask, type State, type WireObject } from './scenario.ts';
import { staleMoment, type Look } from './scenario.ts';

const usualWords = {
  submitted: 'NOT_START',
  queued: 'QUEUED',
  running: 'IN_PROGRESS',
  succeeded: 'SUCCESS',
  failed: 'FAILURE',
};

/** A task as a row of new-api's table. */
function fetchRow(task: SimulatedTask, moment: Moment, row: number): unknown {
  const state = stateAt(task, moment.elapsed);
  const ended = state.phase === 'ended' && task.ending !== 'zombie';
  const reason = state.phase === 'ended' && isBad(task) ? (task.reason ?? 'upstream returned error') : '';
  const seconds = (elapsed: number) => Math.floor(moment.at(elapsed) / (task.times === 'milliseconds' ? 1 : 1000));
  const startedAfter = task.queuedFor ?? 0;
  const times = {
    submit_time: seconds(0),
    start_time: moment.elapsed >= startedAfter && state.phase !== 'submitted' ? seconds(startedAfter) : 0,
    finish_time: ended ? seconds(task.endsAfter) : 0,
  };
  const told = {
    task_id: task.id,
    action: task.action ?? (task.kind === 'lyrics' ? 'LYRICS' : 'MUSIC'),
    status: statusOf(task, state),
    fail_reason: reason,
    ...times,
    progress: state.progress,
    data: dataOf(task, state, moment),
  };
  const record: WireObject = task.oldShape
    ? told
    : {
        id: row,
        created_at: seconds(0),
        updated_at: seconds(Math.min(moment.elapsed, task.ending === 'never' ? Infinity : task.endsAfter)),
        platform: task.service,
        user_id: 7,
        group: `${task.service}-A`,
        channel_id: 28,
        quota: task.service === 'suno' ? 100_000 : 30_000,
        // The relay falls back to the reason, so a failed row carries a "result URL" that is none.
        ...resultUrl(task, state, moment, reason),
        properties: {
          input: task.prompt ?? '',
          upstream_model_name: `${task.service}_music`,
          origin_model_name: 'music',
        },
        ...told,
      };
  return task.rewrite ? task.rewrite(record, state) : record;
}

const isBad = (task: SimulatedTask): boolean => task.ending === 'failed' || task.ending === 'zombie';

function statusOf(task: SimulatedTask, state: State): string {
  const words = { ...usualWords, ...task.words };
  if (state.phase !== 'ended') return state.phase === 'unknown' ? 'UNKNOWN' : words[state.phase];
  if (task.ending === 'zombie') return words.running;
  return task.ending === 'failed' ? words.failed : words.succeeded;
}

function resultUrl(task: SimulatedTask, state: State, moment: Moment, reason: string): WireObject {
  if (reason) return { result_url: reason };
  const [first] = clipsOf(task, moment);
  if (state.phase !== 'ended' || !first || (task.kind ?? 'audio') !== 'audio') return {};
  return { result_url: first.audioUrl };
}

function dataOf(task: SimulatedTask, state: State, moment: Moment): unknown {
  const data = plainData(task, state, moment);
  return task.dataAsText && data !== null ? JSON.stringify(data) : data;
}

function plainData(task: SimulatedTask, state: State, moment: Moment): unknown {
  if (state.phase === 'submitted' || state.phase === 'unknown') return null;
  if (state.phase === 'ended' && task.ending === 'zombie') return [];
  if (state.phase === 'ended' && task.ending === 'failed') {
    return task.error === 'structured' ? { error: { code: task.code ?? 'api_error', message: task.reason } } : null;
  }
  const running = state.phase !== 'ended';
  if (running && (task.preview === undefined || state.done < task.preview)) {
    if (task.service === 'suno') return [];
    // The upstream's own id of the job: looks like a task id of the other dialect, and is none.
    return { progress: state.progress, status: statusOf(task, state), task_id: uuidFrom(`${task.id} upstream`) };
  }
  const other = running ? null : otherResult(task, moment);
  if (other) return other;
  const clips = clipsOf(task, moment);
  if (task.service === 'suno') return clips.map(clip => sunoSong(clip, running));
  const producer = clips.map(clip => producerClip(clip, running, moment.at(task.endsAfter)));
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
  // A song that failed comes with an address that leads nowhere.
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

/** `GET {service}/fetch/{id}`: an id that is not there is a bad request, not a 404. */
export function answerFetchOne(id: string, look: Look): Reply {
  const seen = look(id);
  if (!seen) return json(400, { code: 'task_not_exist', message: 'task_not_exist', data: null });
  return success(fetchRow(seen.task, seen.moment, seen.row));
}

/** `POST {service}/fetch`: one row for each id that exists, in the table's order, nothing for the others. */
export function answerFetchBatch(body: string, look: Look): Reply {
  const value = parseJson(body);
  if (!isObject(value)) return invalidRequest(body, value);
  const ids = value.ids ?? [];
  if (!Array.isArray(ids)) {
    return refused(`json: cannot unmarshal ${typeof ids} into Go struct field .ids of type []interface {}`);
  }
  if (ids.length === 0) return success([]);
  const found = [...new Set<unknown>(ids)].flatMap(id => (typeof id === 'string' ? (look(id) ?? []) : []));
  const rows = found
    .filter(({ task }) => !task.omittedInBatch)
    .sort((one, other) => other.row - one.row)
    .flatMap(({ task, moment, row }) => {
      const fresh = fetchRow(task, moment, row);
      if (!task.duplicate) return [fresh];
      const stale = fetchRow(task, staleMoment(task, moment), row);
      return task.duplicate === 'stale-last' ? [fresh, stale] : [stale, fresh];
    });
  // No match at all is null, not an empty list.
  return success(rows.length === 0 ? null : rows);
}

const refused = (message: string): Reply => jsonAsText(400, { code: 'invalid_request', message, data: null });

function invalidRequest(body: string, value: unknown): Reply {
  if (body.trim() === '') return refused('EOF');
  if (value === undefined)
    return refused(`invalid character '${body.trim().charAt(0)}' looking for beginning of value`);
  return refused('json: cannot unmarshal value into Go value of type relay.FetchRequest');
}

/** The relay says the same for a key that is wrong, expired, disabled or out of quota. */
export function refuseFetch(requestId: string, language: string): Reply {
  const message = language.startsWith('zh') ? '无效的令牌' : 'Invalid token';
  const error = { message: `${message} (request id: ${requestId})`, type: 'new_api_error', code: '' };
  return json(401, { error });
}

/** The id of a request, as the relay writes it: the time and eight letters. */
export function requestIdAt(now: number, count: number): string {
  const random = randomFrom(`request ${count}`);
  const letters = Array.from({ length: 8 }, () => String.fromCharCode(between(random, 65, 90))).join('');
  return `${new Date(now).toISOString().replace(/\D/g, '')}${letters}`;
}
