import { countByTab, tableWindow, visibleTasks } from '../store/selectors.ts';
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
  const written = forms.map(form => tabSegments(state, form));
  const [full = []] = written;
  const fits = (tabsWritten: readonly Segment[], parts: readonly string[]) =>
    widthOf(tabsWritten) + (parts.length === 0 ? 0 : 2 + widthOf(inARow(parts))) <= columns;
  const { files, filter, hidden, place } = viewParts(state, glyphs);
  const needed = [...filter, ...place];
  // For the order no tab becomes shorter, and nothing else goes; for the filter and the place in the list they do.
  const rich = [
    [...hiddenOrder(state, glyphs), ...files, ...filter, ...hidden, ...place],
    [...files, ...filter, ...hidden, ...place],
    [...filter, ...hidden, ...place],
  ].find(parts => fits(full, parts));
  if (rich !== undefined) return { segments: justify(full, inARow(rich), columns, glyphs) };
  const short = filter.map(text => truncate(text, shortFilter, glyphs.ellipsis));
  for (const parts of [needed, [...short, ...place], short, place]) {
    const tabsWritten = written.find(each => fits(each, parts));
    if (tabsWritten !== undefined) return { segments: justify(tabsWritten, inARow(parts), columns, glyphs) };
  }
  return { segments: justify(full, [], columns, glyphs) };
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
export function viewPhrase(state: State, glyphs: Glyphs): readonly Segment[] {
  const { files, filter, hidden, place } = viewParts(state, glyphs);
  return inARow([
    ...(state.tab === 'all' ? [] : [state.tab]),
    ...[...files, ...filter, ...hidden, ...place],
    ...(state.sort === null ? [] : [`by ${state.sort.column}`]),
  ]);
}

const inARow = (parts: readonly string[]): readonly Segment[] =>
  parts.length === 0 ? [] : [{ text: parts.join('  '), style: 'accent' }];

/** `sort: id ▾` while the column that the table is sorted by is not shown, whose title would say so. */
function hiddenOrder(state: State, glyphs: Glyphs): readonly string[] {
  if (state.sort === null) return [];
  const { column, descending } = state.sort;
  const isShown = tableColumns(state, tableSize(state).columns - gutter).some(placed => placed.column.id === column);
  return isShown ? [] : [`sort: ${column} ${descending ? glyphs.descending : glyphs.ascending}`];
}

/** In cells: a filter, and what is left of it where that is the price for its place. */
const longFilter = 21;
const shortFilter = 8;

type ViewParts = Readonly<Record<'files' | 'filter' | 'hidden' | 'place', readonly string[]>>;

/**
 * Files, filter, how many rows are hidden above and below, and which are on the screen, or how many match where all of
 * them are.
 */
function viewParts(state: State, glyphs: Glyphs): ViewParts {
  const files = state.files.size === 0 ? [] : [filesPhrase(state)];
  const filter = state.filter === '' ? [] : [truncate(`/${state.filter}`, longFilter, glyphs.ellipsis)];
  const { top, rows, count } = tableWindow(state);
  // Over an overlay it would be taken for the place in that.
  if (state.overlays.length === 0 && count > rows.length) {
    const below = count - top - rows.length;
    const hidden = [
      ...(top === 0 ? [] : [`${glyphs.ascending}${top}`]),
      ...(below === 0 ? [] : [`${glyphs.descending}${below}`]),
    ];
    const place = `${top + 1}${glyphs.ascii ? '-' : '–'}${top + rows.length}/${count}`;
    return { files, filter, hidden: [hidden.join(' ')], place: [place] };
  }
  const shown = visibleTasks(state).length;
  return {
    files,
    filter,
    hidden: [],
    place: shown === state.tasks.length ? [] : [`${shown} of ${state.tasks.length}`],
  };
}
