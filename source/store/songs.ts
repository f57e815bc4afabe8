import type { Song } from '../media/listen.ts';
import { nameOf } from '../task/name.ts';
import { soundOf } from '../task/sound.ts';
import type { Task } from '../task/task.ts';
import { findTask, selectedRow, shownMarks, visibleTasks } from './selectors.ts';
import type { State } from './state.ts';

/** What can be heard of the selected row, or of the task whose details are shown: one song, or all of the task. */
export function selectedSongs(state: State): readonly Song[] {
  const overlay = state.overlays.at(-1);
  const details = overlay?.kind === 'details' ? findTask(state, overlay.key) : undefined;
  const { task = details, clip = null } = details === undefined ? (selectedRow(state) ?? {}) : {};
  if (task === undefined) return [];
  const songs = songsOf([task]);
  return clip === null ? songs : songs.filter(song => task.clips[song.clip] === clip);
}

/** What can be heard of the marked tasks that are shown, else of all that are shown, in their order. */
export function shownSongs(state: State): readonly Song[] {
  const marked = shownMarks(state);
  return songsOf(marked.length > 0 ? marked : visibleTasks(state));
}

const songsOf = (tasks: readonly Task[]): readonly Song[] =>
  tasks.flatMap(task =>
    task.clips.flatMap((clip, index) =>
      soundOf(clip) === null ? [] : [{ task: task.key, clip: index, title: clip.title ?? nameOf(task) }],
    ),
  );
