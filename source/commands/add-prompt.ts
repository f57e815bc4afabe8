import { complaints, type ReadIds } from '../list/read-ids.ts';
import type { WatchList } from '../list/watch-list.ts';
import { shortSource } from '../store/health-words.ts';
import { promptHints } from '../store/message.ts';
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

  const note = (pasted: boolean): void => say(addNote(list.readText(text()), pasted || /[\r\n]/.test(text())));

  const submit = (): void => {
    if (text().trim() === '') {
      dispatch({ type: 'close-prompt' });
      return;
    }
    const result = list.addText(text());
    const { added, duplicates, refused } = result;
    const said = outcome(result);
    // Lines without an id beside some that have one are what a paste is made of: they were named before Enter.
    if (added + duplicates > 0 && refused.length === 0) {
      dispatch({ type: 'close-prompt' });
      dispatch({ type: 'flash', flash: said });
      return;
    }
    if (added + duplicates > 0) dispatch({ type: 'replace-line', line: lineOf(refused.join(' ')) });
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

/**
 * `2 ids for ccapi, 1 for xhuo · no id in "noise" · Enter add  Esc cancel`. What holds no id is told of lines that are
 * complete only: of one that is being typed the id is still to come.
 */
function addNote({ tasks, duplicates, unreadable, problems }: ReadIds, complete: boolean): Message {
  const bySource = [...Map.groupBy(tasks, ({ source }) => shortSource(source))];
  const found = bySource.map(
    ([source, { length }], index) => `${index === 0 ? count(length, 'id') : length} for ${source}`,
  );
  const [first = ''] = unreadable;
  const where = unreadable.length === 1 ? '' : `${unreadable.length} lines, such as `;
  const parts = [
    ...(found.length > 0 ? [found.join(', ')] : []),
    ...(duplicates > 0 ? [`${duplicates} already on the list`] : []),
    ...(complete && unreadable.length > 0 ? [`no id in ${where}"${shortenMiddle(first, widestQuote)}"`] : []),
    ...problems,
  ];
  const hint = promptHints.add?.text ?? '';
  const level = problems.length > 0 ? 'error' : complete && unreadable.length > 0 ? 'warning' : 'info';
  return parts.length === 0 ? { level: 'hint', text: hint } : { level, text: [...parts, hint].join(' · ') };
}
