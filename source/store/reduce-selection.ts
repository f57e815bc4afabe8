import type { TaskKey } from '../task/task.ts';
import { selectedIndex, selectedKey, shownMarks, tableRows, tableWindow, type Row, visibleTasks } from './selectors.ts';
import type { State } from './state.ts';

/** The first row, which until now only counted as selected, is selected; and the user means the selection to be here. */
export function withSelection(state: State): State {
  const selected = selectedKey(state);
  return selected === state.selected && state.home === null ? state : { ...state, selected, home: null };
}

/** This task is selected; and the selected clip stays so if it is one of this task. */
export const select = (state: State, key: TaskKey): State =>
  state.selected === key && state.home === null
    ? state
    : { ...state, selected: key, selectedClip: state.selected === key ? state.selectedClip : null, home: null };

/** Selects the row of this index, or the last one before it that there is. */
export function moveTo(state: State, wanted: number): State {
  const rows = tableRows(state);
  const row = rows[Math.min(Math.max(wanted, 0), rows.length - 1)];
  if (row === undefined) return state;
  const { key } = row.task;
  const selectedClip = clipIndex(row);
  if (key === state.selected && selectedClip === state.selectedClip) return state;
  const marks = state.anchor === null ? state.marks : extendRange(state, state.anchor, key);
  return { ...state, selected: key, selectedClip, marks };
}

/** Moves the window over the rows by so many of them; the selection goes with it as far as it must to stay in it. */
export function scrollTable(state: State, by: number): State {
  const { top, rows, count } = tableWindow(state);
  const wanted = Math.min(Math.max(0, top + by), count - rows.length);
  if (wanted === top || rows.length === 0) return state;
  const index = Math.min(Math.max(selectedIndex(state), wanted), wanted + rows.length - 1);
  return { ...moveTo(withSelection(state), index), top: wanted };
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

/** The marks after a key that changes them: one task, a range, all that are shown, or none. */
export function reduceMarks(state: State, type: 'mark' | 'mark-range' | 'mark-all' | 'unmark'): State {
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

/** Folds the marked tasks, else the selected one; unfolds when any of them is folded. */
export function toggleFold(state: State): State {
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
