import { exitCodes, type ExitCode } from '../exit-code.ts';
import { UsageError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import { standardInput } from '../list/id-input.ts';
import { newTask, type Task } from '../task/task.ts';
import type { WatchList } from '../list/watch-list.ts';

export type AddIdsOptions = {
  readonly list: WatchList;
  readonly journal: Journal;
  /** The name of the saved list, for the report. */
  readonly name: string;
  readonly given: readonly Task[];
  readonly readsStdin: boolean;
  /** What is on the list already. */
  readonly known: readonly Task[];
};

/** `--add`: puts ids on a saved list, says how many, and asks nobody. Throws UsageError for an id that cannot be taken. */
export async function addIds({ list, journal, name, given, readsStdin, known }: AddIdsOptions): Promise<ExitCode> {
  const tasks = new Map(given.map(task => [task.key, task]));
  if (readsStdin) {
    let text = '';
    for await (const part of standardInput()) text += `${part}\n`;
    const read = list.read(text);
    const problem = read.problems.find(each => !each.startsWith('no task id'));
    if (problem !== undefined) throw new UsageError(problem);
    if (read.tasks.length === 0 && given.length === 0) throw new UsageError('standard input held no task id');
    for (const task of read.tasks) tasks.set(task.key, newTask(task.source, task.id, task.addedAt));
  }
  const there = new Set(known.map(({ key }) => key));
  const fresh = [...tasks.values()].filter(({ key }) => !there.has(key));
  list.addKnown(fresh);
  const lost = journal.close();
  if (lost > 0) throw new UsageError(`${lost} of ${fresh.length} ids could not be saved in ${journal.path}`);
  const already = tasks.size - fresh.length;
  process.stdout.write(
    `added ${fresh.length} to the list ${name}${already > 0 ? `, ${already} were there already` : ''}\n`,
  );
  return exitCodes.ok;
}
