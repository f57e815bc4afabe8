import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { sanitizeLine } from '../../source/task/sanitize.ts';
import lineWidth, { cellWidth, fit, take, truncate, wrap, shortenMiddle } from '../../source/text/width.ts';
import { hostileText } from '../helpers/arbitrary.ts';

test.each([
  ['abc', 3],
  ['雨夜', 4],
  ['ｱ', 1],
  ['🚋', 2],
  ['e\u0301', 1],
  ['שלום', 4],
  ['한', 2],
  ['½①♥…—', 5],
  ['', 0],
])('%j takes %i cells', (text, width) => {
  expect(cellWidth(text)).toBe(width);
});

test.each([
  ['雨の夜', 5, '雨の…'],
  ['雨の夜', 4, '雨…'],
  ['雨の夜', 6, '雨の夜'],
  ['ab cd', 4, 'ab…'],
  ['ab', 1, '…'],
  ['雨', 1, '…'],
  ['ab', 0, ''],
  ['ab', -1, ''],
])('%j cut to %i cells is %j', (text, width, expected) => {
  expect(truncate(text, width)).toBe(expected);
});

test('a cut never splits a grapheme', () => {
  expect(take('a🚋b', 2)).toBe('a');
  expect(take('e\u0301e\u0301', 1)).toBe('e\u0301');
  expect(truncate('abcdef', 5, '...')).toBe('ab...');
});

test('pads on the given side', () => {
  expect(fit('雨', 4)).toBe('雨  ');
  expect(fit('雨', 4, 'right')).toBe('  雨');
  expect(fit('雨の', 3)).toBe('雨…');
  expect(fit('雨の', 2)).toBe('… ');
});

const text = hostileText.map(sanitizeLine);
const width = fc.integer({ min: 0, max: 40 });

test('fit gives exactly the given width, in every script', () => {
  fc.assert(
    fc.property(
      text,
      width,
      fc.constantFrom('left' as const, 'right' as const),
      fc.constantFrom('…', '...'),
      (any, cells, align, mark) => {
        expect(cellWidth(fit(any, cells, align, mark))).toBe(cells);
      },
    ),
    { numRuns: 2000 },
  );
});

test('takeEnd cuts the beginning, and leaves a text that fits', () => {
  fc.assert(
    fc.property(text, width, (any, cells) => {
      const start = take(any, cells);
      expect(any.startsWith(start)).toBe(true);
      expect(cellWidth(start)).toBeLessThanOrEqual(cells);
      if (cellWidth(any) <= cells) expect(truncate(any, cells)).toBe(any);
    }),
    { numRuns: 1000 },
  );
});

test('no line of a wrapped text is wider than the given width, and only spaces are lost', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 20 }), (any, cells) => {
      const lines = wrap(any, cells);
      // One sign is never divided: a note with its stem and flag takes three cells.
      for (const line of lines) if (signsIn(line) > 1) expect(cellWidth(line)).toBeLessThanOrEqual(cells);
      expect(written(lines.join(''))).toBe(written(any));
    }),
    // Composed into one sign, which is written as three.
    { numRuns: 1000, examples: [['\u{1d160}', 2]] },
  );
});

const signsIn = (line: string): number => Array.from(new Intl.Segmenter().segment(line)).length;

/** Wrapping composes letters, as cleaning has done already with what vendors sent. */
const written = (any: string): string => any.replaceAll(' ', '').normalize('NFC');

test('a wrapped text has no space at the start of a line but its own', () => {
  expect(wrap('lyric too long: 3412 characters', 14)).toEqual(['lyric too', 'long: 3412', 'characters']);
  expect(wrap('  its own, of a verse', 9)).toEqual(['  its', 'own, of a', 'verse']);
});

test('the fast path for one-cell text agrees with the package', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: fc.constantFrom(...'aé½—…⣿█│→✓▶雨'.split('')) })), any => {
      expect(lineWidth(any)).toBe(stringWidth(any));
      expect(lineWidth(`\u001b[1;31m${any}\u001b[0m`)).toBe(stringWidth(any));
    }),
    { numRuns: 1000 },
  );
});

test('a text shortened in the middle keeps both ends, in at most so many cells', () => {
  expect(shortenMiddle('copied 3 URLs', 13)).toBe('copied 3 URLs');
  expect(shortenMiddle('copied 3 URLs', 9)).toBe('copi…URLs');
  expect(shortenMiddle('雨の夜に走る電車と猫', 11)).toBe('雨の…車と猫');
  for (let width = 0; width < 12; width++) {
    expect(cellWidth(shortenMiddle('雨の夜 abc 走る', width))).toBeLessThanOrEqual(width);
  }
});
