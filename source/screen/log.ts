import { keyOf } from '../keymap.ts';
import { aboutOf, filteredLog } from '../store/log-entries.ts';
import type { LogEntry, Overlay, State } from '../store/state.ts';
import { bodyHeight, scrollTo } from '../store/viewport.ts';
import { formatTime } from '../text/duration.ts';
import { cellWidth, fit, truncate, wrap } from '../text/width.ts';
import { nothingLine } from './nothing.ts';
import { justify, padSegments, textLine, type Segment, type StyledLine } from './segments.ts';
import { statusGlyph, statusStyles, type Glyphs } from './theme.ts';

type Log = Extract<Overlay, { kind: 'log' }>;

/** In cells: the sign of the selected entry, a time of day, and the sign of a status. */
const gutter = 2;
const timeWidth = 8;
const signWidth = 2;
/** In cells: between two columns. */
const gapOf = ({ size }: State): number => (size.columns < 60 ? 1 : 2);
/** In cells: what the names of tasks and sources have at least and at most, the latter as a share of the line. */
const leastAbout = 8;
const shareOfAbout = 0.25;
/** From so many cells on the keys stand beside the title. */
const wideFrom = 70;

/** An entry with the lines that it takes, the first of which is line `from` of all. */
type Placed = { readonly entry: LogEntry; readonly from: number; readonly lines: readonly string[] };

/** The entries that the filter leaves, the latest first, and where each is among all lines. */
export function placedLog({ filter = '' }: Log, state: State): readonly Placed[] {
  const room = Math.max(1, state.size.columns - whatStart(state));
  let from = 0;
  return filteredLog(state, filter).map(entry => {
    const placed = { entry, from, lines: wrap(entry.text, room) };
    from += placed.lines.length;
    return placed;
  });
}

/** The selected entry; undefined where none is shown. */
export const selectedIn = ({ selected = null }: Log, placed: readonly Placed[]): Placed | undefined =>
  placed.find(({ entry }) => entry === selected) ?? placed[0];

/** The new first line of the window: it moves as little as possible to show an entry. */
export function scrollToEntry({ from, lines }: Placed, placed: readonly Placed[], state: State): number {
  const height = bodyHeight(state);
  const count = placed.reduce((sum, each) => sum + each.lines.length, 0);
  return scrollTo(scrollTo(state.scroll, from + lines.length - 1, height, count), from, height, count);
}

/** The whole log, as lines in columns: when, about which task or source, and what. */
export function allLogLines(overlay: Log, state: State, glyphs: Glyphs): readonly StyledLine[] {
  const words = `nothing has happened so far: ${keyOf(state.keymap, 'back')} closes this`;
  const nothing = truncate(words, state.size.columns, glyphs.ellipsis);
  if (state.log.length === 0) return [textLine(nothing, 'muted')];
  const placed = placedLog(overlay, state);
  const chosen = selectedIn(overlay, placed);
  return placed.flatMap(each => entryLines(each, { state, glyphs, isSelected: each === chosen }));
}

/** What the screen shows of it, around the selected entry. */
export function logLines(
  overlay: Log,
  state: State,
  glyphs: Glyphs,
): { readonly heading: StyledLine; readonly lines: readonly StyledLine[] } {
  const { filter = '' } = overlay;
  const { columns } = state.size;
  const height = bodyHeight(state);
  const placed = placedLog(overlay, state);
  const chosen = selectedIn(overlay, placed);
  const top = chosen === undefined ? 0 : scrollToEntry(chosen, placed, state);
  const all = allLogLines(overlay, state, glyphs);
  const place = [
    ...(filter === '' ? [] : [`/${truncate(filter, 20, glyphs.ellipsis)}`]),
    ...(all.length > height ? [`${top + 1}-${Math.min(all.length, top + height)} of ${all.length}`] : []),
  ].join('  ');
  const key = (command: string) => keyOf(state.keymap, command);
  const hint = `  ${key('details')} goes to the task, ${key('filter')} filters, ${key('back')} closes`;
  const title: readonly Segment[] = [
    { text: 'event log', style: 'strong' },
    { text: columns < wideFrom ? '' : hint, style: 'muted' },
  ];
  return {
    heading: { segments: justify(title, [{ text: place, style: 'accent' }], columns, glyphs) },
    lines: all.length === 0 ? [nothingLine(filter, state, glyphs)] : all.slice(top, top + height),
  };
}

/** In cells: the names are as wide as the widest, within bounds. */
function aboutWidth(state: State): number {
  const most = Math.max(leastAbout, Math.floor(state.size.columns * shareOfAbout));
  return Math.min(
    most,
    state.log.reduce((widest, entry) => Math.max(widest, cellWidth(aboutOf(entry, state))), leastAbout),
  );
}

const whatStart = (state: State): number => gutter + timeWidth + aboutWidth(state) + 2 * gapOf(state) + signWidth;

type Drawing = { readonly state: State; readonly glyphs: Glyphs; readonly isSelected: boolean };

function entryLines({ entry, lines }: Placed, { state, glyphs, isSelected }: Drawing): readonly StyledLine[] {
  const { at, status } = entry;
  const sign = status === null ? '' : statusGlyph(status, glyphs);
  return lines.map((part, index): StyledLine => {
    const gap = ' '.repeat(gapOf(state));
    const segments: readonly Segment[] =
      index === 0
        ? [
            { text: isSelected ? '> ' : ' '.repeat(gutter) },
            { text: `${formatTime(at)}${gap}`, style: 'muted' },
            { text: fit(aboutOf(entry, state), aboutWidth(state), 'left', glyphs.ellipsis) + gap },
            { text: sign.padEnd(signWidth), style: status === null ? 'text' : statusStyles[status].style },
            { text: part },
          ]
        : [{ text: ' '.repeat(whatStart(state)) }, { text: part }];
    if (!isSelected) return { segments };
    const { columns } = state.size;
    const kept = segments.map(segment => (segment.style === 'muted' ? { text: segment.text } : segment));
    return { segments: padSegments(kept, columns), inverse: true };
  });
}
