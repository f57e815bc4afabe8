import { clean, sanitizeLine } from '../task/sanitize.ts';
import type { Clip, Task, TaskError } from '../task/task.ts';
import { ApiError } from './errors.ts';
import { hideKeys, type Redactor } from './redact.ts';

/*
 * Where wire becomes domain, what a server says loses every token that is known. A server may repeat the request it got,
 * in any field or header, and so may a relay behind it.
 */

/** What a snapshot and a task have of a server's words. */
type Told = Pick<Task, 'rawStatus' | 'action' | 'prompt' | 'clips' | 'error' | 'traceId'>;

/**
 * A snapshot, or a task of a saved list, without tokens. An address with one in it is left out, not rewritten, for it
 * would lead nowhere; the error of the task says so. The same object when there is nothing to hide.
 */
export function clearSnapshot<T extends Told>(told: T, redactor: Redactor): T {
  const line = (text: string | null): string | null => (text === null ? null : redactor.text(text));
  let withheld = 0;
  const clips = told.clips.map(clip => {
    const cleared = clearClip(clip, redactor);
    for (const name of urls) if (cleared[name] !== clip[name]) withheld++;
    return cleared;
  });
  const next = {
    rawStatus: line(told.rawStatus),
    action: line(told.action),
    prompt: line(told.prompt),
    traceId: line(told.traceId),
    clips: same(told.clips, clips),
    error: withNote(clearReason(told.error, redactor), withheld),
  };
  return changed<Told>(told, next) ? { ...told, ...next } : told;
}

/** A task of a saved list without tokens, the words of its earlier states too. */
export function clearTask(task: Task, redactor: Redactor): Task {
  const cleared = clearSnapshot(task, redactor);
  const history = cleared.history.map(change => {
    const rawStatus = change.rawStatus === null ? null : redactor.text(change.rawStatus);
    return rawStatus === change.rawStatus ? change : { ...change, rawStatus };
  });
  return history.every((change, index) => change === cleared.history[index]) ? cleared : { ...cleared, history };
}

const urls = ['audioUrl', 'videoUrl', 'imageUrl', 'fileUrl'] as const;

function clearClip(clip: Clip, redactor: Redactor): Clip {
  const line = (text: string | null): string | null => (text === null ? null : redactor.text(text));
  const address = (url: string | null): string | null =>
    url !== null && (redactor.holds(url) || redactor.holds(readable(url))) ? null : url;
  const next: Clip = {
    // Ids are compared: what is put in a token's place could be the same for two clips.
    id: clip.id !== null && redactor.holds(clip.id) ? null : clip.id,
    title: line(clip.title),
    status: line(clip.status),
    audioUrl: address(clip.audioUrl),
    videoUrl: address(clip.videoUrl),
    imageUrl: address(clip.imageUrl),
    fileUrl: address(clip.fileUrl),
    duration: clip.duration,
    model: line(clip.model),
    style: line(clip.style),
    lyrics: line(clip.lyrics),
  };
  return changed(clip, next) ? next : clip;
}

/** An address as a person would read it: a token may be parted by an invisible character, which is escaped there. */
function readable(url: string): string {
  try {
    return clean(decodeURIComponent(url));
  } catch {
    return url;
  }
}

function clearReason(error: TaskError | null, redactor: Redactor): TaskError | null {
  if (error === null) return null;
  const code = error.code === null ? null : redactor.text(error.code);
  const next = { code, message: hideKeys(redactor.text(error.message)) };
  return changed(error, next) ? next : error;
}

function withNote(error: TaskError | null, withheld: number): TaskError | null {
  if (withheld === 0) return error;
  const note =
    withheld === 1 ? '1 address left out: it holds a token' : `${withheld} addresses left out: they hold a token`;
  return error === null ? { code: 'withheld', message: note } : { ...error, message: `${error.message} · ${note}` };
}

/** What a question ended with, as an ApiError without tokens; a cause that may repeat one is not kept. */
export function clearError(error: unknown, redactor: Redactor): ApiError {
  if (!(error instanceof ApiError)) return new ApiError('protocol', redactor.text(sanitizeLine(String(error))));
  const message = hideKeys(redactor.text(error.message));
  const code = error.code === null ? null : redactor.text(error.code);
  const traceId = error.traceId === null ? null : redactor.text(error.traceId);
  if (!changed<Pick<ApiError, 'message' | 'code' | 'traceId'>>(error, { message, code, traceId })) return error;
  const { kind, status, retryAfter, reached } = error;
  return new ApiError(kind, message, { status, code, retryAfter, traceId, reached });
}

const changed = <T extends object>(before: T, next: T): boolean =>
  (Object.keys(next) as (keyof T)[]).some(key => before[key] !== next[key]);

const same = <T>(before: readonly T[], next: readonly T[]): readonly T[] =>
  next.every((item, index) => item === before[index]) ? before : next;
