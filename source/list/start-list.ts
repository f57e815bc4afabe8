import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from '../options/options.ts';
import { UsageError } from '../options/options.ts';
import { deferredJournal } from '../journal/deferred.ts';
import { openJournal, type Journal } from '../journal/journal.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';
import type { WatchList } from './watch-list.ts';

/** The ids on the command line and in the file. Throws UsageError for what holds no id or cannot be asked. */
export function givenTasks(options: Options, list: WatchList): { tasks: readonly Task[]; duplicates: number } {
  const texts = options.ids.filter(id => id !== '-');
  if (options.file !== undefined) {
    // A pipe would be read to its end before there is a screen, and then has nothing more to follow.
    if (options.follow && statSync(options.file, { throwIfNoEntry: false })?.isFIFO() === true) {
      throw new UsageError(`--follow ${options.file}: that is a pipe, read it with cliptop - < ${options.file}`);
    }
    const text = readText(options.file);
    // Half a line may hold half an id: the rest of it is still to be written.
    texts.push(options.follow ? text.slice(0, text.lastIndexOf('\n') + 1) : text);
  }
  const { tasks, duplicates, problems } = list.read(...texts);
  const [first, ...others] = problems;
  if (first !== undefined) throw new UsageError(others.length === 0 ? first : `${first} (and ${others.length} more)`);
  if (options.file !== undefined && !options.follow && tasks.length === 0)
    throw new UsageError(`${options.file} holds no task id`);
  return { tasks, duplicates };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'you may not read it' }[
      code ?? ''
    ];
    throw new UsageError(`--file ${path}: ${why ?? `cannot be read (${code ?? 'unknown'})`}`);
  }
}

/** Everything of standard input, in whole lines, as it comes. */
export async function* standardInput(): AsyncGenerator<string> {
  let rest = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines.join('\n');
  }
  if (rest !== '') yield rest;
}

/** A saved list as it was when it was opened; null: nothing is saved. */
export type OpenedList = {
  readonly journal: Journal | null;
  readonly tasks: readonly Task[];
  /** Lines for the person. */
  readonly notices: readonly string[];
};

export type OpenListOptions = {
  readonly options: Options;
  readonly folder: string;
  readonly anew: boolean;
  readonly store: Store;
};

/** Opens the saved list. Throws UsageError for a name that is none, or a list of a newer cliptop. */
export function openList(options: OpenListOptions): OpenedList {
  const { journal, restored } = open(options);
  return { journal, tasks: restored.tasks, notices: restored.notices };
}

/** The saved list, opened with its first id: until one comes, if ever, the old list stays what it is. */
export function openLater(options: OpenListOptions): OpenedList {
  const path = join(options.folder, `${nameOf(options)}.jsonl`);
  const report = (error: unknown) =>
    tell(options.store, error instanceof Error ? error.message : String(error), 'error');
  return { journal: deferredJournal(path, () => open(options).journal, report), tasks: [], notices: [] };
}

const nameOf = ({ options }: OpenListOptions): string => options.session ?? 'last';

function open(options: OpenListOptions): ReturnType<typeof openJournal> {
  const { folder, anew, store } = options;
  return openJournal({
    folder,
    name: nameOf(options),
    anew,
    onProblem: message => tell(store, message ?? 'the list is saved again', message === null ? 'info' : 'error'),
  });
}

function tell(store: Store, text: string, level: 'info' | 'error'): void {
  store.dispatch({ type: 'note', at: Date.now(), text });
  store.dispatch({ type: 'flash', flash: { level, text } });
}
