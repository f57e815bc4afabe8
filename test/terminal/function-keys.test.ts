import type { ReadStream } from 'node:tty';
import { describe, expect, test } from 'vitest';
import { functionKeySequences, markFunctionKeys, revealFunctionKeys } from '../../source/terminal/function-keys.ts';

const f1 = '\uf101';
const f5 = '\uf105';

describe('function keys', () => {
  test.each([...functionKeySequences])('%j gets its character behind it', (sequence, character) => {
    expect(markFunctionKeys()(`j${sequence}k`)).toBe(`j${sequence}${character}k`);
  });

  test.each([...functionKeySequences])('%j may arrive in pieces, and nothing is held back', (sequence, character) => {
    for (let cut = 1; cut < sequence.length; cut++) {
      const mark = markFunctionKeys();
      expect(mark(`j${sequence.slice(0, cut)}`)).toBe(`j${sequence.slice(0, cut)}`);
      expect(mark(`${sequence.slice(cut)}k`)).toBe(`${sequence.slice(cut)}${character}k`);
    }
  });

  test('one that is held comes as often', () => {
    expect(markFunctionKeys()('\u001b[15~\u001b[15~')).toBe(`\u001b[15~${f5}\u001b[15~${f5}`);
  });

  test('none is read in a paste, also one in pieces', () => {
    const mark = markFunctionKeys();
    const pieces = ['\u001b[20', '0~a\u001bOP', 'b\u001b[15~\u001b[2', '01~', '\u001bOP'];
    expect(pieces.map(mark)).toEqual([...pieces.slice(0, 4), `\u001bOP${f1}`]);
  });

  test('other keys stay as they are', () => {
    const others = '\u001b\u001b[A\u001bOA\u001b[1;2P\u001bj\u001b[11;1~é雨';
    expect(markFunctionKeys()(others)).toBe(others);
  });

  test('a stream reads as before once they are hidden again', () => {
    class Stream {
      read(): unknown {
        return '\u001bOP';
      }
    }
    const stream = new Stream();
    const hide = revealFunctionKeys(stream as unknown as ReadStream);
    expect(stream.read()).toBe(`\u001bOP${f1}`);
    hide();
    expect(stream.read()).toBe('\u001bOP');
  });
});
