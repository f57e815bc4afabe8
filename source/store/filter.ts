import { firstWords } from '../task/name.ts';
import { isPreview, statuses, type Task } from '../task/task.ts';
import { shortSource } from './health-words.ts';
import { filterTerms, type filterFields } from './filter-terms.ts';
import type { State } from './state.ts';

/** A text matches when it holds each term of the filter, in any case; after a `!`, when it does not hold it. */
export function wordMatcher(filter: string): (text: string) => boolean {
  const terms = filterTerms(filter);
  return text => {
    const lower = text.toLowerCase();
    return terms.every(({ word, inverse }) => lower.includes(word) !== inverse);
  };
}

/**
 * The same for tasks: a word matches what the table shows of a task, whether or not the pane has room for all of it, so
 * that nobody wonders why a row is there. A hidden field is found by its name: `model:v5`, `prompt:train`.
 */
export function taskMatcher(view: Pick<State, 'filter' | 'wide' | 'columns'>): (task: Task) => boolean {
  const shown = shownFields(view);
  const tests = filterTerms(view.filter).map(({ word, inverse, name, value }) => {
    const named = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const texts = statusWords.has(word) ? statusTexts : shownTexts;
    return named === undefined
      ? (task: Task) => texts.of(task, shown).includes(word) !== inverse
      : (task: Task) => (textOf(named(task)) !== '' && textOf(named(task)).includes(value)) !== inverse;
  });
  return task => tests.every(test => test(task));
}

/**
 * The words, in lower case, that a filter has found where a column of this name shows them. What has been asked not to be
 * there is nowhere.
 */
export function soughtWords(view: Pick<State, 'filter' | 'wide' | 'columns'>): (column: string) => readonly string[] {
  const wanted = filterTerms(view.filter).filter(({ inverse }) => !inverse);
  if (wanted.length === 0) return () => [];
  const shown = shownFields(view).split(' ');
  return column =>
    wanted.flatMap(({ word, name, value }) => {
      if (Object.hasOwn(fields, name)) return name === column && value !== '' ? [value] : [];
      return shown.includes(column) ? [word] : [];
    });
}

type Field = (task: Task) => readonly (string | null)[];

/** What a filter may name. */
const fields: Readonly<Record<(typeof filterFields)[number], Field>> & Readonly<Record<string, Field>> = {
  status: ({ status, stalled }) => [status, stalled ? 'stalled' : null],
  title: ({ clips }) => clips.map(({ title }) => title),
  action: ({ action }) => [action],
  id: ({ id }) => [id],
  source: ({ source }) => [source],
  model: ({ clips }) => clips.map(({ model }) => model),
  prompt: ({ prompt }) => [prompt],
  style: ({ clips }) => clips.map(({ style }) => style),
  lyrics: ({ clips }) => clips.map(({ lyrics }) => lyrics),
  error: ({ error }) => (error === null ? [] : [error.code, error.message]),
  raw: ({ rawStatus }) => [rawStatus],
  trace: ({ traceId }) => [traceId],
};

/** What the columns of these names show in words. The numbers of the others change too often to be filtered by. */
const columnTexts: Readonly<Record<string, Field>> = {
  status: ({ status, stalled }) => [stalled ? 'stalled' : status],
  // Of an untitled song, its first words; with the reason for a failure, and the titles that unfolding shows.
  title: task => {
    const { clips, prompt, status, error } = task;
    const preview = clips.some(clip => isPreview(clip, task)) ? 'preview' : null;
    const titles = clips.flatMap(({ title }) => title ?? []);
    const named = titles.length > 0 ? titles : [firstWords(clips[0]?.lyrics ?? null), prompt];
    return [...named, preview, status === 'succeeded' || error === null ? null : error.message];
  },
  action: ({ action }) => [action],
  id: ({ id }) => [id],
  // The line above the table names the sources in any pane, so that a word for one is no riddle.
  source: ({ source }) => [shortSource(source)],
  model: ({ clips }) => clips.map(({ model }) => model),
};

const shownFields = ({ wide, columns }: Pick<State, 'wide' | 'columns'>): string =>
  Object.keys(columnTexts)
    .filter(name => wide || name === 'source' || (columns === null ? name !== 'model' : columns.includes(name)))
    .join(' ');

/** Each keystroke filters all tasks: their texts are kept until other columns are shown. */
class Texts {
  readonly #compute: (task: Task, shown: string) => string;
  #shown = '';
  #texts = new WeakMap<Task, string>();

  constructor(compute: (task: Task, shown: string) => string) {
    this.#compute = compute;
  }

  of(task: Task, shown: string): string {
    if (this.#shown !== shown) this.#texts = new WeakMap();
    this.#shown = shown;
    const text = this.#texts.get(task) ?? this.#compute(task, shown);
    this.#texts.set(task, text);
    return text;
  }
}

const textsOf = (task: Task, shown: string): string =>
  textOf(shown.split(' ').flatMap(name => columnTexts[name]?.(task) ?? []));
const shownTexts = new Texts(textsOf);

/** Who looks for `failed` means the status: a song that failed in part says "1 of 2 failed" as its reason. */
const statusWords: ReadonlySet<string> = new Set([...statuses, 'stalled']);
const statusTexts = new Texts((task, shown) => textsOf({ ...task, error: null }, shown));

const textOf = (texts: readonly (string | null)[]): string =>
  texts
    .filter(text => text !== null)
    .join('\n')
    .toLowerCase();
