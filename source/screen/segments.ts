import { toAscii } from '../text/ascii.ts';
import { findWords } from '../text/find-words.ts';
import { cellWidth, truncate } from '../text/width.ts';
import type { Tab } from '../store/state.ts';
import type { Rgb } from './colors.ts';
import type { Glyphs, Style } from './theme.ts';

/** What a click on some words is for: a tab, or the title of a column. */
export type Hit = { readonly kind: 'tab'; readonly tab: Tab } | { readonly kind: 'column'; readonly column: string };

/**
 * A piece of a line, drawn in one style. Where the terminal knows links, one with an address leads there. An inverse one
 * is drawn with foreground and background exchanged.
 */
export type Segment = {
  readonly text: string;
  readonly style?: Style;
  readonly link?: string;
  readonly inverse?: boolean;
  /** Made of blocks, which exchanged colours would turn into a hole: an inverse one is drawn as elsewhere. */
  readonly blocks?: boolean;
  readonly hit?: Hit;
  /** The colours of a part of a picture, in place of a style. */
  readonly colors?: { readonly foreground: Rgb; readonly background: Rgb };
  /** Blanks that the terminal draws a picture over: which row of it, of how many. */
  readonly picture?: { readonly url: string; readonly row: number; readonly rows: number };
};

/**
 * One line of the screen. An inverse one is inverse from its first cell to its last. One that `continues` goes on with the
 * line before it, which was too long: a filter keeps or hides both.
 */
export type StyledLine = {
  readonly segments: readonly Segment[];
  readonly inverse?: boolean;
  readonly continues?: boolean;
};

export const blankLine: StyledLine = { segments: [] };

/** A line in one style. */
export const textLine = (text: string, style: Style = 'text'): StyledLine => ({ segments: [{ text, style }] });

/** What was broken into lines, which stay together under a filter. */
export const oneBroken = (lines: readonly StyledLine[]): readonly StyledLine[] =>
  lines.map((line, index) => (index === 0 ? line : { ...line, continues: true }));

/** The words of a line, without their style. */
export const plainText = ({ segments }: StyledLine): string => segments.map(({ text }) => text).join('');

/** How many cells segments take together. */
export const widthOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { text }) => sum + cellWidth(text), 0);

/** Segments cut to at most so many cells; what is cut ends in an ellipsis. */
export function cutSegments(segments: readonly Segment[], cells: number, glyphs: Glyphs): readonly Segment[] {
  let room = cells;
  const kept: Segment[] = [];
  for (const [index, segment] of segments.entries()) {
    const width = cellWidth(segment.text);
    const isLast = index === segments.length - 1;
    if (width < room || (isLast && width === room)) {
      kept.push(segment);
      room -= width;
    } else {
      // With the blanks it is too long in any case, so that the ellipsis says that more follows.
      const text = segment.text + (isLast ? '' : ' '.repeat(cells));
      kept.push({ ...segment, text: truncate(text, room, glyphs.ellipsis) });
      break;
    }
  }
  return kept;
}

/** Segments followed by blanks up to so many cells, and by at least `minBlanks` of them. */
export function padSegments(segments: readonly Segment[], cells: number, minBlanks = 0): readonly Segment[] {
  const blanks = Math.max(minBlanks, cells - widthOf(segments));
  return blanks === 0 ? segments : [...segments, { text: ' '.repeat(blanks) }];
}

/** From this many cells on there is room at the left of what stands at the right end of a line. */
const minLeft = 10;
const minGap = 2;

/** Left and right ends of a line; the left one is cut when they do not fit, the right one goes when it alone does not. */
export function justify(
  left: readonly Segment[],
  right: readonly Segment[],
  cells: number,
  glyphs: Glyphs,
): readonly Segment[] {
  const rightWidth = widthOf(right);
  if (rightWidth === 0 || rightWidth + minGap + minLeft > cells) return cutSegments(left, cells, glyphs);
  const cut = cutSegments(left, cells - rightWidth - minGap, glyphs);
  return [...padSegments(cut, cells - rightWidth, minGap), ...right];
}

/** The same words in one style: what is said by colour otherwise is said by none of them. What was found stays marked. */
export const restyled = (segments: readonly Segment[], style: Style): readonly Segment[] =>
  segments.map(({ text, style: own }) => ({ text, style: own === 'match' ? own : style }));

/** Neighbours that are drawn alike and have one address as one segment: fewer elements to draw. */
export function joinSegments(segments: readonly Segment[]): readonly Segment[] {
  const result: Segment[] = [];
  for (const segment of segments) {
    const last = result.at(-1);
    if (last !== undefined && isAlike(last, segment)) {
      result[result.length - 1] = { ...last, text: last.text + segment.text };
    } else {
      result.push(segment);
    }
  }
  return result;
}

const isAlike = (one: Segment, other: Segment): boolean =>
  (one.style ?? 'text') === (other.style ?? 'text') && one.link === other.link && one.blocks === other.blocks;

/** A segment with the words in it, which are in lower case, in the style of what was found. */
export function withMatches(segment: Segment, words: readonly string[]): readonly Segment[] {
  const { text } = segment;
  const pieces: Segment[] = [];
  let end = 0;
  for (const { from, to } of words.length === 0 ? [] : findWords(text, words)) {
    if (from > end) pieces.push({ ...segment, text: text.slice(end, from) });
    pieces.push({ ...segment, text: text.slice(from, to), style: 'match' });
    end = to;
  }
  return end === 0 ? [segment] : end < text.length ? [...pieces, { ...segment, text: text.slice(end) }] : pieces;
}

/** Without the blanks at its end, which would be bytes for nothing. */
export function trimSegments(segments: readonly Segment[]): readonly Segment[] {
  const last = segments.at(-1);
  return last === undefined ? segments : [...segments.slice(0, -1), { ...last, text: last.text.trimEnd() }];
}

export const lineInAscii = (line: StyledLine): StyledLine => ({
  ...line,
  segments: line.segments.map(segment => ({ ...segment, text: toAscii(segment.text) })),
});
