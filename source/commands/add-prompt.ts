import { complaints, type ReadIds } from '../list/read-ids.ts';
import type { WatchList } from '../list/watch-list.ts';
import { shortSource } from '../store/health-words.ts';
import { cancelHint, promptHints } from '../store/message.ts';
import type { Message } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { lineOf } from '../text/line-editor.ts';
import { shortenMiddle } from '../text/width.ts';
import { count } from './context.ts';

/** The prompt for ids: what is said while something stands in it, and what Enter does. */
type AddPrompt = {
  /** Says what would be added of what has been typed, or `pasted`. */
  readonly note: (pasted: boolean) => void;
  /** Adds the ids; what is wrong stays in the prompt, with the reason. */
  readonly submit: () => void;
};

export function createAddPrompt(
  { dispatch, getState }: Pick<Store, 'dispatch' | 'getState'>,
  list: Pick<WatchList, 'addText' | 'readText'>,
): AddPrompt {
  const text = () => getState().prompt?.line.text ?? '';
  const say = (note: Message | null) => dispatch({ type: 'prompt-note', note });

  /** Whether all that has no id has been told of, also what stands at the end. */
  let toldAll = false;

  const note = (pasted: boolean): void => {
    toldAll = pasted || /[\r\n]/.test(text());
    const read = list.readText(text());
    say(addNote(toldAll ? read : complete(read, text()), text() === ''));
  };

  const submit = (): void => {
    if (text().trim() === '') {
      dispatch({ type: 'close-prompt' });
      return;
    }
    const result = list.addText(text());
    const { added, duplicates, refused, parts } = result;
    const untold = toldAll ? [] : parts.slice(complete(result, text()).parts.length);
    const said = outcome({ ...result, unreadable: [...result.unreadable, ...untold] });
    const left = [...refused, ...untold];
    // What has no id beside some that have one is what a paste is made of: it was named before Enter.
    if (added + duplicates > 0 && left.length === 0) {
      dispatch({ type: 'close-prompt' });
      dispatch({ type: 'flash', flash: said });
      return;
    }
    if (added + duplicates > 0) dispatch({ type: 'replace-line', line: lineOf(left.join(' ')) });
    say(said);
  };
  return { note, submit };
}

/** `added 3 · 1 already on the list · no task id in "noise": ...`. */
function outcome(result: ReturnType<WatchList['addText']>) {
  const { added, duplicates } = result;
  const problems = complaints(result);
  const parts = [
    ...(added > 0 ? [`added ${added}`] : []),
    ...(duplicates > 0 ? [`${duplicates} already on the list`] : []),
    ...problems.slice(0, 1),
    ...(problems.length > 1 ? [`and ${problems.length - 1} more like it`] : []),
  ];
  const level = problems.length > 0 || parts.length === 0 ? 'error' : added > 0 ? 'info' : 'warning';
  return { level, text: parts.join(' · ') || 'no task id in that' } as const;
}

/** In cells: what is quoted of a line without an id. */
const widestQuote = 30;

/** Of a line that is being typed, what cannot become an id any more: the last word and a line without an id still can. */
function complete<Read extends Pick<ReadIds, 'unreadable' | 'parts'>>(read: Read, text: string): Read {
  const last = read.parts.at(-1);
  return {
    ...read,
    unreadable: [],
    parts: last !== undefined && text.endsWith(last) ? read.parts.slice(0, -1) : read.parts,
  };
}

/**
 * `2 ids for ccapi, 1 for xhuo · no id in "noise" · Enter add  Esc cancel`. Enter is offered before something is typed, and
 * then where there is an id.
 */
function addNote({ tasks, duplicates, unreadable, parts, problems }: ReadIds, isEmpty: boolean): Message {
  const bySource = [...Map.groupBy(tasks, ({ source }) => shortSource(source))];
  const found = bySource.map(
    ([source, { length }], index) => `${index === 0 ? count(length, 'id') : length} for ${source}`,
  );
  const without = [...unreadable, ...parts];
  const notes = [
    ...(found.length > 0 ? [found.join(', ')] : []),
    ...(duplicates > 0 ? [`${duplicates} already on the list`] : []),
    ...(without.length > 0 ? [`no id in ${quotes(without, parts.length > 0 ? 'parts' : 'lines')}`] : []),
    ...problems,
  ];
  const hasId = tasks.length + duplicates + problems.length > 0;
  const hint = (hasId || isEmpty ? promptHints.add?.text : cancelHint) ?? '';
  const level = problems.length > 0 ? 'error' : without.length > 0 ? 'warning' : 'info';
  return notes.length === 0 ? { level: 'hint', text: hint } : { level, text: [...notes, hint].join(' · ') };
}

/** How many texts are quoted when there are more of them. */
const mostQuotes = 3;

/** `"one"`, `2 parts: "one", "two"`, `7 parts, such as "one"`. */
function quotes(texts: readonly string[], noun: string): string {
  const quoted = texts.slice(0, mostQuotes).map(text => `"${shortenMiddle(text, widestQuote)}"`);
  const [first = ''] = quoted;
  if (texts.length === 1) return first;
  return `${texts.length} ${noun}${texts.length > mostQuotes ? `, such as ${first}` : `: ${quoted.join(', ')}`}`;
}
