import type { TaskKey } from '../task/task.ts';
import { edit, emptyLine, lineOf, type Edit } from '../text/line-editor.ts';
import { selectedIndex, selectedKey, shownMarks, tableRows, type Row, visibleTasks } from './selectors.ts';
import { tabs, type Flash, type Overlay, type Prompt, type Sort, type State, type Tab } from './state.ts';

/** The actions that change only what the screen shows: the selection, marks, overlays, prompt; never the tasks. */
export type UiAction =
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'move-to'; readonly place: 'first' | 'last' }
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
  | { readonly type: 'bell' }
  | { readonly type: 'open-overlay'; readonly overlay: Overlay }
  | { readonly type: 'replace-overlay'; readonly overlay: Overlay }
  | { readonly type: 'close-overlay' }
  | { readonly type: 'scroll'; readonly top: number }
  | { readonly type: 'open-prompt'; readonly kind: Prompt['kind']; readonly text?: string }
  | { readonly type: 'edit'; readonly edit: Edit }
  | { readonly type: 'close-prompt' }
  | { readonly type: 'flash'; readonly flash: Flash | null };

const types: ReadonlySet<string> = new Set<UiAction['type']>([
  'resize',
  'move',
  'move-to',
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
  'bell',
  'open-overlay',
  'replace-overlay',
  'close-overlay',
  'scroll',
  'open-prompt',
  'edit',
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
    case 'move':
      return moveTo(state, selectedIndex(state) + action.by);
    case 'move-to':
      return moveTo(state, action.place === 'first' ? 0 : tableRows(state).length - 1);
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
    case 'bell':
      return { ...state, bell: !state.bell };
    case 'open-overlay': {
      // The task whose details were shown is the selected one when they are closed.
      const chosen = action.overlay.kind === 'details' ? select(state, action.overlay.key) : state;
      return { ...chosen, overlays: [...state.overlays, action.overlay], scroll: 0 };
    }
    case 'replace-overlay':
      return { ...state, overlays: [...state.overlays.slice(0, -1), action.overlay], scroll: 0 };
    case 'close-overlay':
      return state.overlays.length === 0 ? state : { ...state, overlays: state.overlays.slice(0, -1), scroll: 0 };
    case 'scroll':
      return state.scroll === action.top ? state : { ...state, scroll: action.top };
    case 'open-prompt':
      return { ...state, prompt: { kind: action.kind, line: action.text ? lineOf(action.text) : emptyLine } };
    case 'edit':
      return editPrompt(state, action.edit);
    case 'close-prompt':
      return state.prompt === null ? state : { ...state, prompt: null };
    case 'flash':
      return state.flash === action.flash ? state : { ...state, flash: action.flash };
  }
}

const sameSort = (a: Sort | null, b: Sort | null): boolean =>
  a === b || (a?.column === b?.column && a?.descending === b?.descending);

function editPrompt(state: State, change: Edit): State {
  if (state.prompt === null) return state;
  const before = state.prompt.line;
  const line = edit(before, change);
  const same = line.text === before.text && line.cursor === before.cursor;
  return same ? state : { ...state, prompt: { ...state.prompt, line } };
}

/** The first row, which until now only counted as selected, is selected; and the user means the selection to be here. */
function withSelection(state: State): State {
  const selected = selectedKey(state);
  return selected === state.selected && state.home === null ? state : { ...state, selected, home: null };
}

const select = (state: State, key: TaskKey): State =>
  state.selected === key && state.home === null
    ? state
    : { ...state, selected: key, selectedClip: state.selected === key ? state.selectedClip : null, home: null };

/** Selects the row of this index, or the last one before it that there is. */
function moveTo(state: State, wanted: number): State {
  const rows = tableRows(state);
  const row = rows[Math.min(Math.max(wanted, 0), rows.length - 1)];
  if (row === undefined) return state;
  const { key } = row.task;
  const selectedClip = clipIndex(row);
  if (key === state.selected && selectedClip === state.selectedClip) return state;
  const marks = state.anchor === null ? state.marks : extendRange(state, state.anchor, key);
  return { ...state, selected: key, selectedClip, marks };
}

const clipIndex = ({ task, clip }: Row): number | null => (clip === null ? null : task.clips.indexOf(clip));

/** The marks after the end of the range has moved to `key`: rows that are no longer inside it lose their mark. */
function extendRange(state: State, anchor: TaskKey, key: TaskKey): State['marks'] {
  const marks = new Set(state.marks);
  for (const left of range(state, anchor, state.selected ?? anchor)) marks.delete(left);
  for (const reached of range(state, anchor, key)) marks.add(reached);
  return marks;
}

/** The keys from one row to another, both included, in either direction. */
function range(state: State, from: TaskKey, to: TaskKey): readonly TaskKey[] {
  const keys = visibleTasks(state).map(({ key }) => key);
  const [first, last] = [keys.indexOf(from), keys.indexOf(to)].sort((a, b) => a - b);
  return first === undefined || last === undefined || first < 0 ? [] : keys.slice(first, last + 1);
}

function reduceMarks(state: State, type: 'mark' | 'mark-range' | 'mark-all' | 'unmark'): State {
  if (type === 'unmark') {
    return state.marks.size === 0 && state.anchor === null ? state : { ...state, marks: new Set(), anchor: null };
  }
  if (type === 'mark-all') {
    const marks = new Set([...state.marks, ...visibleTasks(state).map(({ key }) => key)]);
    return marks.size === state.marks.size && state.anchor === null ? state : { ...state, marks, anchor: null };
  }
  if (state.selected === null) return state;
  if (type === 'mark-range') {
    if (state.anchor !== null) return { ...state, anchor: null };
    return { ...state, anchor: state.selected, marks: new Set([...state.marks, state.selected]) };
  }
  const marks = new Set(state.marks);
  if (!marks.delete(state.selected)) marks.add(state.selected);
  // To the next task: the next mark on a clip of this one would take the mark away.
  const index = selectedIndex(state);
  const next = tableRows(state).findIndex(({ clip }, row) => row > index && clip === null);
  return moveTo({ ...state, marks, anchor: null }, next < 0 ? index : next);
}

function nextTab(tab: Tab, wanted: Tab | 'next' | 'previous'): Tab {
  if (wanted !== 'next' && wanted !== 'previous') return wanted;
  const step = wanted === 'next' ? 1 : tabs.length - 1;
  return tabs[(tabs.indexOf(tab) + step) % tabs.length] ?? 'all';
}

/** Folds the marked tasks, else the selected one; unfolds when any of them is folded. */
function toggleFold(state: State): State {
  const marked = shownMarks(state).map(({ key }) => key);
  const keys = marked.length > 0 ? marked : state.selected === null ? [] : [state.selected];
  if (keys.length === 0) return state;
  const unfold = keys.some(key => !state.unfolded.has(key));
  const unfolded = new Set(state.unfolded);
  for (const key of keys) {
    if (unfold) unfolded.add(key);
    else unfolded.delete(key);
  }
  return { ...state, unfolded, selectedClip: null };
}
