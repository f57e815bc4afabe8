import type { FileProgress } from '../media/downloads.ts';
import { nameOf } from '../task/name.ts';
import type { Task } from '../task/task.ts';

/** Tells, without a screen, which files are not saved. */
type UnsavedReport = {
  /** News of a file; `task` is the one it belongs to, undefined when it left the list. */
  readonly onFile: (file: FileProgress, task: Task | undefined) => void;
  /** Tells of the files that folders refused, at the end: a line for each folder and reason. */
  readonly end: () => void;
};

/**
 * `Weekend Morning was not saved: 403`: a line for each file that is given up, by the title of its clip. Those that a folder
 * refused, as it does others, are told of in the end, together.
 */
export function createUnsavedReport(tell: (line: string) => void): UnsavedReport {
  const refused = new Map<string, { readonly file: FileProgress; readonly line: string }>();
  return {
    onFile(file, task) {
      refused.delete(file.key);
      if (file.state !== 'failed') return;
      const line = lineOf(file, task);
      if ((file.refusedBy ?? null) === null) tell(line);
      else refused.set(file.key, { file, line });
    },
    end() {
      const groups = Map.groupBy(refused.values(), ({ file }) => JSON.stringify([file.refusedBy, file.message]));
      for (const [first, ...others] of groups.values()) {
        if (first === undefined) continue;
        const { refusedBy, message } = first.file;
        const many = `${others.length + 1} files were not saved in ${refusedBy ?? ''}: ${message ?? 'unknown'}`;
        tell(others.length === 0 ? first.line : many);
      }
      refused.clear();
    },
  };
}

function lineOf({ task: key, clip, what, message }: FileProgress, task: Task | undefined): string {
  const title = task?.clips[clip]?.title ?? (task === undefined ? key : nameOf(task));
  return `${what === 'audio' ? '' : `${what} of `}${title} was not saved: ${message ?? 'unknown'}`;
}
