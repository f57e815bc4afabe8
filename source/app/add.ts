import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { exitCodes, type ExitCode } from '../exit-code.ts';
import { UsageError } from '../errors.ts';
import { lastName, openJournal } from '../journal/journal.ts';
import { readIds } from '../list/read-ids.ts';
import type { Task, TaskKey } from '../task/task.ts';
import { printNotice } from './notices.ts';
import type { Session } from './session.ts';

/** `--add`: puts ids on a saved list, says how many, and asks nobody. Throws UsageError for an id that cannot be taken. */
export async function addIds(session: Session): Promise<ExitCode> {
  const { list, journal, saved, notices, options } = session;
  if (journal === null) throw new UsageError('--add has no list to put ids on');
  notices.forEach(printNotice);
  const tasks = await tasksToAdd(session);
  const there = new Set(saved.map(({ key }) => key));
  const fresh = [...tasks.values()].filter(({ key }) => !there.has(key));
  list.addKnown(fresh);
  const lost = journal.close();
  if (lost > 0) throw new UsageError(`${lost} of ${fresh.length} ids could not be saved in ${journal.path}`);
  if (options.session === undefined) addToNewerList(journal.path, fresh);
  const already = tasks.size - fresh.length;
  const name = options.session ?? 'last';
  process.stdout.write(
    `added ${fresh.length} to the list ${name}${already > 0 ? `, ${already} were there already` : ''}\n`,
  );
  return exitCodes.ok;
}

/** A cliptop that began a list of its own at this very moment has made it the last one: the ids are meant for it. */
function addToNewerList(path: string, tasks: readonly Task[]): void {
  const { journal } = openJournal({ folder: dirname(path), name: lastName });
  if (journal.path !== path) journal.add(tasks);
  journal.close();
  if (journal.path !== path) addToNewerList(journal.path, tasks);
}

async function tasksToAdd({ given, readsStdin, sources }: Session): Promise<ReadonlyMap<TaskKey, Task>> {
  const tasks = new Map(given.tasks.map(task => [task.key, task]));
  if (!readsStdin) return tasks;
  const read = readIds([await text(process.stdin)], sources, Date.now());
  const [problem] = read.problems;
  if (problem !== undefined) throw new UsageError(problem);
  if (read.tasks.length === 0 && tasks.size === 0) throw new UsageError('standard input held no task id');
  for (const task of read.tasks) tasks.set(task.key, task);
  return tasks;
}
