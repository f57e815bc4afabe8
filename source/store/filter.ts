import { firstWords } from '../task/name.ts';
import { isPreview, type Task } from '../task/task.ts';
import type { State } from './state.ts';

/** A text matches when it contains all words of the filter, in any case; after a leading `!`, when it does not. */
export function wordMatcher(filter: string): (text: string) => boolean {
  const { words, inverse } = parseFilter(filter);
  if (words.length === 0) return () => true;
  return text => {
    const lower = text.toLowerCase();
    return words.every(word => lower.includes(word)) !== inverse;
  };
}

/**
 * The same for tasks: a word matches what the table shows of a task, whether or not the pane has room for all of it, so
 * that nobody wonders why a row is there. A hidden field is found by its name: `source:xhuo`, `prompt:train`.
 */
export function taskMatcher(view: Pick<State, 'filter' | 'wide' | 'columns'>): (task: Task) => boolean {
  const { words, inverse } = parseFilter(view.filter);
  if (words.length === 0) return () => true;
  const shown = shownFields(view);
  const tests = words.map(word => {
    const [, name = '', value = ''] = /^([a-z]+):(.*)$/.exec(word) ?? [];
    const named = fields[name];
    return named === undefined
      ? (task: Task) => shownText(task, shown).includes(word)
      : (task: Task) => textOf(named(task)) !== '' && textOf(named(task)).includes(value);
  });
  return task => tests.every(test => test(task)) !== inverse;
}

/**
 * The words, in lower case, that a filter has found where a column of this name shows them. What has been asked not to be
 * there is nowhere.
 */
export function soughtWords(view: Pick<State, 'filter' | 'wide' | 'columns'>): (column: string) => readonly string[] {
  const { words, inverse } = parseFilter(view.filter);
  if (words.length === 0 || inverse) return () => [];
  const shown = shownFields(view).split(' ');
  return column =>
    words.flatMap(word => {
      const [, name = '', value = ''] = /^([a-z]+):(.*)$/.exec(word) ?? [];
      if (fields[name] !== undefined) return name === column && value !== '' ? [value] : [];
      return shown.includes(column) ? [word] : [];
    });
}

function parseFilter(filter: string): { readonly words: readonly string[]; readonly inverse: boolean } {
  const inverse = filter.startsWith('!');
  const text = inverse ? filter.slice(1) : filter;
  return { words: text.toLowerCase().split(/\s+/).filter(Boolean), inverse };
}

type Field = (task: Task) => readonly (string | null)[];

/** What a filter may name. */
const fields: Readonly<Record<string, Field>> = {
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
  source: ({ source }) => [source],
  model: ({ clips }) => clips.map(({ model }) => model),
};
const wideOnly: ReadonlySet<string> = new Set(['source', 'model']);

const shownFields = ({ wide, columns }: Pick<State, 'wide' | 'columns'>): string =>
  Object.keys(columnTexts)
    .filter(name => wide || (columns === null ? !wideOnly.has(name) : columns.includes(name)))
    .join(' ');

/** Each keystroke filters all tasks: their texts are kept until other columns are shown. */
let kept = { shown: '', texts: new WeakMap<Task, string>() };

function shownText(task: Task, shown: string): string {
  if (kept.shown !== shown) kept = { shown, texts: new WeakMap() };
  let text = kept.texts.get(task);
  if (text === undefined) {
    text = textOf(shown.split(' ').flatMap(name => columnTexts[name]?.(task) ?? []));
    kept.texts.set(task, text);
  }
  return text;
}

const textOf = (texts: readonly (string | null)[]): string =>
  texts
    .filter(text => text !== null)
    .join('\n')
    .toLowerCase();
