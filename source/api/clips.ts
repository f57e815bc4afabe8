import * as z from 'zod';
import type { Clip } from '../task/task.ts';
import { block, line, percent, reason, record, seconds, unpack, url, words } from './fields.ts';
import { parseStatus, type StatusMeaning } from './status-words.ts';

/** A clip with the two facts about it that count for its task only. */
export type ReadClip = {
  readonly clip: Clip;
  readonly status: StatusMeaning | null;
  readonly progress: number | null;
  readonly reason: string | null;
};

/** Every name under which the vendors, their versions and their upstreams send the same fact. */
const wireClip = z.object({
  id: line,
  clip_id: line,
  clipId: line,
  audio_id: line,
  audioId: line,
  title: line,
  state: line,
  status: line,
  audio_url: url,
  audioUrl: url,
  video_url: url,
  videoUrl: url,
  image_url: url,
  imageUrl: url,
  image_large_url: url,
  file_url: url,
  fileUrl: url,
  wav_url: url,
  stems_url: url,
  stemsUrl: url,
  url,
  duration: seconds,
  model: line,
  mv: line,
  model_name: line,
  modelName: line,
  major_model_version: line,
  style: words,
  tags: words,
  sound: words,
  lyric: block,
  lyrics: block,
  text: block,
  prompt: block,
  progress: percent,
  error: reason,
  error_message: reason,
  errorMessage: reason,
  metadata: record.pipe(
    z
      .object({ tags: words, prompt: block, duration: seconds, error_type: reason, error_message: reason })
      .nullable()
      .catch(null),
  ),
});

/**
 * The clips in the `data` of a reply: an array of rows, one row, `{clips: […]}` or `{data: […]}`, also packed into a
 * string. What is no object, or says nothing about a clip, is passed over.
 */
export function readClips(value: unknown): readonly ReadClip[] {
  return rowsOf(unpack(value), 0).flatMap(row => {
    const parsed = wireClip.safeParse(row);
    return parsed.success ? readClip(parsed.data) : [];
  });
}

/** A task of a thousand clips is not a task. */
const maxClips = 100;

function rowsOf(value: unknown, depth: number): readonly object[] {
  if (Array.isArray(value)) return value.slice(0, maxClips).map(unpack).filter(isRecord);
  if (!isRecord(value)) return [];
  for (const key of ['clips', 'data', 'songs']) {
    const inner = unpack(value[key]);
    if (depth < 2 && (Array.isArray(inner) || isRecord(inner))) return rowsOf(inner, depth + 1);
  }
  return [value];
}

function readClip(wire: z.output<typeof wireClip>): readonly ReadClip[] {
  const status = wire.state ?? wire.status;
  const meaning = parseStatus(status);
  const failed = meaning === 'failed';
  // Suno's failed clips carry the address of a file named None.mp3.
  const media = (...urls: (string | null)[]) =>
    failed ? null : (urls.find(address => address !== null && !/\/None\.\w+$/.test(address)) ?? null);
  const clip: Clip = {
    id: wire.id ?? wire.clip_id ?? wire.clipId ?? wire.audio_id ?? wire.audioId,
    title: wire.title,
    status,
    audioUrl: media(wire.audio_url, wire.audioUrl),
    videoUrl: media(wire.video_url, wire.videoUrl),
    imageUrl: media(wire.image_url, wire.imageUrl, wire.image_large_url),
    fileUrl: media(wire.file_url, wire.fileUrl, wire.wav_url, wire.stems_url, wire.stemsUrl, wire.url),
    duration: wire.duration ?? wire.metadata?.duration ?? null,
    model: wire.model ?? wire.mv ?? wire.model_name ?? wire.modelName ?? wire.major_model_version,
    style: wire.style ?? wire.tags ?? wire.sound ?? wire.metadata?.tags ?? null,
    lyrics: wire.lyrics ?? wire.lyric ?? wire.text ?? wire.prompt ?? wire.metadata?.prompt ?? null,
  };
  const said =
    wire.error_message ??
    wire.errorMessage ??
    wire.error ??
    wire.metadata?.error_message ??
    wire.metadata?.error_type ??
    null;
  const says = [clip.id, clip.title, clip.lyrics].some(fact => fact !== null) || hasMedia(clip);
  return says || (failed && said !== null) ? [{ clip, status: meaning, progress: wire.progress, reason: said }] : [];
}

/** Whether the clip can be played, shown or fetched. */
export const hasMedia = (clip: Clip): boolean => (clip.audioUrl ?? clip.videoUrl ?? clip.fileUrl) !== null;

/** Whether the clip is a result at all: lyrics alone are one, a cover image alone is not. */
export const hasResult = (clip: Clip): boolean => hasMedia(clip) || clip.lyrics !== null;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
