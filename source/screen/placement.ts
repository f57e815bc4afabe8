import type { State } from '../store/state.ts';
import { previewPane, tableSize } from '../store/viewport.ts';
import { columns, type Column } from './columns.ts';

/** A column with the cells it got. */
export type Placed = { readonly column: Column; readonly width: number };

/** In cells: between two columns. */
export const gap = 2;
/** In cells: the signs for the selected and the marked row, before the first column. */
export const gutter = 2;

/** In cells: a title this wide tells songs apart; beyond it, further columns tell more than the rest of a long title. */
const ampleTitle = 40;
/** In cells: the least of a title beside a whole id, where the preview tells the rest of the selected one. */
const titleBesideId = 30;
/** In cells: the widest title. Beyond it the eye loses the way from a title to the numbers of its row. */
const widestTitle = 60;

/** In cells: in a narrower table a longer title, a bar and what a time means tell more than what was asked for. */
const roomForAction = 82;

type Asked = Pick<State, 'columns' | 'wide' | 'downloading'> & Parameters<typeof tableSize>[0];

/** The columns to show: those named, else the usual ones, and all of them in the wide table. */
export function chosenColumns({
  columns: named,
  wide,
  downloading,
}: Pick<Asked, 'columns' | 'wide' | 'downloading'>): readonly Column[] {
  if (named !== null && !wide) return named.flatMap(id => columns.find(column => column.id === id) ?? []);
  return columns.filter(column => (wide || column.wide !== true) && (downloading || column.id !== 'file'));
}

/** Those, placed on a line of so many cells, and where there is room beside an ample title, some of the wide table. */
export function tableColumns(state: Asked, cells: number): readonly Placed[] {
  const chosen = chosenColumns(state);
  if (state.wide || state.columns !== null) return placeColumns(chosen, cells);
  // What the preview beside the table says of the selected task goes to the title first.
  const wholeIds = previewPane(state)?.side === 'right';
  const usual = cells < roomForAction ? chosen.filter(({ id }) => id !== 'action') : chosen;
  let shown = wholeIds ? chosen.filter(({ id }) => !previewed.has(id)) : usual;
  const extras = columns.filter(({ extra }) => extra !== undefined).sort((a, b) => (a.extra ?? 0) - (b.extra ?? 0));
  for (const extra of extras) {
    // With one source every row would say the same.
    if (shown.includes(extra) || (extra.id === 'source' && state.sources.length < 2)) continue;
    const more = columns.filter(column => column === extra || shown.includes(column));
    const placed = placeColumns(more, cells, { wholeIds });
    const widthOf = (id: string) => placed.find(({ column }) => column.id === id)?.width ?? 0;
    if (widthOf('title') < (extra.id === 'id' ? titleBesideId : ampleTitle)) break;
    if (extra.id === 'id' && widthOf('id') < extra.maxWidth) break;
    shown = more;
  }
  return placeColumns(shown, cells, { wholeIds });
}

const previewed: ReadonlySet<string> = new Set(['id', 'action']);

/** The columns that `s` goes through: those that are shown or would be in a wider pane, from left to right. */
export function sortableColumns(state: Asked): readonly string[] {
  const chosen = chosenColumns(state);
  const shown = tableColumns(state, tableSize(state).columns - gutter).map(({ column }) => column);
  const named = state.columns !== null && !state.wide;
  return (named ? chosen : columns.filter(column => chosen.includes(column) || shown.includes(column))).map(
    ({ id }) => id,
  );
}

/**
 * Places columns on a line of so many cells. Those of the lowest rank are dropped until the rest fits; what is left over
 * then goes to a bar or a word beside a number, to the title, and to whole ids; to these before the title when `wholeIds`
 * is given. Of a very wide line a part stays blank.
 */
export function placeColumns(
  candidates: readonly Column[],
  cells: number,
  { wholeIds = false } = {},
): readonly Placed[] {
  let kept = candidates;
  const needed = () => kept.reduce((sum, { minWidth: least }) => sum + least + gap, -gap);
  while (kept.length > 1 && needed() > cells) {
    const last = kept.reduce((worst, column) => (column.priority > worst.priority ? column : worst));
    kept = kept.filter(column => column !== last);
  }
  let spare = Math.max(0, cells - needed());
  const widths = new Map(kept.map(column => [column, Math.min(column.minWidth, cells)]));
  const widen = (column: Column, extra: number) => {
    widths.set(column, (widths.get(column) ?? 0) + extra);
    spare -= extra;
  };
  const title = kept.find(({ id }) => id === 'title');
  const widenTitle = (most: number) => {
    if (title !== undefined) widen(title, Math.min(spare, Math.max(0, most - (widths.get(title) ?? 0))));
  };
  // All or nothing: half a bar, half a word or half an id is of no use.
  const widenWhole = (column: Column, reserve: number) => {
    const wanted = column.maxWidth - column.minWidth;
    if (spare - reserve >= wanted) widen(column, wanted);
  };
  const others = kept.filter(column => column !== title).sort((a, b) => a.priority - b.priority);
  const reserve = title === undefined ? 0 : titleReserve;
  for (const column of others.filter(({ id }) => wholeIds || id !== 'id')) widenWhole(column, reserve);
  widenTitle(ampleTitle);
  for (const column of others.filter(({ id }) => !wholeIds && id === 'id')) widenWhole(column, 0);
  widenTitle(widestTitle);
  return kept.map(column => ({ column, width: widths.get(column) ?? column.minWidth }));
}

/** In cells: the room that a title needs beyond its least width before a number gets a bar or a word. */
const titleReserve = 6;
