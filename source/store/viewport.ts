import type { State } from './state.ts';

/** Below this the screen says so in one line instead of showing a table. */
export const minSize = { columns: 30, rows: 6 } as const;

export const isTooSmall = ({ size }: Pick<State, 'size'>): boolean =>
  size.columns < minSize.columns || size.rows < minSize.rows;

/** Which lines besides the table fit: the pane of a few rows gives up the blank line first, then the sources. */
export function chrome({ size }: Pick<State, 'size'>): { sources: boolean; gap: boolean } {
  return { sources: size.rows >= 8, gap: size.rows >= 12 };
}

/** How many rows of tasks, or lines of an overlay, are on the screen at once. */
export function bodyHeight(state: Pick<State, 'size' | 'overlays'>): number {
  const { sources, gap } = chrome(state);
  const columnTitles = state.overlays.length === 0 ? 1 : 0;
  return Math.max(1, state.size.rows - 1 - Number(sources) - columnTitles - Number(gap) - 1);
}

/** The first row to show, so that row `index` of `count` is on the screen, moving as little as possible. */
export function scrollTo(top: number, index: number, height: number, count: number): number {
  const last = Math.max(0, count - height);
  const wanted = index < top ? index : index >= top + height ? index - height + 1 : top;
  return Math.min(Math.max(0, wanted), last);
}
