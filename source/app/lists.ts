import { findLists, lastName, listPath, NewerFormatError, openJournal } from '../journal/journal.ts';
import type { Options } from '../options/options.ts';
import { pathsFor } from '../options/paths.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import type { Status, Task } from '../task/task.ts';
import { shellQuoted } from '../text/shell-word.ts';
import { printNotice } from './notices.ts';

/** A saved list; times are milliseconds since 1970. */
export type SavedList = {
  readonly path: string;
  readonly changedAt: number;
  /** Whether it is the one that plain `cliptop` continues. */
  readonly isLast: boolean;
  /** null: a later cliptop wrote it, or it cannot be read. */
  readonly tasks: readonly Task[] | null;
  /** Whether lines of it could not be read; `tasks` are those of the others. */
  readonly damaged: boolean;
};

/** `--lists`: every saved list with its date, its counts and its path. Nothing is changed. */
export function printLists({ output }: Pick<Options, 'output'>): void {
  const { sessions: folder } = pathsFor();
  const last = listPath(folder, lastName);
  const lists = findLists(folder).map(({ path, changedAt }) => {
    return { path, changedAt, isLast: path === last, ...readList(folder, path) };
  });
  if (lists.length === 0) printNotice(`there are no saved lists in ${folder}`);
  const lines = output === 'json' ? lists.map(listJson) : listLines(lists, Date.now());
  process.stdout.write(lines.map(line => `${line}\n`).join(''));
}

/** What a saved list holds; what is wrong with it is printed. Nothing is changed. */
export function readList(folder: string, path: string): Pick<SavedList, 'tasks' | 'damaged'> {
  const problems: string[] = [];
  try {
    const name = path.slice(folder.length + 1);
    const onProblem = (message: string | null) => void problems.push(message ?? '');
    const { journal, restored } = openJournal({ folder, name, readOnly: true, onProblem });
    journal.close();
    restored.notices.forEach(printNotice);
    problems.forEach(printNotice);
    // A list that is only read has nothing else to tell than that it is damaged.
    return { tasks: problems.length === 0 ? restored.tasks : null, damaged: restored.notices.length > 0 };
  } catch (error) {
    if (!(error instanceof NewerFormatError)) throw error;
    printNotice(error.message);
    return { tasks: null, damaged: false };
  }
}

/** Milliseconds: how long a list that `last` moved on from is left without a word. */
const keptFor = 30 * 24 * 60 * 60 * 1000;

/** The table, and what to paste to be rid of old lists that nobody gave a name to. `now`: milliseconds since 1970. */
export function listLines(lists: readonly SavedList[], now: number): readonly string[] {
  const counts = lists.map(countsOf);
  const width = Math.max(0, ...counts.map(text => text.length));
  const rows = lists.map(({ path, changedAt, isLast }, index) => {
    return `${isLast ? '*' : ' '} ${dateOf(changedAt)}  ${(counts[index] ?? '').padEnd(width)}  ${sanitizeLine(path)}`;
  });
  const old = lists.filter(list => isLeftBehind(list) && now - list.changedAt > keptFor);
  return [
    ...rows,
    ...(lists.some(({ isLast }) => isLast) ? ['', '* is the last list, which plain cliptop continues.'] : []),
    ...(old.length === 0 ? [] : ['', 'The last list was moved on from these more than 30 days ago; to remove them:']),
    ...old.map(({ path }) => `rm ${shellQuoted(sanitizeLine(path))}`),
  ];
}

/** Lists that a person gave a name to are his, and what could not be read is not called worthless. */
const isLeftBehind = ({ path, isLast, tasks, damaged }: SavedList): boolean =>
  !isLast && tasks !== null && !damaged && /[\\/]last(?:-\d{8}T\d{6}Z(?:-\d+)?)?\.jsonl$/.test(path);

function listJson({ path, changedAt, isLast, tasks, damaged }: SavedList): string {
  const counts = tasks === null ? null : countByWord(tasks);
  return JSON.stringify({ path, changedAt: new Date(changedAt).toISOString(), last: isLast, counts, damaged });
}

/** In local time, to the minute: `2026-11-21 20:01`. */
const dateOf = (at: number): string => new Date(at).toLocaleString('sv-SE').slice(0, 16);

const words: Readonly<Partial<Record<Status, string>>> = { succeeded: 'done', partial: 'partial', failed: 'failed' };

/** A saved list knows results; whatever has none is open. */
function countByWord(tasks: readonly Task[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { open: 0, done: 0, partial: 0, failed: 0 };
  for (const { status } of tasks) {
    const word = words[status] ?? 'open';
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

function countsOf({ tasks, damaged }: SavedList): string {
  if (tasks === null) return 'not readable';
  const counts = Object.entries(countByWord(tasks)).filter(([, count]) => count > 0);
  const parts = [...counts.map(([word, count]) => `${count} ${word}`), ...(damaged ? ['damaged'] : [])];
  return parts.join(', ') || 'empty';
}
