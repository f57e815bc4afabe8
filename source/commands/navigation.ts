import type { State } from '../store/state.ts';
import { bodyHeight } from '../store/viewport.ts';
import type { CommandContext, Handlers } from './context.ts';

/** The commands that move the selection, or scroll the overlay over the table, which has `overlayHeight` lines. */
export function navigationCommands(
  { state, dispatch }: CommandContext,
  overlayHeight: (state: State) => number,
): Handlers {
  /** Moves the selection, or scrolls the overlay if there is one. */
  const move = (rows: number) => {
    if (state().overlays.length === 0) dispatch({ type: 'move', by: rows });
    else scrollBy(rows);
  };
  const scrollBy = (lines: number) => {
    const last = Math.max(0, overlayHeight(state()) - bodyHeight(state()));
    // In a window that has become larger, less is scrolled away than before.
    const top = Math.min(state().scroll, last);
    dispatch({ type: 'scroll', top: Math.min(Math.max(0, top + lines), last) });
  };
  const page = (part: number) => move(Math.trunc(part * bodyHeight(state())));
  const jump = (place: 'first' | 'last') => {
    if (state().overlays.length === 0) dispatch({ type: 'move-to', place });
    else scrollBy(place === 'first' ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER);
  };

  return {
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
