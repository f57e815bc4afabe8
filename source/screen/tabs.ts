import { countByTab, tableRows, tableWindow, visibleTasks } from '../store/selectors.ts';
import { tabs, type State } from '../store/state.ts';
import { tableSize } from '../store/viewport.ts';
import { truncate } from '../text/width.ts';
import { filesPhrase } from './phrases.ts';
import { justify, widthOf, type Segment, type StyledLine } from './segments.ts';
import type { Glyphs } from './theme.ts';

const names = { all: 'All', active: 'Active', done: 'Done', failed: 'Failed' } as const;

/**
 * The tabs with how many tasks each has, the chosen one between brackets, and at the right what else narrows the table:
 * ` All 12  [Active 8]  Done 3   Failed 1        /rain  23–40/300`.
 */
export function tabsLine(state: State, glyphs: Glyphs): StyledLine {
  const counts = countByTab(state.tasks);
  const segments = tabs.flatMap((tab): Segment[] => {
    const text = `${names[tab]} ${counts[tab]}`;
    // Brackets and not only a colour, so that it shows without one.
    return tab === state.tab ? [{ text: `[${text}]`, style: 'strong' }] : [{ text: ` ${text} `, style: 'muted' }];
  });
  const all = viewParts(state, glyphs);
  // Where not all of it fits, the filter and the place in the list stay.
  let parts = all;
  while (parts.length > 0 && widthOf(segments) + 2 + widthOf(inARow(parts)) > state.size.columns)
    parts = parts.slice(1);
  return { segments: justify(segments, inARow(parts), state.size.columns, glyphs) };
}

/** What narrows the table, where the pane is too low for tabs. */
export const viewPhrase = (state: State, glyphs: Glyphs): readonly Segment[] =>
  inARow([
    ...(state.tab === 'all' ? [] : [state.tab]),
    ...viewParts(state, glyphs),
    ...(state.sort === null ? [] : [`by ${state.sort.column}`]),
  ]);

const inARow = (parts: readonly string[]): readonly Segment[] =>
  parts.length === 0 ? [] : [{ text: parts.join('  '), style: 'accent' }];

/** Files, filter, how many rows are hidden above and below, and which are on the screen; what matters most last. */
function viewParts(state: State, glyphs: Glyphs): readonly string[] {
  const parts: string[] = state.files.size === 0 ? [] : [filesPhrase(state)];
  if (state.filter !== '') parts.push(`/${truncate(state.filter, 20, glyphs.ellipsis)}`);
  const shown = visibleTasks(state).length;
  if (tableRows(state).length > tableSize(state).rows) {
    const { top, rows, count } = tableWindow(state);
    const below = count - top - rows.length;
    const hidden = [
      ...(top === 0 ? [] : [`${glyphs.ascending}${top}`]),
      ...(below === 0 ? [] : [`${glyphs.descending}${below}`]),
    ];
    parts.push(hidden.join(' '));
    parts.push(`${top + 1}${glyphs.ascii ? '-' : '–'}${top + rows.length}/${count}`);
  }
  if (shown !== state.tasks.length) parts.push(`${shown} of ${state.tasks.length}`);
  return parts;
}
