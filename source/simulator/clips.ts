import { between, randomFrom, uuidFrom } from './random.ts';
import type { Moment, SimulatedTask, WireObject } from './scenario.ts';

/** Stands in every `callback_url`: whoever finds it on a screen or in a log has found a leak. */
export const callbackSecret = 'SECRET-callback-key';
export const callbackUrl = `https://hooks.example.net/cb?key=${callbackSecret}`;

/** What one song of a task is, before a dialect gives the parts their names. */
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
  /** Is this the one clip of a partial result that did not work out? */
  readonly failed: boolean;
};

/** The songs of a task. They are the same at every look, from the task's id. */
export function clipsOf(task: SimulatedTask, moment: Moment): SimulatedClip[] {
  return task.titles.map((title, index) => {
    const id = uuidFrom(`${task.id} clip ${index}`);
    const random = randomFrom(`${id} length`);
    const hasVideo = task.videoAfter !== undefined && moment.elapsed >= task.endsAfter + task.videoAfter;
    return {
      id,
      title,
      style: task.style ?? 'acoustic, brushed drums',
      lyrics: task.lyrics ?? `[Verse]\n${title}\n[Chorus]\nStay a while`,
      model: task.model ?? (task.service === 'suno' ? 'chirp-v5' : 'FUZZ-2.0 Pro'),
      audioUrl: `${moment.media}/${id}.wav`,
      imageUrl: `${moment.media}/${id}.png`,
      videoUrl: hasVideo ? `${moment.media}/${id}.y4m` : null,
      seconds: task.songSeconds ?? between(random, 95_000, 215_000) / 1000,
      failed: task.ending === 'partial' && task.partial !== 'refused' && index === task.titles.length - 1,
    };
  });
}

/** Results that are no songs, with the keys of the vendor's guides; null for songs. */
export function otherResult(task: SimulatedTask, moment: Moment): WireObject | readonly WireObject[] | null {
  const id = uuidFrom(`${task.id} clip 0`);
  const title = task.titles[0] ?? '';
  const lyrics = task.lyrics ?? `[Verse]\n${title}\n`;
  switch (task.kind ?? 'audio') {
    case 'audio':
      return null;
    case 'stems':
      return [
        { title, lyric: '', stems_url: `${moment.media}/${id}.zip`, model: '', progress: '100%', state: 'succeeded' },
      ];
    case 'wav':
      return [{ title, file_url: `${moment.media}/${id}.wav` }];
    case 'video':
      // Real addresses of videos hold a colon, which a file name must not.
      return { video_url: `${moment.media}/${id}:full.y4m` };
    case 'lyrics':
      return task.oldShape ? { title, lyrics } : { id, text: lyrics, title, status: 'complete' };
    case 'upload':
      return { audio_id: id, lyric: '', audio_url: `${moment.media}/${id}.wav` };
  }
}
