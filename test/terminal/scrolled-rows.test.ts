import { describe, expect, it } from 'vitest';
import { countScrolledRows, eraseFrom } from '../../source/terminal/scrolled-rows.ts';

/** How many rows come back at each new height, with a frame of 17 lines where there is room for it. */
function returned(...heights: readonly number[]): readonly number[] {
  const rows = countScrolledRows(24);
  let frame = 17;
  return heights.map(height => {
    const result = rows.resize(height, frame);
    frame = Math.min(17, height);
    return result;
  });
}

describe('the rows of an old frame', () => {
  it('are pushed up by a smaller terminal, and come back in a larger one', () => {
    expect(returned(10, 24)).toEqual([0, 8]);
    expect(returned(10, 14, 24)).toEqual([0, 4, 4]);
    expect(returned(10, 8, 24)).toEqual([0, 0, 10]);
  });

  it('are none where the frame still fits', () => {
    expect(returned(18, 24)).toEqual([0, 0]);
    expect(returned(40, 24)).toEqual([0, 0]);
  });
});

it('erases from the oldest of them', () => {
  expect(eraseFrom(3)).toBe('\u001b[3A\r\u001b[J');
});
