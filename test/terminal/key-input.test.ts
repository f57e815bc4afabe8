import * as fc from 'fast-check';
import { EventEmitter } from 'node:events';
import type { ReadStream } from 'node:tty';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { completeKeys } from '../../source/terminal/complete-keys.ts';
import { createKeyInput } from '../../source/terminal/key-input.ts';
import { escapeKey, escapeTime, functionKeySequences, sequenceTime } from '../../source/terminal/key-sequences.ts';

const f1 = '\uf101';
const f5 = '\uf105';
const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';

/** The keys alone; what the mouse does is tested in mouse.test.ts. */
const keysOf = (inputs: readonly unknown[]): string => inputs.filter(each => typeof each === 'string').join('');

/** What Ink gets of these pieces, one after the other, in time. */
function read(...pieces: readonly string[]): readonly string[] {
  const input = createKeyInput();
  return pieces.map(piece => keysOf(input.push(piece)));
}

describe('function keys', () => {
  test.each([...functionKeySequences])('%j gets its character behind it', (sequence, character) => {
    expect(read(`j${sequence}k`)).toEqual([`j${sequence}${character}k`]);
  });

  test.each([...functionKeySequences])('%j may arrive in two pieces', (sequence, character) => {
    for (let cut = 1; cut < sequence.length; cut++) {
      expect(read(`j${sequence.slice(0, cut)}`, `${sequence.slice(cut)}k`)).toEqual(['j', `${sequence}${character}k`]);
    }
  });

  test('one that is held comes as often', () => {
    expect(read('\u001b[15~\u001b[15~')).toEqual([`\u001b[15~${f5}\u001b[15~${f5}`]);
  });

  test('none is read in a paste, also one in pieces', () => {
    const pieces = ['\u001b[20', '0~a\u001bOP', 'b\u001b[15~\u001b[2', '01~', '\u001bOP'];
    expect(read(...pieces).join('')).toBe(`${pieces.join('')}${f1}`);
  });
});

describe('sequences', () => {
  test('other keys stay as they are', () => {
    const others = '\u001b\u001b[A\u001bOA\u001b[1;2P\u001bj\u001b[11;1~é雨';
    expect(read(others)).toEqual([others]);
  });

  test('a paste is whole wherever it is cut', () => {
    const paste = `j${pasteStart}task_\u001b[2${pasteEnd}k`;
    fc.assert(
      fc.property(fc.array(fc.nat({ max: paste.length })), cuts => {
        const places = [0, ...cuts.sort((a, b) => a - b), paste.length];
        const given = read(...places.slice(1).map((place, index) => paste.slice(places[index], place)));
        expect(given.join('')).toBe(paste);
        // None of its marks is in two pieces: Ink would take the halves for keys.
        expect(given.filter(piece => piece.includes(pasteStart))).toHaveLength(1);
        expect(given.filter(piece => piece.includes(pasteEnd))).toHaveLength(1);
      }),
    );
  });

  test('a lone Esc acts in time, two of them twice', () => {
    for (const escapes of ['\u001b', '\u001b\u001b']) {
      const input = createKeyInput();
      expect(keysOf(input.push(`j${escapes}`))).toBe('j');
      expect(input.patience()).toBe(escapeTime);
      expect(input.expire()).toBe(escapeKey.repeat(escapes.length));
      expect(input.patience()).toBeNull();
    }
  });

  test('one that never ends is given as it came', () => {
    const input = createKeyInput();
    expect(keysOf(input.push('\u001b['))).toBe('');
    expect(input.patience()).toBe(sequenceTime);
    expect(input.expire()).toBe('\u001b[');
    expect(keysOf(input.push('j'))).toBe('j');
  });

  test('the mark of a paste is known also where its Esc came so early that it was taken for the key', () => {
    for (const [first, rest] of [
      ['[200~task_a', ''],
      ['[2', '00~task_a'],
    ] as const) {
      const input = createKeyInput();
      input.push('\u001b');
      expect(input.expire()).toBe(escapeKey);
      expect(keysOf([...input.push(first), ...input.push(rest)])).toBe(`${pasteStart}task_a`);
    }
    const input = createKeyInput();
    input.push('\u001b');
    input.expire();
    expect(keysOf(input.push('['))).toBe('[');
  });
});

describe('a stream', () => {
  class Stream extends EventEmitter {
    chunks: string[] = [];
    read(): unknown {
      return this.chunks.shift() ?? null;
    }
    readonly given: string[] = [];
    /** Reads as Ink does. */
    readonly take = (): void => {
      for (let chunk = this.read(); chunk !== null; chunk = this.read()) this.given.push(chunk as string);
    };
    type(chunk: string): void {
      this.chunks.push(chunk);
      this.emit('readable');
    }
  }

  let stream = new Stream();
  let undo: () => void = () => undefined;
  beforeEach(() => {
    vi.useFakeTimers();
    stream = new Stream();
    stream.on('readable', stream.take);
    undo = completeKeys(stream as unknown as ReadStream);
  });
  afterEach(() => {
    undo();
    vi.useRealTimers();
  });

  test('gives a mark that arrives in two pieces as one', () => {
    stream.type('\u001b[2');
    vi.advanceTimersByTime(60);
    stream.type('00~task_a');
    expect(stream.given).toEqual([`${pasteStart}task_a`]);
  });

  test('gives a lone Esc after its time, and not again', () => {
    stream.type('\u001b');
    vi.advanceTimersByTime(escapeTime - 1);
    expect(stream.given).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(stream.given).toEqual([escapeKey]);
    vi.advanceTimersByTime(10_000);
    expect(stream.given).toEqual([escapeKey]);
  });

  test('gives no key twice when the rest comes', () => {
    stream.type('\u001b');
    vi.advanceTimersByTime(10);
    stream.type('[A');
    vi.advanceTimersByTime(10_000);
    expect(stream.given).toEqual(['\u001b[A']);
  });

  test('tells of the mouse, and of the size of a cell, between the keys before and those behind', () => {
    undo();
    undo = completeKeys(stream as unknown as ReadStream, report => {
      stream.given.push(report.kind === 'cell' ? `cell of ${report.ratio}` : `mouse at ${report.x} ${report.y}`);
    });
    stream.type('g\u001b[<0;5;3Mj\u001b[<0;5');
    stream.type(';4Mk');
    expect(stream.given).toEqual(['g', 'mouse at 4 2', 'j', 'mouse at 4 3', 'k']);
    stream.type('g\u001b[6;3');
    stream.type('0;12tj\u001b[6;9999;1tk');
    expect(stream.given.slice(5)).toEqual(['g', 'cell of 2.5', 'jk']);
  });

  test('reads as before once it is undone', () => {
    stream.type('\u001bOP');
    undo();
    stream.type('\u001bOP');
    expect(stream.given).toEqual([`\u001bOP${f1}`, '\u001bOP']);
  });
});
