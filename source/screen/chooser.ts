import { keyOf } from '../keymap.ts';
import { wordMatcher } from '../store/filter.ts';
import type { Overlay, State } from '../store/state.ts';
import { bodyHeight, scrollTo } from '../store/viewport.ts';
import { truncate } from '../text/width.ts';
import { printable } from '../text/printable.ts';
import { nothingLine } from './nothing.ts';
import { cutSegments, justify, padSegments, type Segment, type StyledLine } from './segments.ts';
import type { Glyphs } from './theme.ts';

type Chooser = Extract<Overlay, { kind: 'choose' }>;

/** A line of the chooser, and what it stands for, as indexes in the list of choices: one of them, or all. */
type Choice = { readonly label: string; readonly text: string; readonly indexes: readonly number[] };

/** What the filter leaves of the choices, and behind several of them a line for all. */
export function shownChoices({ choices, filter = '' }: Chooser): readonly Choice[] {
  const matches = wordMatcher(filter);
  const each = choices
    .map((text, index) => ({ label: `${index + 1}`, text, indexes: [index] }))
    .filter(({ label, text }) => matches(`${label}  ${text}`));
  const all = { label: 'a', text: `all ${each.length}`, indexes: each.flatMap(({ indexes }) => indexes) };
  return each.length > 1 ? [...each, all] : each;
}

/** From so many cells on there is room to say what the keys do. */
const wideFrom = 80;

/** The chooser: its title, and the choices; see `OverlayLines`. */
export function chooserLines(
  chooser: Chooser,
  state: State,
  glyphs: Glyphs,
): { readonly heading: StyledLine; readonly lines: readonly StyledLine[] } {
  const { title, filter = '', selected = 0 } = chooser;
  const { columns } = state.size;
  const shown = shownChoices(chooser);
  const height = bodyHeight(state);
  const top = scrollTo(state.scroll, selected, height, shown.length);
  const visible = shown.slice(top, top + height);
  const place = [
    ...(filter === '' ? [] : [`/${truncate(printable(filter), 20, glyphs.ellipsis)}`]),
    ...(shown.length > height ? [`${top + 1}-${top + visible.length} of ${shown.length}`] : []),
  ].join('  ');
  const key = (command: string) => keyOf(state.keymap, command);
  const hint = `  ${key('details')} or its digit, a for all, ${key('back')} closes`;
  const heading: readonly Segment[] = [
    { text: title, style: 'strong' },
    { text: columns < wideFrom ? '' : hint, style: 'muted' },
  ];
  const labelWidth = Math.max(...shown.map(({ label }) => label.length), 1);
  const lineOf = ({ label, text }: Choice, isSelected: boolean): StyledLine => {
    const segments = cutSegments(
      [
        { text: isSelected ? '> ' : '  ' },
        { text: label.padEnd(labelWidth), style: isSelected ? 'text' : 'strong' },
        { text: `  ${text}` },
      ],
      columns,
      glyphs,
    );
    return isSelected ? { segments: padSegments(segments, columns), inverse: true } : { segments };
  };
  return {
    heading: { segments: justify(heading, [{ text: place, style: 'accent' }], columns, glyphs) },
    lines:
      shown.length === 0
        ? [nothingLine(filter, state, glyphs)]
        : visible.map((choice, index) => lineOf(choice, top + index === selected)),
  };
}
