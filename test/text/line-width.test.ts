import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import lineWidth from '../../source/text/width.ts';

describe('the width function that replaces string-width in the bundle', () => {
  it('agrees with the package for every character of the basic multilingual plane', () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0xffff; code++) {
      const character = String.fromCharCode(code);
      if (lineWidth(character) !== stringWidth(character)) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('agrees with the package for texts, with and without styles', () => {
    const piece = fc.constantFrom(
      'Quiet Pier',
      '⣿⣿⣀ 42%',
      '▸ ✓ ◌ ▫',
      'é',
      'e\u0301',
      '猫',
      '🏮',
      '👩‍👩‍👧',
      '\u001b[1m',
      '\u001b[22m',
      '\ufe0f',
    );
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const text = pieces.join('');
        expect(lineWidth(text)).toBe(stringWidth(text));
      }),
    );
  });
});
