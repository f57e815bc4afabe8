import { messageLines } from './message.ts';
import { sourceLines } from './source-lines.ts';
import type { State } from './state.ts';

/** The smallest terminal with a table, in cells. In a smaller one, one line of text says that it is too small. */
export const minSize = { columns: 30, rows: 6 } as const;

/** Whether a terminal is smaller than `minSize`. */
export const isTooSmall = ({ size }: Pick<State, 'size'>): boolean =>
  size.columns < minSize.columns || size.rows < minSize.rows;

/** Which lines fit besides the table: below 12 rows there are no tabs, below 8 no line of sources either. */
export function chrome({ size }: Pick<State, 'size'>): { sources: boolean; tabs: boolean } {
  return { sources: size.rows >= 8, tabs: size.rows >= 12 };
}

/** In cells and lines: what sources may take. Only what is wrong takes more than one line, and never much of a low pane. */
export const sourceRoom = ({ size: { columns, rows } }: Pick<State, 'size'>): { columns: number; lines: number } => ({
  columns,
  lines: rows < 12 ? 1 : rows < 18 ? 2 : rows < 30 ? 3 : 4,
});

type Asked = Pick<State, 'size' | 'sources' | 'tasks' | 'discovering' | 'flash' | 'prompt'>;

/** How many lines the sources take. */
function sourceRows(state: Asked): number {
  const { sources, tabs } = chrome(state);
  // Without tabs, what they say stands on that one line.
  return sources && tabs ? sourceLines(state, sourceRoom(state)).length : Number(sources);
}

/**
 * How many rows of the table, or lines of an overlay, are on the screen at once, below the line that heads them: what
 * header, sources, tabs, heading, message and last line leave. At least 1.
 */
export function bodyHeight(state: Asked): number {
  const lines = sourceRows(state) + Number(chrome(state).tabs) + messageLines(state).length;
  return Math.max(1, state.size.rows - 3 - lines);
}

/** The new first row of a window of `height` rows at `top`: it moves as little as possible to show row `index` of `count`. */
export function scrollTo(top: number, index: number, height: number, count: number): number {
  const last = Math.max(0, count - height);
  const wanted = index < top ? index : index >= top + height ? index - height + 1 : top;
  return Math.min(Math.max(0, wanted), last);
}
