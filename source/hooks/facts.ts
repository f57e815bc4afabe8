import type { Task } from '../task/task.ts';

/** What a hook can be told; a fact that there is not is an empty text. Several stand one a line. */
export type Facts = {
  readonly event: 'task' | 'file' | 'batch';
  readonly ids: readonly string[];
  readonly sources: readonly string[];
  readonly status: string;
  readonly title: string;
  readonly audioUrls: readonly string[];
  readonly files: readonly string[];
  readonly error: string;
};

const audioUrls = (task: Task): readonly string[] => task.clips.flatMap(({ audioUrl }) => audioUrl ?? []);
const errorOf = ({ error, status }: Task): string => (status === 'succeeded' ? '' : (error?.message ?? ''));
const titleOf = ({ clips, prompt }: Task): string => clips[0]?.title ?? prompt ?? '';

/** About a task that has ended. */
export const taskFacts = (task: Task, files: readonly string[]): Facts => ({
  ...{ event: 'task', ids: [task.id], sources: [task.source], status: task.status, title: titleOf(task) },
  ...{ audioUrls: audioUrls(task), files, error: errorOf(task) },
});

/** About a file that was saved; `clip` counts from 0. */
export function fileFacts(task: Task, clip: number, path: string): Facts {
  const { title, audioUrl } = task.clips[clip] ?? {};
  const urls = audioUrl === undefined || audioUrl === null ? [] : [audioUrl];
  return { ...taskFacts(task, [path]), event: 'file', title: title ?? titleOf(task), audioUrls: urls };
}

/** About all tasks of the list together. */
export const batchFacts = (tasks: readonly Task[], files: readonly string[]): Facts => ({
  event: 'batch',
  ids: tasks.map(({ id }) => id),
  sources: [...new Set(tasks.map(({ source }) => source))],
  status: batchStatus(tasks),
  title: '',
  audioUrls: tasks.flatMap(audioUrls),
  files,
  error: tasks
    .map(task => errorOf(task).replace(/\n[^]*/, ''))
    .filter(text => text !== '')
    .join('\n'),
});

/** `succeeded` where all did, `failed` where none did even in part, else `partial`. */
function batchStatus(tasks: readonly Task[]): string {
  if (tasks.every(({ status }) => status === 'succeeded')) return 'succeeded';
  return tasks.some(({ status }) => status === 'succeeded' || status === 'partial') ? 'partial' : 'failed';
}

/**
 * The facts as environment variables. A system refuses a program whose environment is too large, so that each ends with
 * the last whole line within `maxBytes`; what comes on standard input is complete.
 */
export function factVariables(facts: Facts, maxBytes = 60_000): Readonly<Record<string, string>> {
  const { event, ids, sources, status, title, files, error } = facts;
  const variables: Readonly<Record<string, readonly string[]>> = {
    CLIPTOP_EVENT: [event],
    CLIPTOP_ID: ids,
    CLIPTOP_SOURCE: sources,
    CLIPTOP_STATUS: [status],
    CLIPTOP_TITLE: [title],
    CLIPTOP_AUDIO_URL: facts.audioUrls,
    CLIPTOP_FILE: files,
    CLIPTOP_ERROR: [error],
  };
  return Object.fromEntries(
    Object.entries(variables).map(([name, lines]) => [name, within(lines.join('\n').replaceAll('\0', ''), maxBytes)]),
  );
}

function within(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const cut = Buffer.from(text)
    .subarray(0, maxBytes)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
  const end = cut.lastIndexOf('\n');
  return end < 0 ? cut : cut.slice(0, end);
}
