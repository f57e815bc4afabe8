import type { TaskKey } from '../task/task.ts';
import { edit, emptyLine, lineOf, type Edit, type Line } from '../text/line-editor.ts';
import { promptHints } from './message.ts';
import { moveTo, reduceMarks, scrollTable, select, toggleFold, withSelection } from './reduce-selection.ts';
import { selectedIndex, tableRows, visibleTasks } from './selectors.ts';
import { tabs, type Flash, type Message, type Overlay, type Prompt, type Sort, type State, type Tab } from './state.ts';

/** The actions that change only what the screen shows: the selection, marks, overlays, prompt; never the tasks. */
export type UiAction =
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  /** The terminal has said how high a cell is, by its width. */
  | { readonly type: 'cell'; readonly ratio: number }
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'move-to'; readonly place: 'first' | 'last' }
  /** Moves the window of the table. */
  | { readonly type: 'scroll-table'; readonly by: number }
  | { readonly type: 'select'; readonly key: TaskKey }
  /** What is selected now stays selected, also when a filter or a tab has selected it. */
  | { readonly type: 'settle' }
  | { readonly type: 'mark' }
  | { readonly type: 'mark-range' }
  | { readonly type: 'mark-all' }
  | { readonly type: 'unmark' }
  | { readonly type: 'tab'; readonly tab: Tab | 'next' | 'previous' }
  | { readonly type: 'filter'; readonly text: string }
  | { readonly type: 'sort'; readonly sort: Sort | null }
  | { readonly type: 'fold' }
  | { readonly type: 'wide' }
  | { readonly type: 'preview' }
  | { readonly type: 'bell' }
  | { readonly type: 'open-overlay'; readonly overlay: Overlay }
  | { readonly type: 'replace-overlay'; readonly overlay: Overlay }
  | { readonly type: 'close-overlay' }
  | { readonly type: 'scroll'; readonly top: number }
  | { readonly type: 'open-prompt'; readonly kind: Prompt['kind']; readonly text?: string; readonly offered?: boolean }
  | { readonly type: 'edit'; readonly edit: Edit }
  | { readonly type: 'replace-line'; readonly line: Line }
  | { readonly type: 'prompt-note'; readonly note: Message | null }
  | { readonly type: 'close-prompt' }
  | { readonly type: 'flash'; readonly flash: Flash | null };

const types: ReadonlySet<string> = new Set<UiAction['type']>([
  'resize',
  'cell',
  'move',
  'move-to',
  'scroll-table',
  'select',
  'settle',
  'mark',
  'mark-range',
  'mark-all',
  'unmark',
  'tab',
  'filter',
  'sort',
  'fold',
  'wide',
  'preview',
  'bell',
  'open-overlay',
  'replace-overlay',
  'close-overlay',
  'scroll',
  'open-prompt',
  'edit',
  'replace-line',
  'prompt-note',
  'close-prompt',
  'flash',
]);

/** Whether an action changes only what the screen shows. */
export const isUiAction = (action: { readonly type: string }): action is UiAction => types.has(action.type);

/** Actions that select the first row, which until then only counted as selected (see `selectedKey`). */
const selectingActions: ReadonlySet<UiAction['type']> = new Set(['move', 'move-to', 'mark', 'mark-range', 'fold']);

/** The state after an action on the screen; the same object when the action changes nothing. */
export function reduceUi(given: State, action: UiAction): State {
  const state = selectingActions.has(action.type) ? withSelection(given) : given;
  switch (action.type) {
    case 'resize': {
      const { columns, rows } = action;
      return state.size.columns === columns && state.size.rows === rows ? state : { ...state, size: { columns, rows } };
    }
    case 'cell':
      return state.cellRatio === action.ratio ? state : { ...state, cellRatio: action.ratio };
    case 'move':
      return moveTo(state, selectedIndex(state) + action.by);
    case 'move-to':
      return moveTo(state, action.place === 'first' ? 0 : tableRows(state).length - 1);
    case 'scroll-table':
      return scrollTable(state, action.by);
    case 'select':
      return select(state, action.key);
    case 'settle':
      return state.home === null || visibleTasks(state).length === 0 ? state : { ...state, home: null };
    case 'mark':
    case 'mark-range':
    case 'mark-all':
    case 'unmark':
      return reduceMarks(state, action.type);
    case 'tab': {
      const tab = nextTab(state.tab, action.tab);
      return tab === state.tab ? state : { ...state, tab, anchor: null };
    }
    case 'filter':
      return state.filter === action.text ? state : { ...state, filter: action.text, anchor: null };
    case 'sort':
      return sameSort(state.sort, action.sort) ? state : { ...state, sort: action.sort };
    case 'fold':
      return toggleFold(state);
    case 'wide':
      return { ...state, wide: !state.wide };
    case 'preview':
      return { ...state, preview: !state.preview };
    case 'bell':
      return { ...state, bell: !state.bell };
    case 'open-overlay':
      return {
        ...selectShown(state, action.overlay),
        overlays: [...covered(state), action.overlay],
        scroll: 0,
      };
    case 'replace-overlay': {
      const overlays = [...state.overlays.slice(0, -1), action.overlay];
      return { ...selectShown(state, action.overlay), overlays, scroll: 0 };
    }
    case 'close-overlay':
      return state.overlays.length === 0 ? state : uncovered(state);
    case 'scroll':
      return state.scroll === action.top ? state : { ...state, scroll: action.top };
    case 'open-prompt':
      return { ...state, prompt: openPrompt(action.kind, action.text ?? '', action.offered ?? false) };
    case 'edit':
      return editPrompt(state, action.edit);
    case 'replace-line':
      return state.prompt === null ? state : { ...state, prompt: { ...state.prompt, line: action.line } };
    case 'prompt-note':
      return state.prompt === null || state.prompt.note === action.note
        ? state
        : { ...state, prompt: { ...state.prompt, note: action.note } };
    case 'close-prompt':
      return state.prompt === null ? state : { ...state, prompt: null };
    case 'flash':
      return state.flash === action.flash ? state : { ...state, flash: action.flash };
  }
}

const openPrompt = (kind: Prompt['kind'], text: string, offered: boolean): Prompt => ({
  kind,
  line: text === '' ? emptyLine : lineOf(text),
  ...(offered ? { offered } : {}),
  note: promptHints[kind] ?? null,
});

/** The overlays when another one comes over them: the topmost keeps its place. */
const covered = ({ overlays, scroll }: State): readonly Overlay[] =>
  overlays.map((overlay, index) => (index === overlays.length - 1 ? { ...overlay, scrolled: scroll } : overlay));

/** Without the topmost overlay, the one beneath it where it was. */
const uncovered = (state: State): State => {
  const overlays = state.overlays.slice(0, -1);
  const { scrolled = 0, ...topmost } = overlays.pop() ?? {};
  return { ...state, overlays: 'kind' in topmost ? [...overlays, topmost] : [], scroll: scrolled };
};

/** The task whose details are shown is the selected one when they are closed. */
const selectShown = (state: State, overlay: Overlay): State =>
  overlay.kind === 'details' ? select(state, overlay.key) : state;

const sameSort = (a: Sort | null, b: Sort | null): boolean =>
  a === b || (a?.column === b?.column && a?.descending === b?.descending);

function nextTab(tab: Tab, wanted: Tab | 'next' | 'previous'): Tab {
  if (wanted !== 'next' && wanted !== 'previous') return wanted;
  const step = wanted === 'next' ? 1 : tabs.length - 1;
  return tabs[(tabs.indexOf(tab) + step) % tabs.length] ?? 'all';
}

function editPrompt(state: State, change: Edit): State {
  if (state.prompt === null) return state;
  const { line: before, offered = false, ...prompt } = state.prompt;
  const line = edit(offered && change.type === 'insert' ? emptyLine : before, change);
  const same = line.text === before.text && line.cursor === before.cursor && !offered;
  return same ? state : { ...state, prompt: { ...prompt, line } };
}
