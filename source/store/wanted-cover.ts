import type { Clip, Task } from '../task/task.ts';
import { findTask, selectedRow } from './selectors.ts';
import type { State } from './state.ts';
import { isTooSmall, previewPane } from './viewport.ts';

/** A clip with a cover, and the task that it is of. */
type WithCover = { readonly task: Task; readonly url: string };

/** Whether covers are drawn in a pane of this size. */
export const showsCovers = ({ images, size }: Pick<State, 'images' | 'size'>): boolean =>
  images.way !== 'off' && size.columns >= images.fromColumns && !isTooSmall({ size });

/** The clip of a task whose cover is shown: the selected one, else the first that has one. */
export const coverClip = ({ clips }: Task, selected: Clip | null = null): Clip | undefined =>
  typeof selected?.imageUrl === 'string' ? selected : clips.find(({ imageUrl }) => imageUrl !== null);

/** The cover that the screen has a place for; null: none. */
export function wantedCover(state: State): WithCover | null {
  if (!showsCovers(state)) return null;
  const overlay = state.overlays.at(-1);
  if (overlay !== undefined) {
    const task = overlay.kind === 'details' && !overlay.raw ? findTask(state, overlay.key) : undefined;
    return task === undefined ? null : coverOf(task, null);
  }
  if (previewPane(state) === null) return null;
  const row = selectedRow(state);
  return row === null ? null : coverOf(row.task, row.clip);
}

function coverOf(task: Task, clip: Clip | null): WithCover | null {
  const url = coverClip(task, clip)?.imageUrl ?? null;
  return url === null ? null : { task, url };
}
