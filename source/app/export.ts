import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { UsageError } from '../errors.ts';
import { exportText } from '../export/export.ts';
import { endingAdvice, exportEnding } from '../export/choices.ts';
import { headBytes, isOwnList } from '../export/own-list.ts';
import { diskReason } from '../files/disk-words.ts';
import { replaceFile, whyNotReplace } from '../files/replace-file.ts';
import { fileKey } from '../media/plan.ts';
import { shownMarks, visibleTasks } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import type { Task } from '../task/task.ts';
import { printNotice } from './notices.ts';
import type { Session } from './session.ts';

/** What came of an export, for the person. */
type Exported = { readonly level: 'info' | 'error'; readonly text: string };

/** The list of the marked tasks that are shown, else of all that are shown, in their order, into a file. Never throws. */
export function exportShown(state: State, path: string): Exported {
  const marked = shownMarks(state);
  const tasks = marked.length > 0 ? marked : visibleTasks(state);
  const failed = (why: string): Exported => ({ level: 'error', text: `${path} was not written: ${why}` });
  if (exportEnding(path) === null) return failed(endingAdvice);
  try {
    const why = whyNotExport(path);
    if (why !== null) return failed(why);
    const text = exportText(path, tasks, savedAudioIn(state));
    replaceFile(path, text);
    return { level: 'info', text: `wrote ${wordsFor(text, path, tasks)} to ${path}` };
  } catch (error) {
    return failed(diskReason(error));
  }
}

/** Where the audio of a clip was saved, unless it is there no more. */
const savedAudioIn =
  ({ files }: State) =>
  (task: Task, clip: number): string | null => {
    const file = files.get(fileKey(task.key, clip, 'audio'));
    return file?.state === 'saved' && existsSync(file.path) ? file.path : null;
  };

function wordsFor(text: string, path: string, tasks: readonly Task[]): string {
  const isPlaylist = exportEnding(path) === '.m3u8';
  const count = isPlaylist ? (text.match(/^#EXTINF:/gm)?.length ?? 0) : tasks.length;
  return `${count} ${isPlaylist ? 'song' : 'task'}${count === 1 ? '' : 's'}`;
}

/** Why no list can be put in a place, in words; null: nothing speaks against it. */
function whyNotExport(path: string): string | null {
  const why = whyNotReplace(path);
  if (why !== null || !existsSync(path)) return why;
  try {
    if (isOwnList(path, headOf(path))) return null;
    return 'a file is there that is no list of cliptop: take another name, or remove it first';
  } catch (error) {
    return `what is there cannot be read: ${diskReason(error)}`;
  }
}

function headOf(path: string): string {
  const fd = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(headBytes);
    return bytes.toString('utf8', 0, readSync(fd, bytes));
  } finally {
    closeSync(fd);
  }
}

/** Throws UsageError for an `--export` that is known to fail at the end. */
export function checkExport(path: string): void {
  const why = whyNotExport(path);
  if (why !== null) throw new UsageError(`--export ${path}: ${why}`);
}

/** Writes what `--export` asks for, once: at the end, or on a signal. Whether it is written; what is wrong is printed. */
export type WriteExport = () => boolean;

export function exporterFor({ store, options }: Session): WriteExport {
  const { export: path } = options;
  let written: boolean | null = path === undefined ? true : null;
  return () => {
    if (written === null && path !== undefined) {
      const { level, text } = exportShown(store.getState(), path);
      written = level === 'info';
      if (!written) printNotice(text);
    }
    return written ?? true;
  };
}
