import { nameOf } from '../task/name.ts';
import { soundOf } from '../task/sound.ts';
import { isEnded, type Task } from '../task/task.ts';
import type { SavedAudio } from './export.ts';
import { pathFrom } from './path-from.ts';

/**
 * The songs of these tasks as an extended M3U in UTF-8: lengths in whole seconds (-1 where unknown), titles, and the saved
 * file, else the address. The previews of a task that still runs are left out: their addresses do not last.
 */
export function playlist(
  tasks: readonly Task[],
  { saved, folder }: { readonly saved: SavedAudio; readonly folder: string },
): string {
  const entries = tasks.flatMap(task =>
    task.clips.flatMap((clip, index) => {
      const file = saved(task, index);
      const place = file === null ? (isEnded(task.status) ? soundOf(clip) : null) : pathFrom(folder, file);
      if (place === null) return [];
      const seconds = clip.duration === null ? -1 : Math.round(clip.duration);
      // A line that begins with # would be a comment, and blanks at its ends are taken away.
      const line = /^[#\s]/.test(place) ? `./${place}` : place;
      return [`#EXTINF:${seconds},${clip.title ?? nameOf(task)}`, line];
    }),
  );
  return `${['#EXTM3U', ...entries].join('\n')}\n`;
}
