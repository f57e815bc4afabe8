import type { KeyPress } from '../keymap.ts';
import type { Frame } from '../screen/frame.ts';
import { hitAt, type Target } from '../screen/hit.ts';
import { rowKey } from '../screen/table.ts';
import { selectedIndex, tableRows } from '../store/selectors.ts';
import { sortKeys } from '../store/sort-keys.ts';
import type { Store } from '../store/store.ts';
import type { MouseReport } from '../terminal/mouse.ts';
import { contextOf } from './context.ts';

type MouseOptions = {
  readonly store: Store;
  /** What is on the screen now. */
  readonly frame: () => Frame;
  readonly run: (command: string) => void;
  readonly onKey: (press: KeyPress) => void;
};

/** Rows, or lines of an overlay, for a step of the wheel: as many as most terminals scroll by. */
const wheelStep = 3;

/**
 * Acts on what the mouse does: the wheel scrolls, a click selects a row, a second one on it opens its details, and a click
 * chooses a tab, or orders by a column. Over an overlay there is only the wheel, and while something is typed as well.
 */
export function createMouse({ store, frame, run, onKey }: MouseOptions): (report: MouseReport) => void {
  const { state, dispatch, info, warn } = contextOf(store);
  /** The row that the last click was on. */
  let clicked: string | null = null;

  const wheel = (direction: 1 | -1): void => {
    const { overlays, prompt } = state();
    if (overlays.length === 0) dispatch({ type: 'scroll-table', by: direction * wheelStep });
    const name = direction > 0 ? 'down' : 'up';
    for (let line = 0; line < wheelStep && overlays.length > 0; line++) {
      // What is typed for an overlay also moves in it.
      if (prompt === null) run(name);
      else onKey({ name, text: null });
    }
  };

  const sortBy = (column: string): void => {
    if (!Object.hasOwn(sortKeys, column)) warn(`there is no order by ${column}`);
    else if (state().sort?.column === column) run('reverse');
    else {
      dispatch({ type: 'sort', sort: { column, descending: false } });
      info(`sorted by ${column}`);
    }
  };

  const clickRow = (row: string, again: boolean): void => {
    const index = tableRows(state()).findIndex(each => rowKey(each) === row);
    if (index < 0) return;
    const by = index - selectedIndex(state());
    dispatch({ type: 'move', by });
    if (again && by === 0) run('details');
  };

  const click = (target: Target): void => {
    if (state().flash !== null) dispatch({ type: 'flash', flash: null });
    if (target.kind === 'tab') run(`tab-${target.tab}`);
    else if (target.kind === 'column') sortBy(target.column);
    else clickRow(target.row, target.row === clicked);
  };

  return ({ kind, x, y }) => {
    if (kind !== 'click') {
      clicked = null;
      wheel(kind === 'wheel-down' ? 1 : -1);
      return;
    }
    const target = state().prompt === null ? hitAt(frame(), x, y) : null;
    if (target !== null) click(target);
    clicked = target?.kind === 'row' ? target.row : null;
  };
}
