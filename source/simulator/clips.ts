import { between, randomFrom, uuidFrom } from './random.ts';
import type { ReplyContext, SimulatedTask, WireObject } from './scenario.ts';

/** The `callback_url` of every task. Tests search screens and logs for its key: it must appear in none. */
export const callbackUrl = 'https://hooks.example.net/cb?key=SECRET-callback-key';

/** One song of a task, before a dialect puts it under its own keys. */
export type SimulatedClip = {
  readonly id: string;
  readonly title: string;
  readonly style: string;
  readonly lyrics: string;
  readonly model: string;
  readonly audioUrl: string;
  readonly imageUrl: string;
  readonly videoUrl: string | null;
  readonly seconds: number;
  /** Whether this is the failed clip of a partial result. */
  readonly failed: boolean;
};

/** The songs of a task, derived from its id, so that every reply has the same ones. */
export function clipsOf(task: SimulatedTask, context: ReplyContext): SimulatedClip[] {
  return task.titles.map((title, index) => {
    const id = uuidFrom(`${task.id} clip ${index}`);
    const random = randomFrom(`${id} length`);
    const hasVideo = task.videoAfter !== undefined && context.elapsed >= task.endsAfter + task.videoAfter;
    return {
      id,
      title,
      style: task.style ?? 'acoustic, brushed drums',
      lyrics: task.lyrics ?? `[Verse]\n${title}\n[Chorus]\nStay a while`,
      model: task.model ?? (task.service === 'suno' ? 'chirp-v5' : 'FUZZ-2.0 Pro'),
      audioUrl: `${context.media}/${task.mediaFault === undefined ? '' : `${task.mediaFault}/`}${id}.wav`,
      imageUrl: `${context.media}/${id}.png`,
      videoUrl: hasVideo ? `${context.media}/${id}.y4m` : null,
      seconds: task.songSeconds ?? between(random, 95_000, 215_000) / 1000,
      failed: task.ending === 'partial' && task.partial !== 'refused' && index === task.titles.length - 1,
    };
  });
}

/** The result of a task that makes something else than songs, under the keys of the vendor's guides; null for songs. */
export function otherResult(task: SimulatedTask, context: ReplyContext): WireObject | readonly WireObject[] | null {
  const id = uuidFrom(`${task.id} clip 0`);
  const title = task.titles[0] ?? '';
  const lyrics = task.lyrics ?? `[Verse]\n${title}\n`;
  switch (task.kind ?? 'audio') {
    case 'audio':
      return null;
    case 'stems':
      return [
        { title, lyric: '', stems_url: `${context.media}/${id}.zip`, model: '', progress: '100%', state: 'succeeded' },
      ];
    case 'wav':
      return [{ title, file_url: `${context.media}/${id}.wav` }];
    case 'video':
      // Real addresses of videos contain a colon, which is not allowed in file names on Windows.
      return { video_url: `${context.media}/${id}:full.y4m` };
    case 'lyrics':
      return task.oldShape ? { title, lyrics } : { id, text: lyrics, title, status: 'complete' };
    case 'upload':
      return { audio_id: id, lyric: '', audio_url: `${context.media}/${id}.wav` };
  }
}
