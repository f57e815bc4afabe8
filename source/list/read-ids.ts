import type { Sources } from '../api/sources.ts';
import { UsageError } from '../errors.ts';
import { idShape, parseIds, type GivenId } from '../task/ids.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import { newTask, type Task, type TaskKey } from '../task/task.ts';

/** What some texts hold. */
export type ReadIds = {
  /** Each task once, in the order of the texts. */
  readonly tasks: readonly Task[];
  /** How many ids were there a second time, in whatever way they were written. */
  readonly duplicates: number;
  /** Pieces of text that hold no id, shortened and safe to print. */
  readonly unreadable: readonly string[];
  /** What stands beside ids in lines that hold one, and is none; shortened and safe to print. */
  readonly parts: readonly string[];
  /** Why an id cannot be asked about (its provider has no token, say), a line for each reason. */
  readonly problems: readonly string[];
  /** These ids, as they can be written again. None that holds a token. */
  readonly refused: readonly string[];
};

/**
 * The tasks that some texts name. Never throws: what is wrong with a text is in the result, without tokens, for the
 * clipboard may have held one. `now`: ms since 1970.
 */
export function readIds(
  texts: readonly string[],
  sources: Pick<Sources, 'resolve' | 'redactor' | 'providerNames'>,
  now: number,
): ReadIds {
  // Each on its own: one of them may be JSON.
  const parsed = texts.map(text => parseIds(text, sources.providerNames));
  let duplicates = parsed.reduce((sum, each) => sum + each.duplicates, 0);
  const problems = new Set<string>();
  const refused: string[] = [];
  const tasks = new Map<TaskKey, Task>();
  for (const given of parsed.flatMap(({ found, strange }) => [...found, ...strange])) {
    if (sources.redactor.holds(written(given))) {
      problems.add('what holds a token is not taken for an id');
      continue;
    }
    try {
      const { name, dialect } = sources.resolve(given);
      const task = newTask(name, dialect === 'tasks' ? foldUuid(given.id) : given.id, now);
      // The same task may be named with and without its provider.
      if (tasks.has(task.key)) duplicates++;
      else tasks.set(task.key, task);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.add(sources.redactor.text(error.message));
      refused.push(written(given));
    }
  }
  const quoted = (text: string) => shorten(sources.redactor.text(sanitizeLine(text)));
  const unreadable = new Set(parsed.flatMap(each => each.rejected).map(quoted));
  const parts = parsed.flatMap(each => each.parts).map(quoted);
  return {
    tasks: [...tasks.values()],
    duplicates,
    unreadable: [...unreadable],
    parts,
    problems: [...problems],
    refused,
  };
}

const written = ({ provider, service, id }: GivenId): string =>
  `${provider === null ? '' : `${provider}${service === null ? '' : `/${service}`}:`}${id}`;

/** The vendors with the tasks dialect make UUIDs, in lower case; other ids differ by their case. */
const foldUuid = (id: string): string => (idShape(id) === 'uuid' ? id.toLowerCase() : id);

/** Everything that is wrong with some texts, a line each for the person. */
export const complaints = ({ unreadable, problems }: Pick<ReadIds, 'unreadable' | 'problems'>): readonly string[] => [
  ...unreadable.map(text => `no task id in "${text}": ids look like task_… or a UUID, others are written provider:ID`),
  ...problems,
];

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text);
