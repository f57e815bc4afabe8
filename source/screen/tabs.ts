import { countByTab, tableRows, tableWindow, visibleTasks } from '../store/selectors.ts';
import { tabs, type State, type Tab } from '../store/state.ts';
import { tableSize } from '../store/viewport.ts';
import { truncate } from '../text/width.ts';
import { filesPhrase } from './phrases.ts';
import { gutter, tableColumns } from './placement.ts';
import { justify, widthOf, type Segment, type StyledLine } from './segments.ts';
import type { Glyphs } from './theme.ts';

const names = { all: 'All', active: 'Active', done: 'Done', failed: 'Failed' } as const;
const shortNames = { all: 'All', active: 'Act', done: 'Done', failed: 'Fail' } as const;

/** How the tabs are written: in full, shorter, and with the count of the chosen one alone. */
const forms: readonly ((tab: Tab, count: number, chosen: boolean) => string)[] = [
  (tab, count) => `${names[tab]} ${count}`,
  (tab, count) => `${shortNames[tab]} ${count}`,
  (tab, count, chosen) => (chosen ? `${names[tab]} ${count}` : shortNames[tab]),
];

/**
 * The tabs with how many tasks each has, the chosen one between brackets, and at the right what else narrows the table:
 * ` All 12  [Active 8]  Done 3   Failed 1        /rain  23–40/300`. Before that the order, where no title shows it.
 */
export function tabsLine(state: State, glyphs: Glyphs): StyledLine {
  const { columns } = state.size;
  let parts = viewParts(state, glyphs);
  const fits = (tabsWritten: readonly Segment[]) =>
    widthOf(tabsWritten) + (parts.length === 0 ? 0 : 2 + widthOf(inARow(parts))) <= columns;
  const written = forms.map(form => tabSegments(state, form));
  const [full = []] = written;
  // Where not all of it fits, the filter and the place in the list stay, and the tabs become shorter for the last of these.
  while (parts.length > 1 && !fits(full)) parts = parts.slice(1);
  const chosen = written.find(fits);
  if (chosen === undefined) parts = [];
  // For the order no tab becomes shorter, and nothing else goes.
  const order = chosen === full ? hiddenOrder(state, glyphs) : [];
  const others = parts;
  parts = [...order, ...others];
  if (!fits(full)) parts = others;
  return { segments: justify(chosen ?? full, inARow(parts), columns, glyphs) };
}

function tabSegments(state: State, form: (typeof forms)[number]): readonly Segment[] {
  const counts = countByTab(state.tasks);
  return tabs.map(tab => {
    const text = form(tab, counts[tab], tab === state.tab);
    // Brackets and not only a colour, so that it shows without one.
    const hit = { kind: 'tab', tab } as const;
    return tab === state.tab ? { text: `[${text}]`, style: 'strong', hit } : { text: ` ${text} `, style: 'muted', hit };
  });
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

/** `sort: id ▾` while the column that the table is sorted by is not shown, whose title would say so. */
function hiddenOrder(state: State, glyphs: Glyphs): readonly string[] {
  if (state.sort === null) return [];
  const { column, descending } = state.sort;
  const isShown = tableColumns(state, tableSize(state).columns - gutter).some(placed => placed.column.id === column);
  return isShown ? [] : [`sort: ${column} ${descending ? glyphs.descending : glyphs.ascending}`];
}

/** Files, filter, how many rows are hidden above and below, and which are on the screen; what matters most last. */
function viewParts(state: State, glyphs: Glyphs): readonly string[] {
  const parts: string[] = state.files.size === 0 ? [] : [filesPhrase(state)];
  if (state.filter !== '') parts.push(`/${truncate(state.filter, 20, glyphs.ellipsis)}`);
  const shown = visibleTasks(state).length;
  // Over an overlay it would be taken for the place in that.
  if (state.overlays.length === 0 && tableRows(state).length > tableSize(state).rows) {
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
