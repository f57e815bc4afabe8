import { describe, expect, it } from 'vitest';
import { createCursor } from '../../source/terminal/written-cells.ts';

const picture = { x: 10, y: 2, columns: 8, rows: 3 };

describe('what is written to the cells of a picture', () => {
  it.each<[string, string, boolean]>([
    ['a text that ends before it', '\n\n0123456789', false],
    ['a text that reaches into it', '\n\n0123456789x', true],
    ['wide characters that reach into it', '\n\n雨の夜に走る', true],
    ['a text behind it', '\u001b[2E\u001b[19Gtext', false],
    ['a text above it', '\u001b[2;11Htext', false],
    ['a text in its last row', '\u001b[5;11Htext', true],
    ['a text below it', '\u001b[6;11Htext', false],
    ['the rest of a line before it, erased', '\u001b[3;3H\u001b[K', true],
    ['the rest of a line behind it, erased', '\u001b[3;19H\u001b[K', false],
    ['all below a row above it, erased', '\u001b[1;1H\u001b[J', true],
    ['all below it, erased', '\u001b[7;1H\u001b[J', false],
    ['styles and links without text', '\u001b[3;11H\u001b[1m\u001b]8;;https://cdn.example/1\u001b\\\u001b[m', false],
  ])('%s', (_, bytes, expected) => {
    expect(createCursor(() => 20).follow(bytes, picture)).toBe(expected);
  });

  it('is counted on from where the bytes before have left the cursor', () => {
    const cursor = createCursor(() => 4);
    expect(cursor.follow('\n'.repeat(30), picture)).toBe(false);
    expect(cursor.follow('\u001b[1A\u001b[11G', picture)).toBe(false);
    expect(cursor.follow('text', picture)).toBe(true);
    expect(cursor.follow('\u001b[1A\r0123456789', picture)).toBe(false);
  });
});
