import { followFile } from './follow-file.ts';
import type { Options } from '../options/options.ts';
import type { Journal } from '../journal/journal.ts';
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
  readonly inputEnded: () => boolean;
  /** Whether some id could not be taken. */
  readonly rejected: () => boolean;
  readonly stop: () => void;
} {
  const seen = { rejected: false, ended: !readsStdin };
  const addText = (text: string): void => {
    const { problems } = list.addText(text);
    // A line of JSON or of a log without an id is no mistake; a provider without a token is one.
    const mistakes = problems.filter(problem => !problem.startsWith('no task id'));
    seen.rejected ||= mistakes.length > 0;
    mistakes.forEach(complain);
  };
  const readInput = async (): Promise<void> => {
    try {
      for await (const text of wholeTexts(standardInput())) addText(text);
    } catch (error) {
      complain(`standard input cannot be read any more (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
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

/** JSON over several lines, cut anywhere, would be taken line by line, and its clips for tasks: it is held until whole. */
async function* wholeTexts(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const text of texts) {
    held += held === '' ? text : `\n${text}`;
    if (isCutJson(held)) continue;
    yield held;
    held = '';
  }
  if (held !== '') yield held;
}

const mostHeld = 16 * 1024 * 1024;

function isCutJson(text: string): boolean {
  // Lines of JSON, and of logs that begin with a bracket, are whole by themselves.
  if (!/^\s*(?:\{|\[)\s*(?:["{[]|\n|$)/.test(text) || text.length > mostHeld) return false;
  const [first = ''] = text.trimStart().split('\n', 1);
  return !isJson(first) && !isJson(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
