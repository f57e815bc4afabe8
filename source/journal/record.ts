import * as z from 'zod';
import { sanitize, sanitizeLine, sanitizeUrl } from '../task/sanitize.ts';
import { isFinal, statuses, taskKey, type SourceName, type Task, type TaskKey } from '../task/task.ts';

/** The version of the format that is written here. Higher ones are refused; more record types may come without one. */
export const formatVersion = 1;

/** An id on a watch list. `addedAt`: milliseconds since 1970, by our clock. */
export type Listed = { readonly source: SourceName; readonly id: string; readonly addedAt: number };

/**
 * What one line of a journal says, as it stands there. `torn`: the line before this one was cut short, and nothing was
 * lost by it. `kept`: of the damage above, a copy was kept and the person told.
 */
export type Entry =
  | ({ readonly type: 'add' } & Listed)
  | { readonly type: 'remove'; readonly key: TaskKey }
  | { readonly type: 'result'; readonly task: Task }
  | { readonly type: 'torn' | 'kept' };

/**
 * What was made of a line. `other`: a record of a later cliptop, not understood. `cut`: the beginning of a record, left by
 * a write that was cut short. `damaged`: nothing we ever write.
 */
export type Reading =
  Entry | { readonly type: 'header'; readonly version: number } | { readonly type: 'other' | 'cut' | 'damaged' };

/** The id that an entry is about; null for those that are about none. */
export function keyOf(entry: Reading): TaskKey | null {
  if (entry.type === 'add') return taskKey(entry.source, entry.id);
  if (entry.type === 'result') return entry.task.key;
  return entry.type === 'remove' ? entry.key : null;
}

/*
 * The file may have been edited by hand or come from elsewhere: what it says is cleaned like a vendor's reply. What a
 * result is nothing without (source, id, final status) must be there; any other field that cannot be read is null.
 */
const optionalLine = z.string().transform(sanitizeLine).nullable().catch(null);
const requiredLine = z.string().transform(sanitizeLine).pipe(z.string().min(1));
const url = z.string().transform(sanitizeUrl).nullable().catch(null);
const amount = z.number().nonnegative().nullable().catch(null);
/** Milliseconds since 1970, in the range that a Date can show. */
const moment = z.number().min(0).max(8.64e15);
const optionalMoment = moment.nullable().catch(null);
/** As it stands there: whoever reads it asks whether there is such a source. */
const source = z.string().min(1);

/** An array whose unreadable elements are passed over. */
const listOf = <T>(element: z.ZodType<T>) =>
  z
    .array(element.nullable().catch(null))
    .transform(items => items.filter(item => item !== null))
    .catch([]);

const clip = z.object({
  id: optionalLine,
  title: optionalLine,
  status: optionalLine,
  audioUrl: url,
  videoUrl: url,
  imageUrl: url,
  fileUrl: url,
  duration: amount,
  model: optionalLine,
  style: optionalLine,
  lyrics: z.string().transform(sanitize).nullable().catch(null),
});

/** The full record of a finished task. */
const finalTask = z
  .object({
    source,
    id: requiredLine,
    status: z.enum(statuses).refine(isFinal),
    rawStatus: optionalLine,
    progress: z.number().min(0).max(100).nullable().catch(null),
    action: optionalLine,
    // Lists of before 0.1 do not have it.
    prompt: optionalLine.optional().transform(value => value ?? null),
    clips: listOf(clip),
    error: z
      .object({ code: optionalLine, message: z.string().transform(sanitize) })
      .nullable()
      .catch(null),
    submittedAt: optionalMoment,
    startedAt: optionalMoment,
    finishedAt: optionalMoment,
    updatedAt: optionalMoment,
    cost: amount,
    traceId: optionalLine,
    addedAt: moment.catch(0),
    seenAt: optionalMoment,
    changedAt: moment.catch(0),
    stalled: z.boolean().catch(false),
    history: listOf(z.object({ at: moment, status: z.enum(statuses), rawStatus: optionalLine })),
  })
  .transform((task): Task => ({ ...task, key: taskKey(task.source, task.id) }));

const record = z.discriminatedUnion('type', [
  z.object({ type: z.literal('add'), source, id: requiredLine, addedAt: moment }),
  z.object({ type: z.literal('remove'), key: requiredLine }),
  z.object({ type: z.literal('result'), task: finalTask }),
  z.object({ type: z.enum(['torn', 'kept']) }),
]);
const knownTypes = ['add', 'remove', 'result', 'torn', 'kept'];
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

/**
 * Whether a line that does not parse is what a cut leaves of a JSON object: it starts one and never ends it. Looks at
 * bytes, as the cut may go through a character.
 */
function isCutShort(line: Uint8Array): boolean {
  if (line[0] !== 0x7b || (line.length > 1 && line[1] !== 0x22)) return false;
  let depth = 0;
  let inText = false;
  for (let index = 0; index < line.length; index++) {
    const byte = line[index] ?? 0;
    const sign = String.fromCharCode(byte);
    if (byte < 0x20) return false;
    if (inText && sign === '\\') index++;
    else if (sign === '"') inText = !inText;
    else if (!inText && (sign === '{' || sign === '[')) depth++;
    else if (!inText && (sign === '}' || sign === ']') && --depth === 0) return false;
  }
  return true;
}
