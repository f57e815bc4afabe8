import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchSubsequence } from '../../source/text/subsequence.ts';

/** A text with the found letters between brackets. */
function found(query: string, text: string): string | null {
  const match = matchSubsequence(query, text);
  if (match === null) return null;
  return Array.from(text, (letter, index) => (match.positions.includes(index) ? `[${letter}]` : letter))
    .join('')
    .replaceAll('][', '');
}

const scoreOf = (query: string, text: string): number => matchSubsequence(query, text)?.score ?? -Infinity;

describe('letters in their order', () => {
  it.each([
    ['cu', 'copy-url', '[c]opy-[u]rl'],
    ['url', 'copy the audio URL(s)', 'copy the audio [URL](s)'],
    ['COPY', 'copy-url', '[copy]-url'],
    ['copy url', 'copy-url', '[copy]-[url]'],
    ['in', 'shorter interval', 'shorter [in]terval'],
    ['雨', '夜の雨', '夜の[雨]'],
    ['', 'anything', 'anything'],
  ])('%j in %j', (query, text, expected) => {
    expect(found(query, text)).toBe(expected);
  });

  it.each([
    ['x', 'copy'],
    ['pc', 'cp'],
    ['cc', 'c'],
    ['c', ''],
  ])('%j is not in %j', (query, text) => {
    expect(matchSubsequence(query, text)).toBeNull();
  });

  it('are worth more at the start of words than within them, and together than apart', () => {
    expect(scoreOf('so', 'show or fold')).toBeGreaterThan(scoreOf('so', 'also'));
    expect(scoreOf('mark', 'mark all')).toBeGreaterThan(scoreOf('mark', 'my ark'));
  });

  it('are found exactly where they stand, in whatever text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', maxLength: 4 }), (text, query) => {
        const match = matchSubsequence(query, text);
        const places = match?.positions ?? [];
        expect(places).toEqual([...places].sort((a, b) => a - b));
        const lower = (letter: string) => Array.from(letter.toLowerCase())[0];
        const wanted = Array.from(query.replace(/\s+/g, ''), lower);
        if (match === null) return;
        expect(places.map(place => lower(String.fromCodePoint(text.codePointAt(place) ?? 0)))).toEqual(wanted);
      }),
    );
  });

  it.each(['İ', 'ΟΔΟΣ', 'ẞ'])('are found in %s itself, whose lower case is longer or depends on its place', text => {
    expect(matchSubsequence(text, text)).not.toBeNull();
    expect(matchSubsequence(text, `${text} ${text}`)).not.toBeNull();
  });

  it('of a part of a text are found in it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 3 }), { maxLength: 6 }), parts => {
        const kept = parts.filter((_, index) => index % 2 === 0).join('');
        expect(matchSubsequence(kept, parts.join(''))).not.toBeNull();
      }),
    );
  });
});
