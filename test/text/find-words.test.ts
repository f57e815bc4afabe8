import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findWords } from '../../source/text/find-words.ts';

const found = (text: string, ...words: string[]) => findWords(text, words).map(({ from, to }) => text.slice(from, to));

describe('words', () => {
  it.each([
    ['Weekend Morning', ['morn'], ['Morn']],
    ['rain, Rain, RAIN', ['rain'], ['rain', 'Rain', 'RAIN']],
    ['雨の夜の電車', ['夜の'], ['夜の']],
    ['Straße', ['ße'], ['ße']],
    // İ is two characters in lower case.
    ['İstanbul by night', ['stan', 'night'], ['stan', 'night']],
    ['İstanbul', ['i̇s'], ['İs']],
    ['ΟΔΥΣΣΕΥΣ', ['σσ'], ['ΣΣ']],
    // One behind the other, or over each other, they are one piece.
    ['banana', ['ana', 'nan'], ['anana']],
    ['aaaa', ['aa'], ['aaaa']],
    ['nothing', ['rain', ''], []],
    ['', ['rain'], []],
  ])('of %j, %j are found as %j', (text, words, pieces) => expect(found(text, ...words)).toEqual(pieces));

  it('that end within a character are found with all of it', () => {
    expect(found('cafe\u0301 au lait', 'cafe')).toEqual(['cafe\u0301']);
    expect(found('🇩🇪 song', '🇩')).toEqual(['🇩🇪']);
  });

  it('are in order, apart, and hold what was sought', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.string({ unit: 'grapheme', maxLength: 3 })),
        (text, some) => {
          const words = some.map(word => word.toLowerCase());
          const ranges = findWords(text, words);
          let end = -1;
          for (const { from, to } of ranges) {
            expect(from).toBeGreaterThan(end);
            expect(to).toBeGreaterThan(from);
            end = to;
          }
          expect(end).toBeLessThanOrEqual(text.length);
          for (const word of words)
            if (word !== '') expect(ranges.length > 0 || !text.toLowerCase().includes(word)).toBe(true);
        },
      ),
    );
  });
});
