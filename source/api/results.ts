import type { Clip } from '../task/task.ts';
import { hasMedia, hasResult, readClips, type ReadClip, type Reading } from './clips.ts';
import { record, url } from './fields.ts';

/** The fields in which a row without a list of clips describes its one result. Its prompt is no lyric. */
const ownFields = [
  ...['title', 'audio_url', 'video_url', 'image_url', 'image_large_url', 'raw_image_url', 'thumbnail_url'],
  ...['audio_urls', 'video_urls', 'image_urls', 'file_urls'],
  ...['file_url', 'wav_url', 'stems_url', 'stems'],
  ...[
    'lyrics',
    'lyric',
    'tags',
    'style',
    'model',
    'mv',
    'model_name',
    'duration',
    'clips',
    'songs',
    'musics',
    'tracks',
    'output',
    'result',
    'results',
  ],
];

/**
 * The clips of a row: those in its `content`, else the one that the row itself describes, else the file at the address
 * that it names for its result. A failed row has no result (`address: false`), whatever its fields hold.
 */
export function clipsOf(
  fields: Record<string, unknown>,
  content: unknown,
  address: string | false | null,
  reading?: Reading,
): readonly ReadClip[] {
  const clips = readClips(content, reading);
  if (clips.some(({ clip }) => hasMedia(clip))) return clips;
  const own = readClips(Object.fromEntries(ownFields.map(name => [name, fields[name]])), reading);
  const results = own.filter(({ clip }) => hasResult(clip));
  const found = clips.length === 0 ? results : filled(clips, results);
  if (address === false) return found;
  const named = address ?? url.parse(fields.url) ?? url.parse(record.parse(fields.metadata)?.url);
  return named === null ? found : withAddress(found, named, fields.object === 'video' ? 'videoUrl' : 'audioUrl');
}

/** The clips, the first of them with what the row says about its one result. */
function filled(clips: readonly ReadClip[], [own]: readonly ReadClip[]): readonly ReadClip[] {
  const [first, ...others] = clips;
  if (first === undefined || own === undefined || first.status === 'failed') return clips;
  const said = Object.entries(own.clip).filter(([, fact]) => fact !== null);
  return [{ ...first, clip: { ...first.clip, ...Object.fromEntries(said) } }, ...others];
}

/** The row's own address of the result, where no clip has one. */
function withAddress(clips: readonly ReadClip[], address: string, usual: MediaKind): readonly ReadClip[] {
  if (clips.some(({ clip }) => hasMedia(clip))) return clips;
  const kind = mediaKind(address) ?? usual;
  const [first] = clips;
  if (first !== undefined) {
    return first.status === 'failed'
      ? clips
      : [{ ...first, clip: { ...first.clip, [kind]: address } }, ...clips.slice(1)];
  }
  const clip: Clip = { ...emptyClip, [kind]: address };
  return [{ clip, status: null, progress: null, reason: null }];
}

const emptyClip: Clip = {
  id: null,
  title: null,
  status: null,
  audioUrl: null,
  videoUrl: null,
  imageUrl: null,
  fileUrl: null,
  duration: null,
  model: null,
  style: null,
  lyrics: null,
};

type MediaKind = 'audioUrl' | 'videoUrl' | 'fileUrl';

/** What kind of file an address names by its ending; null when it has none of the known ones. */
function mediaKind(address: string): MediaKind | null {
  const path = URL.parse(address)?.pathname ?? '';
  if (/\.(mp4|webm|mov|mkv)$/i.test(path)) return 'videoUrl';
  if (/\.(zip|wav|mid|midi|json)$/i.test(path)) return 'fileUrl';
  return /\.(mp3|m4a|aac|ogg|opus|flac)$/i.test(path) ? 'audioUrl' : null;
}
