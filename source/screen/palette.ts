import { keyLabel, type Binding } from '../keymap.ts';
import type { Overlay, State } from '../store/state.ts';
import { bodyHeight, scrollTo } from '../store/viewport.ts';
import { printable } from '../text/printable.ts';
import { matchSubsequence } from '../text/subsequence.ts';
import { truncate } from '../text/width.ts';
import { whyNot } from './availability.ts';
import { cutSegments, justify, padSegments, textLine, type Segment, type StyledLine } from './segments.ts';
import type { Glyphs, Style } from './theme.ts';

/** A command in the palette. */
type Entry = {
  readonly binding: Binding;
  /** The letters that were found, as indexes in the phrase of help or in the name. */
  readonly inHelp: readonly number[];
  readonly inName: readonly number[];
  /** Why it cannot act now; null: it can. */
  readonly reason: string | null;
};

/** The groups of commands as a newcomer wants them: what is done to a task first, how to move last. */
const order: readonly Binding['group'][] = ['Act', 'Listen', 'List', 'Look', 'Choose', 'Poll', 'Leave', 'Move'];

/** A query that is the name of a key finds the command of that key before all others. */
const keyScore = 1000;

/** The commands whose phrase or name has the letters of the query, the best match first; without a query all, by group. */
export function paletteEntries(query: string, state: State, keymap: readonly Binding[]): readonly Entry[] {
  const beneath = { ...state, overlays: state.overlays.filter(({ kind }) => kind !== 'palette') };
  const inOrder = keymap
    .filter(({ command }) => command !== 'palette')
    .sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
  const wanted = query.trim();
  const found = inOrder.flatMap(binding => {
    const help = matchSubsequence(wanted, binding.help);
    const name = matchSubsequence(wanted, binding.command);
    const isKey = binding.keys.some(key => key === wanted || keyLabel(key) === wanted);
    if (help === null && name === null && !isKey) return [];
    const inHelp = help?.positions ?? [];
    const score = Math.max(help?.score ?? -Infinity, name?.score ?? -Infinity, isKey ? keyScore : -Infinity);
    // In one of them only: where it is found better, and is sure to be on the screen.
    const inName = help === null ? (name?.positions ?? []) : [];
    return [{ score, entry: { binding, inHelp, inName, reason: whyNot(binding.command, beneath, keymap) } }];
  });
  // Of those found as well as each other, first where the query is the most of the word that it begins.
  const word = ({ binding: { help } }: Entry) => shortestWord(help, wanted);
  return found.sort((a, b) => b.score - a.score || word(a.entry) - word(b.entry)).map(({ entry }) => entry);
}

/** The length of the shortest word of a phrase that begins so, or more than that of any. */
const shortestWord = (phrase: string, start: string): number =>
  Math.min(
    100,
    ...(phrase.toLowerCase().match(/\w+/g) ?? [])
      .filter(word => start !== '' && word.startsWith(start.toLowerCase()))
      .map(({ length }) => length),
  );

/** From so many cells on there is room for all keys of a command, and for its name or why it cannot act. */
const wideFrom = 60;
/** In cells: the sign of the chosen row; its keys, all of them and the first one. */
const gutter = 2;
const keysWidth = 14;
const keyWidth = 10;

/** The palette: its title, and the commands that its query leaves; see `OverlayLines`. */
export function paletteLines(
  { filter = '', selected }: Extract<Overlay, { kind: 'palette' }>,
  state: State,
  keymap: readonly Binding[],
  glyphs: Glyphs,
): { readonly heading: StyledLine; readonly lines: readonly StyledLine[] } {
  const entries = paletteEntries(filter, state, keymap);
  const { columns } = state.size;
  const height = bodyHeight(state);
  const top = scrollTo(state.scroll, selected, height, entries.length);
  const shown = entries.slice(top, top + height);
  const place = entries.length > height ? `${top + 1}-${top + shown.length} of ${entries.length}` : '';
  const hint = columns >= wideFrom ? '  type to find one, Enter runs it, Esc closes' : '';
  const title: readonly Segment[] = [
    { text: 'commands', style: 'strong' },
    { text: hint, style: 'muted' },
  ];
  return {
    heading: { segments: justify(title, [{ text: place, style: 'accent' }], columns, glyphs) },
    lines:
      entries.length === 0
        ? [textLine(truncate(`no command for "${printable(filter)}": ctrl-u clears it`, columns, glyphs.ellipsis))]
        : shown.map((entry, index) => entryLine(entry, top + index === selected, columns, glyphs)),
  };
}

function entryLine(entry: Entry, selected: boolean, columns: number, glyphs: Glyphs): StyledLine {
  const { binding, inHelp, inName, reason } = entry;
  const wide = columns >= wideFrom;
  const keys = binding.keys.map(keyLabel);
  const label = (wide ? keys.join(' ') : (keys[0] ?? '')).padEnd(wide ? keysWidth : keyWidth);
  const usual = reason === null ? 'text' : 'muted';
  const help = marked(binding.help, inHelp, usual);
  const name = marked(binding.command, inName, 'muted');
  const why: readonly Segment[] = reason === null ? [] : [{ text: reason, style: 'muted' }];
  const left: readonly Segment[] = [
    { text: selected ? '> ' : ' '.repeat(gutter) },
    { text: label, style: reason === null ? 'accent' : 'muted' },
    ...help,
    ...(wide || reason === null ? [] : [{ text: ': ', style: 'muted' as const }, ...why]),
  ];
  const segments = wide
    ? justify(left, reason === null ? name : why, columns, glyphs)
    : cutSegments(left, columns, glyphs);
  return selected ? { segments: padSegments(withoutColour(segments), columns), inverse: true } : { segments };
}

/** On the row with exchanged colours only what was found stands out. */
const withoutColour = (segments: readonly Segment[]): readonly Segment[] =>
  segments.map(segment => (segment.style === 'match' ? segment : { text: segment.text }));

/** A text with the letters at these places as found ones. */
function marked(text: string, positions: readonly number[], style: Style): readonly Segment[] {
  const found = new Set(positions);
  const segments: Segment[] = [];
  let from = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && found.has(at) === found.has(from)) continue;
    segments.push({ text: text.slice(from, at), style: found.has(from) ? 'match' : style });
    from = at;
  }
  return segments;
}
