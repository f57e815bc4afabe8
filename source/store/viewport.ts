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
  lines: rows < 12 ? 1 : rows < 30 ? 3 : 4,
});

type Asked = Pick<State, 'size' | 'sources' | 'tasks' | 'discovering' | 'keymap' | 'flash' | 'prompt'>;

/** How many lines the sources take. */
function sourceRows(state: Asked): number {
  const { sources, tabs } = chrome(state);
  // Without tabs, what they say stands on that one line.
  return sources && tabs ? sourceLines(state, sourceRoom(state)).length : Number(sources);
}

/**
 * How many lines of an overlay, or of the table and what is below it, are on the screen at once, under the line that heads
 * them: what header, sources, tabs, heading, message and last line leave. At least 1.
 */
export function bodyHeight(state: Asked): number {
  const lines = sourceRows(state) + Number(chrome(state).tabs) + messageLines(state).length;
  return Math.max(1, state.size.rows - 3 - lines);
}

/** From so many columns on the preview stands at the right of the table, else from so many lines on below it. */
export const previewFrom = { columns: 110, rows: 30 } as const;

/** A part of the screen, in cells. */
type Size = { readonly columns: number; readonly rows: number };

/** Where the preview stands, and how large it is with the line that divides it from the table. */
type PreviewPane = Size & { readonly side: 'right' | 'below' };

type WithPreview = Asked & Pick<State, 'preview' | 'previewWidth'>;

/** In cells: no share of the width leaves less to the preview, nor to the table beside it. */
const leastPreview = 30;
const leastTable = 50;
/** Its share of the width where nobody has set one, in percent, and the cells beyond which nothing in it gains by more. */
const usualShare = 40;
const amplePreview = 60;
/** In cells: a table that has all its columns beside a title of 60, which gains nothing by more either. */
const ampleTable = 180;
/** The share of the height that a preview below the table has, and the least of it in lines. */
const shareBelow = 0.4;
const leastBelow = 10;

/** The pane of the preview; null where there is none: it is off, there is no task, or no room. */
export function previewPane(state: WithPreview): PreviewPane | null {
  const { columns, rows } = state.size;
  if (!state.preview || state.tasks.length === 0 || isTooSmall(state)) return null;
  if (columns >= previewFrom.columns) {
    const wanted = Math.round((columns * (state.previewWidth ?? usualShare)) / 100);
    const most = state.previewWidth === null ? Math.max(amplePreview, columns - ampleTable) : columns;
    const width = Math.min(Math.max(wanted, leastPreview), most, columns - leastTable);
    return { side: 'right', columns: width, rows: 1 + bodyHeight(state) };
  }
  if (rows < previewFrom.rows) return null;
  return { side: 'below', columns, rows: Math.max(leastBelow, Math.floor(bodyHeight(state) * shareBelow)) };
}

/** What the table has of the screen: its columns, and its rows below its heading. */
export function tableSize(state: WithPreview): Size {
  const pane = previewPane(state);
  return {
    columns: state.size.columns - (pane?.side === 'right' ? pane.columns : 0),
    rows: bodyHeight(state) - (pane?.side === 'below' ? pane.rows : 0),
  };
}

/** The new first row of a window of `height` rows at `top`: it moves as little as possible to show row `index` of `count`. */
export function scrollTo(top: number, index: number, height: number, count: number): number {
  const last = Math.max(0, count - height);
  const wanted = index < top ? index : index >= top + height ? index - height + 1 : top;
  return Math.min(Math.max(0, wanted), last);
}
