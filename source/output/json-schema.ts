import * as z from 'zod';
import { exitCodes } from '../exit-code.ts';
import { statuses } from '../task/task.ts';

const text = (description: string) => z.string().nullable().describe(description);
const amount = (description: string) => z.number().nullable().describe(description);
const time = (description: string) =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    .meta({ format: 'date-time', description: `${description}; ISO 8601, UTC` });
const at = time('when the line was written');

const clip = z
  .strictObject({
    id: text('its id at the vendor'),
    title: text('its title'),
    status: text("the vendor's own word for its state"),
    audioUrl: text('where the audio is'),
    videoUrl: text('where the video is'),
    imageUrl: text('where the cover is'),
    fileUrl: text('where anything else is: a wav, an archive of stems, a picture'),
    duration: amount('its length in seconds'),
    model: text('the model that made it'),
    style: text('its style, as it was asked for'),
    lyrics: text('its lyrics, with line ends'),
  })
  .meta({ id: 'clip', description: 'One song, archive, video, picture or text that a task made.' });

const task = z
  .strictObject({
    id: z.string().describe('its id at the vendor'),
    source: z.string().describe('provider/service, such as ccapi/producer'),
    status: z.enum(statuses).describe('pending: no answer about it yet; missing: the API does not know it'),
    rawStatus: text("the vendor's own word for its status"),
    progress: z.number().min(0).max(100).nullable().describe('percent; null: unknown'),
    action: text('what was asked for, such as music or extend'),
    prompt: text('what was asked for, in words, on one line'),
    clips: z.array(clip).describe('what it has made so far'),
    error: z
      .strictObject({ code: text("the vendor's code"), message: z.string().describe('the reason, on one line') })
      .nullable()
      .describe('why it failed, or why there is no answer about it'),
    submittedAt: time("by the vendor's clock").nullable(),
    startedAt: time("by the vendor's clock").nullable(),
    finishedAt: time("by the vendor's clock").nullable(),
    updatedAt: time("by the vendor's clock").nullable(),
    addedAt: time('when it was put on the list'),
    cost: amount("what it cost, in the vendor's own unit"),
    traceId: text('what the vendor wants to hear when something is wrong with it'),
    stalled: z.boolean().describe('open for longer than --deadline, and asked about rarely'),
  })
  .meta({ id: 'task', description: 'One task, with all that is known about it; what is not known is null.' });

const taskLine = z
  .strictObject({
    event: z.literal('task'),
    at,
    change: z.enum(['added', 'status', 'progress', 'clips']).describe('what is new; of several the first of these'),
    task,
  })
  .meta({ id: 'task-event', description: 'A task came on the list or changed; with --once, as it is.' });

const fileLine = z
  .strictObject({
    event: z.literal('file'),
    at,
    task: z.string().describe('provider/service:id'),
    clip: text('the id of the clip'),
    what: z.enum(['audio', 'cover', 'video', 'stems', 'lyrics', 'json']).describe('what is in the file'),
    state: z.enum(['started', 'saved', 'failed']),
    path: z.string().describe('where it is, or was to be'),
    bytes: z.int().min(0).describe('what of it has arrived'),
    message: text('why it failed'),
  })
  .meta({ id: 'file-event', description: 'A file of a clip is begun, saved or given up.' });

const sourceLine = z
  .strictObject({
    event: z.literal('source'),
    at,
    source: z.string().describe('provider/service'),
    state: z
      .enum(['ok', 'retrying', 'offline', 'refused'])
      .describe('retrying: it answers with errors; offline: it does not answer; refused: it does not take the token'),
    message: text('what is wrong, on one line'),
    retryAt: time('when it is asked again').nullable(),
  })
  .meta({ id: 'source-event', description: 'The health of a source changed.' });

const endLine = z
  .strictObject({
    event: z.literal('end'),
    at,
    counts: z.record(z.enum(statuses), z.int().min(0)).describe('how many tasks of the list have each status'),
    exitCode: z.literal(Object.values(exitCodes)).describe('how cliptop ends'),
  })
  .meta({ id: 'end-event', description: 'The last line.' });

const line = z
  .discriminatedUnion('event', [taskLine, fileLine, sourceLine, endLine])
  .meta({ title: 'A line of cliptop --json' });

type Printed<T> = { readonly [K in keyof T]: Printed<T[K]> };

/** What `--json` may write as one line. */
export type JsonLine = Printed<z.output<typeof line>>;

/** `--json-schema`: the JSON Schema of each line that `--json` prints. */
export const jsonSchemaText = (): string => `${JSON.stringify(z.toJSONSchema(line, { target: 'draft-7' }), null, 2)}\n`;
