import type { FileProgress } from '../media/downloads.ts';
import { nameOf } from '../task/name.ts';
import type { Task } from '../task/task.ts';

/**
 * `Weekend Morning was not saved: 403`: a file that was given up, by the title of its clip; null while there is hope.
 * `task` is the one it belongs to, undefined when it left the list.
 */
export function unsavedLine(file: FileProgress, task: Task | undefined): string | null {
  if (file.state !== 'failed') return null;
  const title = task?.clips[file.clip]?.title ?? (task === undefined ? file.task : nameOf(task));
  const which = file.what === 'audio' ? '' : `${file.what} of `;
  return `${which}${title} was not saved: ${file.message ?? 'unknown'}`;
}
