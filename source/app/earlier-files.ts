import { existsSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { fileKinds, type FileKind } from '../media/choices.ts';
import type { FileProgress } from '../media/downloads.ts';
import { fileKey } from '../media/plan.ts';
import type { TaskKey } from '../task/task.ts';
import { hookedFiles } from './hook-marks.ts';
import type { Session } from './session.ts';

/**
 * The files that earlier runs saved of the tasks on the list, as the downloads know them. One that is gone is none,
 * unless a hook was run for it, which may have moved it to where it belongs.
 */
export function earlierFiles(
  marks: Session['marks'],
  listed: ReadonlyMap<TaskKey, unknown>,
  isThere: (path: string) => boolean = existsSync,
): readonly FileProgress[] {
  const files = new Map<string, FileProgress>();
  const hooked = hookedFiles(marks);
  for (const mark of marks) {
    if (mark.type !== 'saved' || !listed.has(mark.key) || !isKind(mark.what)) continue;
    const { key: task, clip, what, path, bytes } = mark;
    const key = fileKey(task, clip, what);
    if (!hooked.has(key) && !isThere(path)) continue;
    // It may have been saved in several folders.
    files.set(`${key} ${path}`, {
      key,
      task,
      clip,
      clipId: null,
      what,
      state: 'saved',
      path,
      bytes,
      total: bytes,
      message: null,
    });
  }
  return [...files.values()];
}

const isKind = (what: string): what is FileKind => (fileKinds as readonly string[]).includes(what);

/** Whether a path leads into a folder. Both are absolute. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !isAbsolute(way) && !/^\.\.(?:[\\/]|$)/.test(way);
}
