import * as z from 'zod';
import { sanitize, sanitizeLine, sanitizeUrl } from '../task/sanitize.ts';
import { isFinal, statuses, taskKey, type Task } from '../task/task.ts';

/*
 * The file may have been edited by hand or come from elsewhere: what it says is cleaned like a vendor's reply. What a
 * result is nothing without (source, id, final status) must be there; any other field that cannot be read is null.
 */
const optionalLine = z.string().transform(sanitizeLine).nullable().catch(null);
const block = z.string().transform(sanitize).nullable().catch(null);
const url = z.string().transform(sanitizeUrl).nullable().catch(null);
const amount = z.number().nonnegative().nullable().catch(null);

/** Text that must say something: a source, an id, a key. */
export const requiredLine = z.string().transform(sanitizeLine).pipe(z.string().min(1));
/** Milliseconds since 1970, in the range that a Date can show. */
export const moment = z.number().min(0).max(8.64e15);

const optionalMoment = moment.nullable().catch(null);

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
  lyrics: block,
});

const change = z.object({ at: moment, status: z.enum(statuses), rawStatus: optionalLine });

/** An array whose unreadable elements are passed over. */
const listOf = <T>(element: z.ZodType<T>) =>
  z
    .array(element.nullable().catch(null))
    .transform(items => items.filter(item => item !== null))
    .catch([]);

/** The full record of a finished task, as a journal keeps it. */
export const finalTask = z
  .object({
    source: requiredLine,
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
    history: listOf(change),
  })
  .transform((task): Task => ({ ...task, key: taskKey(task.source, task.id) }));
