import stringWidth, { type Options } from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { graphemes } from './graphemes.ts';

const sgr = /\u001b\[[\d;]*m/g;

/** Characters that take one cell whichever are beside them: Latin, dashes and quotes, arrows, lines, blocks, Braille. */
const oneCell =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2713\u2717\u2800-\u28ff]*$/;

/**
 * Cells of a text, as the package `string-width` counts them; the bundle uses this function in place of that package, in
 * Ink too (scripts/lean.js). Text of one-cell characters takes a short way: the package compiles a pattern of all emoji
 * at its first call, a tenth of the time to the first screen, and segments even bars of Braille into graphemes.
 */
function lineWidth(text: string, options?: Options): number {
  if (typeof text === 'string' && options === undefined) {
    const plain = text.includes('\u001b') ? text.replace(sgr, '') : text;
    if (oneCell.test(plain)) return plain.length;
    return measured(text);
  }
  return stringWidth(text, options);
}

// The bundle takes both for those of packages.
export { lineWidth as default, oneCell };

const widths = new Map<string, number>();
/** Enough for the titles of several screens. */
const maxWidths = 512;

/** The titles of a screen are measured at every frame, and each time the package takes them apart into graphemes. */
function measured(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  const width = stringWidth(text);
  if (widths.size === maxWidths) widths.clear();
  widths.set(text, width);
  return width;
}

const printableAscii = /^[\x20-\x7e]*$/;

/** How many terminal cells a text takes. Characters of ambiguous width (East Asian Ambiguous) count as one. */
export const cellWidth = (text: string): number => (printableAscii.test(text) ? text.length : lineWidth(text));

/** The longest start of a text that takes at most `width` cells; graphemes are not split. */
export function take(text: string, width: number): string {
  if (printableAscii.test(text)) return text.slice(0, Math.max(0, width));
  let used = 0;
  let end = 0;
  for (const { segment, index } of graphemes(text)) {
    used += cellWidth(segment);
    if (used > width) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The longest end of a text that takes at most `width` cells; graphemes are not split. */
export function takeEnd(text: string, width: number): string {
  let used = cellWidth(text);
  let start = 0;
  for (const { segment, index } of graphemes(text)) {
    start = index;
    if (used <= width) break;
    used -= cellWidth(segment);
    start += segment.length;
  }
  return text.slice(start);
}

/** Cuts a text to at most `width` cells. A text that was cut ends in `ellipsis`, if that fits. */
export function truncate(text: string, width: number, ellipsis = '…'): string {
  if (cellWidth(text) <= width) return text;
  const room = width - cellWidth(ellipsis);
  return room < 0 ? take(text, width) : take(text, room).trimEnd() + ellipsis;
}

/** Cuts a text to at most `width` cells, in its middle: of what is said the start and the end tell most. */
export function shortenMiddle(text: string, width: number, ellipsis = '…'): string {
  if (cellWidth(text) <= width) return text;
  const room = width - cellWidth(ellipsis);
  if (room < 2) return truncate(text, width, ellipsis);
  const start = take(text, Math.ceil(room / 2)).trimEnd();
  return start + ellipsis + takeEnd(text, room - cellWidth(start)).trimStart();
}

/** Cuts or pads a text to exactly `width` cells. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left', ellipsis = '…'): string {
  const cut = truncate(text, width, ellipsis);
  const padded = pad(cut, width - cellWidth(cut), align);
  // A few characters, some Thai ones among them, combine with the space after them and make the text narrower: pad again.
  return pad(padded, width - cellWidth(padded), align);
}

function pad(text: string, cells: number, align: 'left' | 'right'): string {
  const padding = ' '.repeat(Math.max(0, cells));
  return align === 'left' ? text + padding : padding + text;
}

/**
 * Breaks a text into lines of at most `width` cells, at spaces where there are any. The spaces it is broken at go; those
 * that it starts with are its own.
 */
export const wrap = (text: string, width: number): readonly string[] => {
  // Without trimming, the space stands at the start of the next line where the line before had no room for it.
  const lines = wrapAnsi(text, Math.max(1, width), { hard: true, trim: false }).split('\n');
  const trimmed = lines.map((line, index) => (index === 0 ? line : line.replace(/^ +/, '')).replace(/ +$/, ''));
  return trimmed.filter((line, index) => index === 0 || line !== '');
};
