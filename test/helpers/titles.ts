import fc from 'fast-check';

const odd = [
  '雨の夜に走る電車と猫',
  'עברית ואז English',
  'مرحبا بالعالم',
  'e\u0301a\u0308o\u0302',
  '👩‍🚀🇩🇪🎧👍🏽',
  'ｆｕｌｌ　ｗｉｄｔｈ',
  '가각힣',
  'ไทยก็ได้',
  'x'.repeat(1000),
  '猫'.repeat(1000),
  '🎧'.repeat(300),
  '',
  ' ',
];

/** Titles of songs: any script, any length, no control characters. */
export const anyTitle: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...odd),
  fc.array(fc.constantFrom(...odd.filter(({ length }) => length < 100)), { maxLength: 6 }).map(parts => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 60 }).map(text => text.replace(/[\p{C}\p{Z}]/gu, ' ')),
);
