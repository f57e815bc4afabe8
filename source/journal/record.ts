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

/** What was made of a line. `other`: a record of a later cliptop. `cut`: the beginning of a record. `damaged`: no record. */
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
const optional = <T>(type: z.ZodType<T>) => type.nullable().catch(null);
const line = z.string().transform(sanitizeLine);
const block = z.string().transform(sanitize);
const text = optional(line);
const requiredLine = line.pipe(z.string().min(1));
const url = optional(z.string().transform(sanitizeUrl));
const amount = optional(z.number().nonnegative());
/** Milliseconds since 1970, in the range that a Date can show. */
const moment = z.number().min(0).max(8.64e15);
const time = optional(moment);
/** As it stands there: whoever shows it asks first whether there is such a source. */
const source = z.string().min(1);

/** An array whose unreadable elements are passed over. */
const listOf = <T>(element: z.ZodType<T>) => {
  const items = z.array(optional(element)).catch([]);
  return items.transform(all => all.filter(item => item !== null));
};

const clip = z.object({
  ...{ id: text, title: text, status: text, model: text, style: text, lyrics: optional(block), duration: amount },
  ...{ audioUrl: url, videoUrl: url, imageUrl: url, fileUrl: url },
});

/** The full record of a finished task. */
const finalTask = z
  .object({
    ...{ source, id: requiredLine, status: z.enum(statuses).refine(isFinal), rawStatus: text, action: text },
    // Lists of before 0.1 do not have it.
    prompt: text.optional().transform(value => value ?? null),
    progress: optional(z.number().min(0).max(100)),
    error: optional(z.object({ code: text, message: block })),
    ...{ clips: listOf(clip), cost: amount, traceId: text, stalled: z.boolean().catch(false) },
    ...{ submittedAt: time, startedAt: time, finishedAt: time, updatedAt: time, seenAt: time },
    ...{ addedAt: moment.catch(0), changedAt: moment.catch(0) },
    history: listOf(z.object({ at: moment, status: z.enum(statuses), rawStatus: text })),
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
