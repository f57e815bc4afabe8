import { graphemes } from './graphemes.ts';

/** From the first UTF-16 unit to the one behind the last. */
type Range = { readonly from: number; readonly to: number };

/**
 * Where words stand in a text, whatever their case, from left to right and without overlaps. The words are in lower case.
 * A character that is found in part is found whole: an accent is not parted from its letter.
 */
export function findWords(text: string, words: readonly string[]): readonly Range[] {
  const { lower, starts } = inLowerCase(text);
  const found: Range[] = [];
  for (const word of words) {
    if (word === '') continue;
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
      const end = at + word.length;
      found.push(starts === null ? { from: at, to: end } : { from: starts[at] ?? 0, to: endIn(starts, end, text) });
    }
  }
  if (found.length === 0) return [];
  const isAscii = starts === null && /^[\x20-\x7e]*$/.test(text);
  return joined(isAscii ? found : found.map(range => whole(range, text)));
}

/** null: each unit of the lower case stands where the one stands that it comes from. */
type Lower = { readonly lower: string; readonly starts: readonly number[] | null };

/** A few characters have more units in lower case than in upper case: İ has two. */
function inLowerCase(text: string): Lower {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return { lower, starts: null };
  const starts: number[] = [];
  let at = 0;
  for (const character of text) {
    starts.push(...Array.from({ length: character.toLowerCase().length }, () => at));
    at += character.length;
  }
  return { lower, starts };
}

/** Behind the character that the unit before `end` comes from. */
function endIn(starts: readonly number[], end: number, text: string): number {
  const last = starts[end - 1] ?? 0;
  return starts.slice(end).find(start => start > last) ?? text.length;
}

function whole({ from, to }: Range, text: string): Range {
  const segments = graphemes(text);
  const last = segments.containing(to - 1);
  return {
    from: segments.containing(from)?.index ?? from,
    to: last === undefined ? to : last.index + last.segment.length,
  };
}

function joined(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last === undefined || range.from > last.to) result.push(range);
    else result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
  }
  return result;
}
