import type { Clip } from '../task/task.ts';
import {
  anything,
  block,
  isRecord,
  line,
  type Output,
  percent,
  pick,
  pickInner,
  reason,
  seconds,
  snakeKeys,
  unpack,
  url,
  words,
} from './fields.ts';
import { parseStatus, type StatusMeaning } from './status-words.ts';

/** A clip with the three facts about it that count for its task only. */
export type ReadClip = {
  readonly clip: Clip;
  readonly status: StatusMeaning | null;
  readonly progress: number | null;
  readonly reason: string | null;
};

/** Every name under which the vendors, their versions and their upstreams send the same fact. */
const wireClip = pick({
  id: line,
  clip_id: line,
  music_id: line,
  audio_id: line,
  title: line,
  name: line,
  state: line,
  status: line,
  audio_url: url,
  video_url: url,
  image_url: url,
  image_large_url: url,
  raw_image_url: url,
  thumbnail_url: url,
  file_url: url,
  wav_url: url,
  stems_url: url,
  url,
  duration: seconds,
  model: line,
  mv: line,
  model_name: line,
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
  metadata: pickInner({ tags: words, prompt: block, duration: seconds, error_type: reason, error_message: reason }),
  stems: anything,
});

/**
 * The clips in the `data` of a reply: an array of rows, one row, or an upstream's own body around them, also packed into
 * a string. What is no object, or says nothing about a clip, is passed over. The stems of a clip follow it, a clip each.
 */
export function readClips(value: unknown, reading: Reading = songs): readonly ReadClip[] {
  const rows = rowsOf(unpack(value), 0).flatMap(row => oneEach(snakeKeys(row), reading));
  return rows.slice(0, maxClips).flatMap(row => {
    const wire = wireClip.parse(row);
    return [...readClip(wire, reading), ...readStems(wire.stems)].slice(0, maxClips);
  });
}

/** `pictures`: the service may make pictures, so that one is the result, not a cover, and a prompt is no song's text. */
export type Reading = { readonly pictures: boolean };
const songs: Reading = { pictures: false };

/** A row with a list of addresses, such as `video_urls`, as a row for each. */
function oneEach(row: Record<string, unknown>, { pictures }: Reading): readonly Record<string, unknown>[] {
  for (const one of ['audio_url', 'video_url', ...(pictures ? ['image_url'] : []), 'file_url']) {
    const list = unpack(row[`${one}s`]);
    const addresses: readonly unknown[] = Array.isArray(list) ? list.filter(each => url.parse(each) !== null) : [];
    if (addresses.length === 0 || url.parse(row[one]) !== null) continue;
    return addresses.map((address, index) =>
      index === 0 ? { ...row, [one]: address } : { ...row, [one]: address, id: null },
    );
  }
  return [row];
}

/** More clips than any task has; the rest of a longer list is passed over. */
const maxClips = 100;

/** How deep the clips stand in an upstream's own body, `{code, data: {response: {sunoData: […]}}}`. */
const maxDepth = 4;

/** The names under which bodies keep their clips, or the object that holds them. */
const containers = [
  ...['clips', 'data', 'songs', 'musics', 'suno_data', 'tracks', 'audios', 'videos'],
  ...['response', 'result', 'results', 'output', 'task_result', 'items'],
];

/** Whether an object keeps its clips under one of the names for that, other than being a clip itself. */
export const holdsClips = (fields: Record<string, unknown>): boolean => {
  const known = snakeKeys(fields);
  return containers.some(name => Array.isArray(unpack(known[name])) || isRecord(unpack(known[name])));
};

function rowsOf(value: unknown, depth: number): readonly Record<string, unknown>[] {
  if (Array.isArray(value)) return value.slice(0, maxClips).map(unpack).filter(isRecord);
  if (!isRecord(value)) return [];
  const fields = snakeKeys(value);
  const inner = containers.map(name => unpack(fields[name])).filter(each => Array.isArray(each) || isRecord(each));
  if (inner.length === 0 || depth === maxDepth) return [fields];
  return inner.map(each => rowsOf(each, depth + 1)).find(rows => rows.length > 0) ?? [];
}

function readClip(wire: Output<typeof wireClip>, { pictures }: Reading): readonly ReadClip[] {
  const status = wire.state ?? wire.status;
  const meaning = parseStatus(status);
  const failed = meaning === 'failed';
  // Suno's failed clips carry the address of a file named None.mp3.
  const media = (...urls: (string | null)[]) =>
    failed ? null : (urls.find(address => address !== null && !/\/None\.\w+$/.test(address)) ?? null);
  const picture = media(wire.image_url, wire.image_large_url, wire.raw_image_url, wire.thumbnail_url);
  const file = media(wire.file_url, wire.wav_url, wire.stems_url, wire.url);
  const isPicture = pictures && (media(wire.audio_url, wire.video_url) ?? file) === null;
  const clip: Clip = {
    id: wire.id ?? wire.clip_id ?? wire.audio_id ?? wire.music_id,
    title: wire.title ?? wire.name,
    status,
    audioUrl: media(wire.audio_url),
    videoUrl: media(wire.video_url),
    imageUrl: picture,
    // The picture in its full size, where there is one beside its preview.
    fileUrl: isPicture ? (media(wire.raw_image_url) ?? picture) : file,
    duration: wire.duration ?? wire.metadata?.duration ?? null,
    model: wire.model ?? wire.mv ?? wire.model_name ?? wire.major_model_version,
    style: wire.style ?? wire.tags ?? wire.sound ?? wire.metadata?.tags ?? null,
    lyrics:
      wire.lyrics ?? wire.lyric ?? wire.text ?? (pictures ? null : (wire.prompt ?? wire.metadata?.prompt ?? null)),
  };
  const said = wire.error_message ?? wire.error ?? wire.metadata?.error_message ?? wire.metadata?.error_type ?? null;
  const says = [clip.id, clip.title, clip.lyrics].some(fact => fact !== null) || hasMedia(clip);
  return says || (failed && said !== null) ? [{ clip, status: meaning, progress: wire.progress, reason: said }] : [];
}

/** `{vocalsUrl, drumsUrl}` or `{vocals, drums}`: a file each, named after its part of the song. */
function readStems(stems: unknown): readonly ReadClip[] {
  const value = unpack(stems);
  if (Array.isArray(value)) return readClips(value);
  return Object.entries(isRecord(value) ? value : {}).flatMap(([name, inner]) => {
    // Anything but a plain name stays as it is, so that a token in it is still known for one.
    const title = /^([a-z_]+?)_?url$/i.exec(name)?.[1]?.replaceAll('_', ' ') ?? name;
    return url.parse(inner) === null ? [] : readClips([{ title, url: inner }]);
  });
}

/** Whether the clip can be played, shown or fetched. */
export const hasMedia = (clip: Clip): boolean => (clip.audioUrl ?? clip.videoUrl ?? clip.fileUrl) !== null;

/** Whether the clip is a result at all: lyrics alone are one, a cover image alone is not. */
export const hasResult = (clip: Clip): boolean => hasMedia(clip) || clip.lyrics !== null;
