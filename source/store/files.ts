import { keyOf } from '../keymap.ts';
import type { FileKind } from '../media/choices.ts';
import type { FileProgress } from '../media/downloads.ts';
import type { FilesLeft } from '../media/time-left.ts';
import { nameOf } from '../task/name.ts';
import { isEnded, type Clip, type Task, type TaskKey } from '../task/task.ts';
import { loggedLate } from './log.ts';
import { memo } from './memo.ts';
import type { Flash, LogEntry, State } from './state.ts';

/**
 * What the downloads report; `rate` is the bytes per second of all together, null while nothing is fetched, `left` how long
 * they still take, null or left out while there is no ground for saying so.
 */
export type FilesAction = {
  readonly type: 'files';
  readonly at: number;
  /** `at` is when it came to this, where that is told later. */
  readonly files: readonly (FileProgress & { readonly at?: number })[];
  readonly rate: number | null;
  readonly left?: FilesLeft | null;
  /** Saved by an earlier run: that is no news. */
  readonly earlier?: boolean;
  /** Without a screen what was not saved is told elsewhere. */
  readonly hushed?: boolean;
};

/** The state after news of downloads; the same object when nothing is new. */
export function reduceFiles(state: State, action: FilesAction): State {
  if (action.files.length === 0 && state.fileRate === action.rate) return state;
  const files = new Map(state.files);
  for (const file of action.files) files.set(file.key, file);
  const { earlier = false, hushed = false } = action;
  return {
    ...state,
    downloading: true,
    files: action.files.length === 0 ? state.files : files,
    fileRate: action.rate,
    filesLeft: action.left ?? null,
    log: earlier ? state.log : loggedLate(state.log, entriesOf(state, action)),
    flash: earlier || hushed ? state.flash : (failureOf(state, action, files) ?? state.flash),
  };
}

/**
 * A message about the files that were given up, all of them in one: a narrow pane has no column that would say so. It takes
 * the place of no other error; null: there is no news.
 */
function failureOf(state: State, { at, files }: FilesAction, now: State['files']): Flash | null {
  const isNews = files.some(file => isGivenUp(file) && state.files.get(file.key)?.state !== 'failed');
  if (!isNews) return null;
  const said = state.flash;
  if (said?.level === 'error' && said.text !== failureText(state, state.files)) return null;
  return { level: 'error', at, text: failureText(state, now) };
}

/** Where the folder is at fault, that is told when it refuses. */
const isGivenUp = ({ state, refusedBy = null }: FileProgress): boolean => state === 'failed' && refusedBy === null;

function failureText(state: State, files: State['files']): string {
  const failed = [...files.values()].filter(isGivenUp);
  const reasons = [...new Set(failed.map(({ message }) => message ?? 'unknown'))];
  const [first] = failed;
  const what =
    first !== undefined && failed.length === 1
      ? `${first.what === 'audio' ? '' : `${first.what} of `}${aboutOf(state, first)} was not saved`
      : `${failed.length} files were not saved`;
  return reasons.length === 1 ? `${what}: ${reasons[0] ?? ''}` : `${what} · ${keyOf(state.keymap, 'log')} shows why`;
}

/** What a person calls the task of a file. */
function aboutOf(state: State, file: FileProgress): string {
  const task = state.tasks[state.positions.get(file.task) ?? -1];
  return task === undefined ? file.task : nameOf(task);
}

/** An entry for each file that was saved or given up. */
const entriesOf = (state: State, { at, files }: FilesAction): readonly LogEntry[] =>
  files.flatMap((file): readonly LogEntry[] => {
    if (state.files.get(file.key)?.state === file.state) return [];
    if (file.state !== 'saved' && file.state !== 'failed') return [];
    const about = aboutOf(state, file);
    const text = file.state === 'saved' ? `saved ${file.path}` : `${file.what} not saved: ${file.message ?? 'unknown'}`;
    return [{ at: file.at ?? at, about, task: file.task, status: null, text }];
  });

const byTask = memo((files: State['files']) => Map.groupBy(files.values(), ({ task }) => task));

/** The files of one task, in the order in which they were planned. */
export const filesOf = (state: Pick<State, 'files'>, key: TaskKey): readonly FileProgress[] =>
  byTask(state.files).get(key) ?? [];

/** How far some files are together. Bytes count those that are there; `percent` is null where no size is known. */
type FileTotals = {
  readonly count: number;
  readonly saved: number;
  readonly failed: number;
  readonly percent: number | null;
  /** Why the first failed one failed. */
  readonly message: string | null;
};

export function totalsOf(files: readonly FileProgress[]): FileTotals {
  const count = (state: FileProgress['state']) => files.filter(file => file.state === state).length;
  const open = files.filter(({ state }) => state === 'waiting' || state === 'started');
  const known = open.filter(({ total }) => total !== null);
  const shares = files.map(({ state, bytes, total }) =>
    state === 'saved' ? 1 : (total ?? 0) > 0 ? bytes / (total ?? 1) : 0,
  );
  return {
    count: files.length,
    saved: count('saved'),
    failed: count('failed'),
    percent: known.length === 0 && open.length > 0 ? null : percentOf(shares),
    message: files.find(({ state }) => state === 'failed')?.message ?? null,
  };
}

const percentOf = (shares: readonly number[]): number =>
  shares.length === 0 ? 0 : Math.floor((100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length);

/** All files together; the same object while no file changes. */
export const allFileTotals = memo((files: State['files']) => totalsOf([...files.values()]));

const sourceOf: Readonly<Record<Exclude<FileKind, 'json'>, (clip: Clip) => string | null | undefined>> = {
  audio: clip => clip.audioUrl,
  cover: clip => clip.imageUrl,
  video: clip => clip.videoUrl,
  stems: clip => clip.fileUrl,
  lyrics: clip => clip.lyrics,
};

/** Whether a task has ended with something to save of these kinds; its JSON each of them has. */
export const hasFiles = ({ status, clips }: Task, kinds: readonly FileKind[]): boolean =>
  isEnded(status) && kinds.some(kind => kind === 'json' || clips.some(clip => (sourceOf[kind](clip) ?? null) !== null));
