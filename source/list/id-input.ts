import { statSync } from 'node:fs';
import { UsageError } from '../errors.ts';
import type { Sources } from '../api/sources.ts';
import type { Journal } from '../journal/journal.ts';
import type { Task } from '../task/task.ts';
import { followFile } from './follow-file.ts';
import { readFile } from './read-file.ts';
import { complaints, readIds } from './read-ids.ts';
import type { WatchList } from './watch-list.ts';
import { wholeTexts } from './whole-texts.ts';

/** Where ids come from, as the command line has it. */
type IdArguments = {
  /** `-` stands for standard input. */
  readonly ids: readonly string[];
  readonly file: string | undefined;
  readonly follow: boolean;
  /** Milliseconds that a pipe named by `file` may stay open. */
  readonly timeout: number | undefined;
};

/** The ids on the command line and in the file. Throws UsageError for what holds no id or cannot be asked. */
export async function readInitialIds(
  options: IdArguments,
  sources: Pick<Sources, 'resolve' | 'redactor' | 'providerNames'>,
): Promise<{ tasks: readonly Task[]; duplicates: number }> {
  const texts = options.ids.filter(id => id !== '-');
  if (options.file !== undefined) {
    // A pipe would be read to its end before there is a screen, and then has nothing more to follow.
    if (options.follow && statSync(options.file, { throwIfNoEntry: false })?.isFIFO() === true) {
      throw new UsageError(`--follow ${options.file}: that is a pipe, read it with cliptop - < ${options.file}`);
    }
    const text = await readFile(options.file, options.timeout);
    // Half a line may hold half an id: the rest of it is still to be written.
    texts.push(options.follow ? text.slice(0, text.lastIndexOf('\n') + 1) : text);
  }
  const read = readIds(texts, sources, Date.now());
  const { tasks, duplicates } = read;
  const [first, ...others] = complaints(read);
  if (first !== undefined) throw new UsageError(others.length === 0 ? first : `${first} (and ${others.length} more)`);
  if (options.file !== undefined && !options.follow && tasks.length === 0)
    throw new UsageError(`${options.file} holds no task id`);
  return { tasks, duplicates };
}

type IdInputOptions = {
  readonly options: Pick<IdArguments, 'file' | 'follow'>;
  readonly list: WatchList;
  readonly journal: Journal | null;
  readonly readsStdin: boolean;
  /** Gets a line for the person when an id cannot be taken. */
  readonly complain: (text: string) => void;
};

/** The ways in which ids arrive while cliptop runs, besides keys: standard input, a followed file, another cliptop. */
export function startIdInput({ options, list, journal, readsStdin, complain }: IdInputOptions): {
  /** Settles when standard input has ended; at once when it is not read. */
  readonly inputEnd: Promise<void>;
  readonly inputEnded: () => boolean;
  /** Whether some id could not be taken. */
  readonly rejected: () => boolean;
  readonly stop: () => void;
} {
  const seen = { rejected: false, ended: !readsStdin };
  const addText = (text: string): void => {
    // A line of JSON or of a log without an id is no mistake; a provider without a token is one.
    const { problems } = list.addText(text);
    seen.rejected ||= problems.length > 0;
    problems.forEach(complain);
  };
  const readInput = async (): Promise<void> => {
    try {
      process.stdin.setEncoding('utf8');
      for await (const text of wholeTexts(process.stdin as AsyncIterable<string>)) addText(text);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      complain(`standard input cannot be read any more (${code ?? message})`);
    }
    seen.ended = true;
  };
  const stopJournal = journal?.follow(change => list.follow(change));
  const stopFile =
    options.file === undefined || !options.follow
      ? undefined
      : followFile(options.file, { onText: addText, onProblem: complain });
  return {
    inputEnd: readsStdin ? readInput() : Promise.resolve(),
    inputEnded: () => seen.ended,
    rejected: () => seen.rejected,
    stop() {
      stopJournal?.();
      stopFile?.();
      // A pipe whose other end is still open would keep us from ending; a file has nothing to hold.
      if (readsStdin && 'unref' in process.stdin) process.stdin.unref();
    },
  };
}
