import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { glyphsFor, progressBar, statusStyles } from '../../source/screen/theme.ts';

describe('the signs', () => {
  it.each(Object.values(statusStyles))(
    '$glyph of $word takes one cell in every terminal, also where ambiguous is wide',
    look => {
      expect(stringWidth(look.glyph, { ambiguousIsNarrow: false })).toBe(1);
      expect(stringWidth(look.ascii)).toBe(1);
    },
  );

  it('of an order do too, and those of a bar take one cell where ambiguous is narrow', () => {
    const { full, empty, parts, ascending, descending } = glyphsFor(false);
    for (const sign of [ascending, descending]) expect(stringWidth(sign, { ambiguousIsNarrow: false })).toBe(1);
    for (const sign of [full, empty, ...parts]) expect(stringWidth(sign)).toBe(1);
  });

  it('of the plain set are ASCII', () => {
    const { ascii, ...signs } = glyphsFor(true);
    expect(ascii).toBe(true);
    expect(Object.values(signs).flat().join('')).toMatch(/^[\x20-\x7e]+$/);
  });
});

describe('a bar', () => {
  const bar = (percent: number) => progressBar(percent, 8, glyphsFor(true));

  it('is full only when all is done, and never leaves its cells', () => {
    expect([bar(0), bar(50), bar(99), bar(100)]).toEqual(['--------', '####----', '#######-', '########']);
    expect([bar(-5), bar(700)]).toEqual(['--------', '########']);
  });

  it('shows each eighth of a cell, and in the plain set whole cells', () => {
    const eighths = Array.from({ length: 9 }, (_, index) => progressBar((100 * index) / 8, 1, glyphsFor(false)));
    expect(eighths).toEqual([' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█']);
    expect(progressBar(62, 8, glyphsFor(false))).toBe('████▉   ');
    for (let percent = 0; percent <= 100; percent++) expect(progressBar(percent, 8, glyphsFor(false))).toHaveLength(8);
  });
});
