import { keyOf, type Binding } from '../keymap.ts';
import type { State } from '../store/state.ts';
import { printable } from '../text/printable.ts';
import { shortenMiddle, wrap } from '../text/width.ts';
import { blankLine, textLine, type StyledLine } from './segments.ts';

/** In cells: before each line, and the widest quote of a filter. */
const indent = '  ';
const widestQuote = 24;

/** What stands in place of rows: what is empty, and what to press. As many lines as fit, what to press first. */
export function emptyLines(
  state: State,
  keymap: readonly Binding[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly StyledLine[] {
  const key = (command: string) => keyOf(keymap, command);
  const [what, ...ways] = state.tasks.length === 0 ? emptyList(state, key) : nothingShown(state, key);
  const wrapped = (text: string) => wrap(text, columns - indent.length).map(line => textLine(indent + line));
  const first = wrapped(what);
  const rest = ways.flatMap(wrapped);
  // A blank line between them, where there is room for it.
  const all = first.length + 1 + rest.length <= rows ? [...first, blankLine, ...rest] : [...first, ...rest];
  return all.slice(0, rows);
}

type Key = (command: string) => string;
/** What is empty, and what to do, the most useful first. */
type Words = readonly [what: string, ...ways: string[]];

function emptyList({ removals, askable }: State, key: Key): Words {
  const taken = removals.at(-1)?.length ?? 0;
  return [
    'No tasks yet.',
    ...(taken > 0 ? [`${key('undo')} brings back the ${taken === 1 ? 'task' : `${taken} tasks`} removed last.`] : []),
    ...(askable
      ? [`${key('add')} adds ids; or paste them right here: lists, JSON replies and addresses will do.`]
      : [`No token is set: ${key('quit')} quits, then export CCAPI_API_KEY=… (or another) and start again.`]),
    ...(askable ? [`${key('account')} offers the last tasks of your account.`] : []),
    ...(askable ? ['From another shell: cliptop --add ID …'] : ['cliptop --demo shows it without one.']),
    `${key('help')} shows all keys, ${key('quit')} quits.`,
  ];
}

const emptyTabs = {
  all: 'No task',
  active: 'No task is active.',
  done: 'No task is done.',
  failed: 'No task has failed.',
};
const amongTab = { all: '', active: ' among the active', done: ' among the done', failed: ' among the failed' };

function nothingShown({ tab, filter, tasks, prompt }: State, key: Key): Words {
  const all = tasks.length === 1 ? 'the task' : `all ${tasks.length}`;
  if (filter === '') {
    return [emptyTabs[tab], `${key('tab-all')} shows ${all}, ${key('next-tab')} the next group.`];
  }
  const typing = prompt?.kind === 'filter';
  return [
    `Nothing matches ${shortenMiddle(printable(filter), widestQuote)}${amongTab[tab]}.`,
    `${typing ? 'Esc' : key('back')} drops the filter, ${typing ? 'Enter keeps it' : `${key('filter')} changes it`}.`,
    ...(tab === 'all' || typing ? [] : [`${key('tab-all')} looks among ${all}.`]),
  ];
}
