import { followFile } from './follow-file.ts';
import type { Options } from './options.ts';
import type { Journal } from './session/journal.ts';
import { standardInput } from './start-list.ts';
import type { WatchList } from './watch-list.ts';

export type FeedsOptions = {
  readonly options: Options;
  readonly list: WatchList;
  readonly journal: Journal | null;
  readonly readsStdin: boolean;
  /** Gets a line for the person when an id cannot be taken. */
  readonly complain: (text: string) => void;
};

/** The ways in which ids arrive while cliptop runs, besides keys: standard input, a followed file, another cliptop. */
export function startFeeds({ options, list, journal, readsStdin, complain }: FeedsOptions): {
  /** Settles when standard input has ended; at once when it is not read. */
  readonly inputEnd: Promise<void>;
  readonly stop: () => void;
} {
  const addText = (text: string): void => {
    const { problems } = list.addText(text);
    // A line of JSON or of a log without an id is no mistake; a provider without a token is one.
    problems.filter(problem => !problem.startsWith('no task id')).forEach(complain);
  };
  const readInput = async (): Promise<void> => {
    try {
      for await (const text of standardInput()) addText(text);
    } catch (error) {
      complain(`standard input cannot be read any more (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    }
  };
  const stopJournal = journal?.follow(change => list.follow(change));
  const stopFile =
    options.file === undefined || !options.follow
      ? undefined
      : followFile(options.file, { onText: addText, onProblem: complain });
  return {
    inputEnd: readsStdin ? readInput() : Promise.resolve(),
    stop() {
      stopJournal?.();
      stopFile?.();
      // A pipe whose other end is still open would keep us from ending; a file has nothing to hold.
      if (readsStdin && 'unref' in process.stdin) process.stdin.unref();
    },
  };
}
