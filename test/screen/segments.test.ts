import { describe, expect, it } from 'vitest';
import {
  cutSegments,
  joinSegments,
  justify,
  padSegments,
  trimSegments,
  widthOf,
} from '../../source/screen/segments.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { textOf } from '../helpers/screen.ts';

describe('two ends of a line', () => {
  const ends = (left: string, right: string, cells: number) =>
    textOf({ segments: justify([{ text: left }], right === '' ? [] : [{ text: right }], cells, glyphsFor(false)) });

  it('meet with at least two blanks between them', () => {
    expect(ends('left', 'right', 20)).toBe('left           right');
    expect(ends('a long left end', 'right', 20)).toBe('a long left…   right');
    expect(ends('left', 'a long right', 16)).toBe('left');
  });

  it('are cut with a sign only where something is missing', () => {
    const cut = (cells: number) =>
      textOf({ segments: cutSegments([{ text: 'abc' }, { text: 'def' }], cells, glyphsFor(false)) });
    expect([cut(7), cut(6), cut(5), cut(3), cut(1)]).toEqual(['abcdef', 'abcdef', 'abcd…', 'ab…', '…']);
  });
});

describe('segments', () => {
  it('are as wide as their cells, not as their letters', () => {
    expect(widthOf([{ text: '猫' }, { text: 'ab' }])).toBe(4);
    expect(textOf({ segments: padSegments([{ text: '猫' }], 5) })).toBe('猫   ');
    expect(textOf({ segments: padSegments([{ text: 'abcdef' }], 5) })).toBe('abcdef');
    expect(textOf({ segments: padSegments([{ text: 'abcdef' }], 5, 1) })).toBe('abcdef ');
  });

  it('keep their address when they are cut', () => {
    const [cut] = cutSegments([{ text: 'a long address', link: 'https://a.example' }], 7, glyphsFor(false));
    expect(cut).toEqual({ text: 'a long…', link: 'https://a.example' });
  });

  it('become one only with neighbours of the same style and address', () => {
    const link = 'https://a.example';
    expect(joinSegments([{ text: 'a' }, { text: 'b', style: 'text' }, { text: 'c', style: 'muted' }])).toEqual([
      { text: 'ab' },
      { text: 'c', style: 'muted' },
    ]);
    expect(joinSegments([{ text: 'a', link }, { text: 'b', link }, { text: 'c' }])).toEqual([
      { text: 'ab', link },
      { text: 'c' },
    ]);
  });

  it('lose the blanks at their end', () => {
    expect(trimSegments([{ text: 'a ' }, { text: 'b  ', style: 'muted' }])).toEqual([
      { text: 'a ' },
      { text: 'b', style: 'muted' },
    ]);
    expect(trimSegments([])).toEqual([]);
  });
});
