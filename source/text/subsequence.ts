/** Where the letters of a query stand in a text, as indexes of UTF-16 units, and how good a match that is: more is better. */
type SubsequenceMatch = { readonly score: number; readonly positions: readonly number[] };

/** What a found letter counts by itself, at the start of a word, and right behind the one before. */
const letter = 1;
const wordStart = 8;
const neighbour = 9;
/** What each skipped letter takes away, and the most that one gap does. */
const skipped = 0.3;
const widestGap = 3;

/**
 * Finds the letters of a query in a text in their order, others between them, whatever their case; blanks of the query
 * do not count. Of all ways to find them it takes the best one: whole words and their starts before letters strewn about.
 * null when they are not there; an empty query is found in every text.
 */
export function matchSubsequence(query: string, text: string): SubsequenceMatch | null {
  const wanted = Array.from(query.replace(/\s+/g, ''), lowerCase);
  const letters = lettersOf(text);
  if (wanted.length === 0) return { score: 0, positions: [] };
  if (wanted.length > letters.length) return null;

  // ways[i][j]: the best score with the wanted letter i found at place j, and the place of the one before.
  const ways: { readonly score: number; readonly from: number }[][] = [];
  for (const [index, character] of wanted.entries()) {
    const before = ways[index - 1];
    ways.push(
      letters.map(({ lower, starts }, place) => {
        if (lower !== character) return impossible;
        const value = letter + (starts ? wordStart : 0);
        if (before === undefined) return { score: value - gapCost(place), from: -1 };
        const best = bestBefore(before, place);
        return { score: best.score + value, from: best.from };
      }),
    );
  }
  const last = ways.at(-1) ?? [];
  const scores = last.map(({ score }) => score);
  const score = Math.max(...scores);
  if (score === -Infinity) return null;
  const positions: number[] = [];
  for (let place = scores.indexOf(score), index = ways.length - 1; index >= 0; index--) {
    positions.unshift(letters[place]?.position ?? 0);
    place = ways[index]?.[place]?.from ?? -1;
  }
  return { score, positions };
}

const impossible = { score: -Infinity, from: -1 } as const;

const gapCost = (length: number): number => Math.min(widestGap, length * skipped);

function bestBefore(before: readonly { readonly score: number }[], place: number) {
  let best: { score: number; from: number } = impossible;
  for (const [from, { score }] of before.slice(0, place).entries()) {
    const gap = place - from - 1;
    const total = score + (gap === 0 ? neighbour : -gapCost(gap));
    if (total > best.score) best = { score: total, from };
  }
  return best;
}

/** Letter by letter, so that query and text agree: `İ` becomes two letters of which the first counts, and `Σ` knows no end of a word. */
const lowerCase = (letter: string): string => Array.from(letter.toLowerCase())[0] ?? '';

/** Each letter of a text in lower case, its place, and whether a word starts with it. */
function lettersOf(text: string) {
  let position = 0;
  let inWord = false;
  return Array.from(text, character => {
    const isWord = /[\p{L}\p{N}]/u.test(character);
    const found = { lower: lowerCase(character), position, starts: isWord && !inWord };
    position += character.length;
    inWord = isWord;
    return found;
  });
}
