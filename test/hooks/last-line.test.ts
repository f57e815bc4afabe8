import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LastLine } from '../../source/hooks/last-line.ts';

const lastOf = (...chunks: readonly string[]) => {
  const line = new LastLine();
  for (const chunk of chunks) line.add(Buffer.from(chunk));
  return line.text;
};

test.each([
  ['', ''],
  ['one\ntwo\n', 'two'],
  ['one\n\n  \n', 'one'],
  ['one\r\ntwo\r\n', 'two'],
  ['10%\r20%\r100%', '100%'],
])('of %j is %j', (text, line) => {
  expect(lastOf(text)).toBe(line);
});

test('is the same in whatever pieces the output comes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 20 })), chunks => {
      expect(lastOf(...chunks)).toBe(lastOf(chunks.join('')));
    }),
  );
  const bytes = Buffer.from('雨の夜\n春天的早晨\n');
  const line = new LastLine();
  for (const byte of bytes) line.add(Buffer.from([byte]));
  expect(line.text).toBe('春天的早晨');
});

test('of a line that never ends is its end', () => {
  expect(lastOf('x'.repeat(100_000), 'y')).toBe(`${'x'.repeat(4095)}y`);
});
