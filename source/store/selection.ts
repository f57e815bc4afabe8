import type { TaskKey } from '../task/task.ts';
import { tableWindow, visibleTasks } from './selectors.ts';
import type { State } from './state.ts';

/**
 * The selection follows the task, not the row. When the task is no longer shown, the one now at its row is selected;
 * when a filter or a tab has hidden it, it is selected again as soon as it is shown. The window of the table moves with
 * the selection.
 */
export function keepSelection(before: State, state: State): State {
  const sameView =
    before.tasks === state.tasks &&
    before.tab === state.tab &&
    before.filter === state.filter &&
    before.wide === state.wide &&
    before.sort === state.sort &&
    before.selected === state.selected &&
    before.selectedClip === state.selectedClip &&
    before.size === state.size &&
    before.unfolded === state.unfolded &&
    before.overlays === state.overlays;
  if (sameView) return state;
  const next = { ...state, ...shownSelection(before, state) };
  return { ...next, top: tableWindow(next).top };
}

/** The selection, at a task that is shown if there is one. */
function shownSelection(before: State, state: State): Pick<State, 'selected' | 'selectedClip' | 'home'> {
  const { selected, selectedClip } = state;
  const visible = visibleTasks(state);
  const isShown = (key: TaskKey) => visible.some(task => task.key === key);
  const home = state.home !== null && state.positions.has(state.home) ? state.home : null;
  if (home !== null && isShown(home)) return { selected: home, selectedClip: null, home: null };
  if (selected === null || isShown(selected)) return { selected, selectedClip, home };
  const place = visibleTasks(before).findIndex(task => task.key === before.selected);
  const next = visible[Math.min(Math.max(place, 0), visible.length - 1)]?.key ?? null;
  // A task that is removed, or that a reply takes from the tab, is not one to return to.
  const hidden = before.tasks === state.tasks;
  return { selected: next, selectedClip: null, home: home ?? (hidden ? selected : null) };
}
