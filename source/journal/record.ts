import * as z from 'zod';
import { savedMoment, savedName, savedSource, savedTask } from '../task/saved-task.ts';
import { taskKey, type SourceName, type Task, type TaskKey } from '../task/task.ts';

/** The version of the format that is written here. Higher ones are refused; more record types may come without one. */
export const formatVersion = 1;

/** An id on a watch list. `addedAt`: milliseconds since 1970, by our clock. */
export type Listed = { readonly source: SourceName; readonly id: string; readonly addedAt: number };

/** A file that was saved: which one of which clip (from 0) of a task, where, and when (milliseconds since 1970). */
export type SavedFile = Record<'clip' | 'bytes' | 'at', number> & Record<'key' | 'what' | 'path', string>;

/** A hook that was started. `event`: which end of the task, or which of its files; `by`: who started it. */
export type StartedHook = Readonly<Record<'key' | 'event' | 'by', string>>;

/** What is known of a task besides what the API says of it. Whoever says a thing first has said it. */
export type Mark = ({ readonly type: 'saved' } & SavedFile) | ({ readonly type: 'hook' } & StartedHook);

/** Tells a mark from every other. */
export const markId = (mark: Mark): string =>
  JSON.stringify(mark.type === 'hook' ? [mark.key, mark.event] : [mark.key, mark.clip, mark.what, mark.at]);

/**
 * What one line of a journal says, as it stands there. `torn`: the line before this one was cut short, and nothing was
 * lost by it. `kept`: of the damage above, a copy was kept and the person told.
 */
export type Entry =
  | ({ readonly type: 'add' } & Listed)
  | { readonly type: 'remove'; readonly key: TaskKey }
  | { readonly type: 'result'; readonly task: Task }
  | Mark
  | { readonly type: 'torn' | 'kept' };

/** What was made of a line. `other`: a record of a later cliptop. `cut`: the beginning of a record. `damaged`: no record. */
export type Reading =
  Entry | { readonly type: 'header'; readonly version: number } | { readonly type: 'other' | 'cut' | 'damaged' };

/** The id that an entry is about; null for those that are about none. */
export function keyOf(entry: Reading): TaskKey | null {
  if (entry.type === 'add') return taskKey(entry.source, entry.id);
  if (entry.type === 'result') return entry.task.key;
  return entry.type === 'remove' ? entry.key : null;
}

const count = z.int().min(0);
const record = z.discriminatedUnion('type', [
  z.object({ type: z.literal('add'), source: savedSource, id: savedName, addedAt: savedMoment }),
  z.object({ type: z.literal('remove'), key: savedName }),
  z.object({ type: z.literal('result'), task: savedTask }),
  z.object({
    ...{ type: z.literal('saved'), key: savedName, clip: count, what: savedName, path: savedName, bytes: count },
    at: savedMoment,
  }),
  z.object({ type: z.literal('hook'), key: savedName, event: savedName, by: savedName }),
  z.object({ type: z.enum(['torn', 'kept']) }),
]);
const knownTypes = ['add', 'remove', 'result', 'saved', 'hook', 'torn', 'kept'];
const head = z.object({ type: z.string().optional(), cliptop: z.int().min(1).optional() });

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads one line, without its line end. Never throws. */
export function readLine(line: Uint8Array): Reading {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(line));
  } catch {
    return { type: isCutShort(line) ? 'cut' : 'damaged' };
  }
  const { type, cliptop } = head.safeParse(value).data ?? {};
  if (type === undefined) return cliptop === undefined ? { type: 'damaged' } : { type: 'header', version: cliptop };
  return knownTypes.includes(type) ? (record.safeParse(value).data ?? { type: 'damaged' }) : { type: 'other' };
}

/** Whether a line that does not parse starts a JSON object and never ends it; looked at by bytes, for a cut may split one. */
function isCutShort(line: Uint8Array): boolean {
  const signs = Buffer.from(line).toString('latin1');
  if (signs !== '{' && !signs.startsWith('{"')) return false;
  let depth = 0;
  let inText = false;
  for (let index = 0; index < signs.length; index++) {
    const sign = signs.charAt(index);
    if (sign < ' ') return false;
    if (inText && sign === '\\') index++;
    else if (sign === '"') inText = !inText;
    else if (!inText && (sign === '{' || sign === '[')) depth++;
    else if (!inText && (sign === '}' || sign === ']') && --depth === 0) return false;
  }
  return true;
}
