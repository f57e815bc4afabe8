import { selectedIndex, selectedKey, tableRows, visibleTasks } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { bodyHeight, tableSize } from '../store/viewport.ts';
import { endPhrase, type CommandContext, type Handlers } from './context.ts';

/** The commands that move the selection, or scroll the overlay over the table, which has `overlayHeight` lines. */
export function navigationCommands(
  { state, dispatch, info }: CommandContext,
  overlayHeight: (state: State) => number,
): Handlers {
  /** Moves the selection, or scrolls the overlay if there is one. */
  const move = (rows: number) => {
    if (state().overlays.length > 0) {
      if (scrollBy(rows)) return;
      info(rows > 0 ? 'that is the end' : 'that is the beginning');
      // The message takes a line of it.
      if (rows > 0) scrollBy(rows);
      return;
    }
    const end = rows > 0 ? tableRows(state()).length - 1 : 0;
    if (selectedIndex(state()) === end) info(endPhrase(rows));
    dispatch({ type: 'move', by: rows });
  };
  /** Whether that has moved anything. */
  const scrollBy = (lines: number): boolean => {
    const last = Math.max(0, overlayHeight(state()) - bodyHeight(state()));
    // In a window that has become larger, less is scrolled away than before.
    const before = Math.min(state().scroll, last);
    const top = Math.min(Math.max(0, before + lines), last);
    dispatch({ type: 'scroll', top });
    return top !== before;
  };
  const page = (part: number) => {
    const { rows } = state().overlays.length === 0 ? tableSize(state()) : { rows: bodyHeight(state()) };
    move(Math.trunc(part * rows));
  };
  const jump = (place: 'first' | 'last') => {
    if (state().overlays.length === 0) dispatch({ type: 'move-to', place });
    else scrollBy(place === 'first' ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER);
  };

  /** To the task before or after, past clips; with the details open, these show it then. */
  const step = (by: 1 | -1) => {
    const overlay = state().overlays.at(-1);
    const details = overlay?.kind === 'details' ? overlay : null;
    const visible = visibleTasks(state());
    const place = visible.findIndex(({ key }) => key === (details?.key ?? selectedKey(state())));
    const next = visible[place < 0 ? 0 : place + by];
    if (next === undefined) info(by > 0 ? 'that is the last task' : 'that is the first task');
    else if (details !== null) dispatch({ type: 'replace-overlay', overlay: { ...details, key: next.key } });
    else {
      const row = tableRows(state()).findIndex(({ task, clip }) => task === next && clip === null);
      dispatch({ type: 'move', by: row - selectedIndex(state()) });
    }
  };

  return {
    'next-task': () => step(1),
    'previous-task': () => step(-1),
    down: () => move(1),
    up: () => move(-1),
    first: () => jump('first'),
    last: () => jump('last'),
    'page-down': () => page(1),
    'page-up': () => page(-1),
    'half-page-down': () => page(0.5),
    'half-page-up': () => page(-0.5),
  };
}
