import * as z from 'zod';
import { sanitize, sanitizeLine, sanitizeUrl } from './sanitize.ts';
import { isFinal, statuses, taskKey, type Task } from './task.ts';

/*
 * How a finished task is read back from a file. The file may have been edited by hand or come from elsewhere: what it
 * says is cleaned like a vendor's reply. What a result is nothing without (source, id, final status) must be there; any
 * other field that cannot be read is null.
 */
const optional = <T>(type: z.ZodType<T>) => type.nullable().catch(null);
const line = z.string().transform(sanitizeLine);
const block = z.string().transform(sanitize);
const savedText = optional(line);
/** A line of text that is not empty. */
export const savedName = line.pipe(z.string().min(1));
const url = optional(z.string().transform(sanitizeUrl));
const amount = optional(z.number().nonnegative());
/** Milliseconds since 1970, in the range that a Date can show. */
export const savedMoment = z.number().min(0).max(8.64e15);
const time = optional(savedMoment);
/** As it stands there: whoever shows it asks first whether there is such a source. */
export const savedSource = z.string().min(1);

/** An array whose unreadable elements are passed over. */
const listOf = <T>(element: z.ZodType<T>) => {
  const items = z.array(optional(element)).catch([]);
  return items.transform(all => all.filter(item => item !== null));
};

const clip = z.object({
  ...{ id: savedText, title: savedText, status: savedText, model: savedText, style: savedText },
  ...{ lyrics: optional(block), duration: amount, audioUrl: url, videoUrl: url, imageUrl: url, fileUrl: url },
});

/** The full record of a finished task. */
export const savedTask = z
  .object({
    ...{ source: savedSource, id: savedName, status: z.enum(statuses).refine(isFinal) },
    ...{ rawStatus: savedText, action: savedText },
    // Lists of before 0.1 do not have it.
    prompt: savedText.optional().transform(value => value ?? null),
    progress: optional(z.number().min(0).max(100)),
    error: optional(z.object({ code: savedText, message: block })),
    ...{ clips: listOf(clip), cost: amount, traceId: savedText, stalled: z.boolean().catch(false) },
    ...{ submittedAt: time, startedAt: time, finishedAt: time, updatedAt: time, seenAt: time },
    ...{ addedAt: savedMoment.catch(0), changedAt: savedMoment.catch(0) },
    history: listOf(z.object({ at: savedMoment, status: z.enum(statuses), rawStatus: savedText })),
  })
  .transform((task): Task => ({ ...task, key: taskKey(task.source, task.id) }));
