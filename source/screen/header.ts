import { openSources } from '../store/open-sources.ts';
import type { State } from '../store/state.ts';
import { formatTime } from '../text/duration.ts';
import { batchBar, endedCount, endSentences, leftPhrase, percentPhrase } from './batch.ts';
import { pacePhrase } from './pace.ts';
import { countPhrases } from './phrases.ts';
import { justify, widthOf, type Segment, type StyledLine } from './segments.ts';
import { statusGlyph, statusStyles, type Glyphs } from './theme.ts';

/** In cells: the bar over the whole list, in a wide pane and in a narrow one. */
const wideBar = 16;
const narrowBar = 8;
/** From so many columns on the wide one is drawn. */
const wideFrom = 100;

/** What the header leaves out, the first of them first, until the rest fits. */
const dispensable = ['time', 'pace', 'percent', 'words', 'left', 'bar', 'ended', 'name'] as const;
type Dispensable = (typeof dispensable)[number];

/**
 * How far the list is and when it will be done: `cliptop  ████▒░░·  7 of 12 · 58%  4 running  7 done`, and at the
 * right the pace, `about 0:40 left`, and the time of the last answer. When all has ended it says what that came to.
 */
export function headerLine(state: State, glyphs: Glyphs): StyledLine {
  const { columns } = state.size;
  const ends = endSentences(state);
  let line: Ends = { left: [], right: [] };
  for (let dropped = 0; dropped <= dispensable.length; dropped++) {
    const without = new Set<Dispensable>(dispensable.slice(0, dropped));
    line = ends.length === 0 ? openEnds(state, without, glyphs) : closedEnds(state, ends, without, glyphs);
    const width = widthOf(line.left) + (line.right.length === 0 ? 0 : widthOf(line.right) + 2);
    if (width <= columns) break;
  }
  return { segments: justify(line.left, line.right, columns, glyphs) };
}

/** Both ends of the line. */
type Ends = { readonly left: readonly Segment[]; readonly right: readonly Segment[] };

function openEnds(state: State, without: ReadonlySet<Dispensable>, glyphs: Glyphs): Ends {
  const some = state.tasks.length > 0;
  const bar = some && !without.has('bar') ? batchBar(state, barCells(state), glyphs) : [];
  const facts = [
    ...(some && !without.has('ended') ? [endedCount(state)] : []),
    ...(some && !without.has('percent') ? [percentPhrase(state)] : []),
  ].join(` ${glyphs.separator} `);
  const left = [
    ...nameSegments(state, without),
    ...(bar.length === 0 ? [] : [{ text: '  ' }, ...bar]),
    ...(facts === '' ? [] : [{ text: `  ${facts}` }]),
    ...countSegments(state, glyphs, !without.has('words')),
  ];
  return { left, right: rightEnd(state, without, glyphs) };
}

function closedEnds(state: State, ends: readonly string[], without: ReadonlySet<Dispensable>, glyphs: Glyphs): Ends {
  const form = without.has('words') ? 2 : without.has('percent') ? 1 : 0;
  const sentence: Segment[] = without.has('ended')
    ? []
    : [{ text: `${without.has('bar') ? '' : '  '}${ends[form] ?? ''}` }];
  // The sentence tells more than the name of the program.
  const name = without.has('bar') && sentence.length > 0 ? [] : nameSegments(state, without);
  const left = [...name, ...(sentence.length === 0 ? countSegments(state, glyphs, false) : sentence)];
  return { left, right: rightEnd(state, without, glyphs) };
}

const barCells = ({ size }: State): number => (size.columns >= wideFrom ? wideBar : narrowBar);

function nameSegments({ demo }: State, without: ReadonlySet<Dispensable>): readonly Segment[] {
  if (without.has('name')) return [];
  return [
    { text: 'cliptop', style: 'strong' },
    ...(demo ? [{ text: ' ' }, { text: 'demo', style: 'warning' as const }] : []),
  ];
}

/** That it is paused stays longest. Once all has ended nothing is asked, at no pace. */
function rightEnd(state: State, without: ReadonlySet<Dispensable>, glyphs: Glyphs): readonly Segment[] {
  const over = state.tasks.length > 0 && openSources(state.tasks).size === 0;
  // It changes at each poll, as the time does: near the end of the line that costs few bytes.
  const left = without.has('left') ? null : leftPhrase(state);
  const facts = [
    ...(state.paused ? ['paused'] : []),
    ...(without.has('pace') || over ? [] : [pacePhrase(state, glyphs)]),
    ...(left === null ? [] : [left]),
    ...(without.has('time') || state.polledAt === null ? [] : [formatTime(state.polledAt)]),
  ];
  return facts.length === 0
    ? []
    : [{ text: facts.join(` ${glyphs.separator} `), style: state.paused ? 'strong' : 'text' }];
}

/** The counts in words, or as signs. */
function countSegments(state: State, glyphs: Glyphs, words: boolean): readonly Segment[] {
  return countPhrases(state).flatMap(({ status, count, text }): Segment[] => {
    const short = `${statusGlyph(status, glyphs)}${count}`;
    const style = status === 'pending' ? 'text' : statusStyles[status].style;
    return [{ text: words ? '  ' : ' ' }, { text: words ? text : short, style }];
  });
}
