import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyInput, type Report } from '../../source/terminal/key-input.ts';
import { escapeKey } from '../../source/terminal/key-sequences.ts';
import { createMouseMode, readMouseReport } from '../../source/terminal/mouse.ts';

const report = (button: number, x: number, y: number, end = 'M') => `\u001b[<${button};${x + 1};${y + 1}${end}`;

describe('a report', () => {
  it('is a click of the left button, without a key held', () => {
    expect(readMouseReport(report(0, 11, 4))).toEqual({ kind: 'click', x: 11, y: 4 });
    expect(readMouseReport(report(0, 400, 300))).toEqual({ kind: 'click', x: 400, y: 300 });
    for (const other of [report(0, 1, 1, 'm'), report(2, 1, 1), report(4, 1, 1), report(32, 1, 1)])
      expect(readMouseReport(other)).toBeNull();
  });

  it('is a step of the wheel, whatever key is held', () => {
    expect(readMouseReport(report(64, 0, 0))).toEqual({ kind: 'wheel-up', x: 0, y: 0 });
    expect(readMouseReport(report(65 | 16, 3, 2))).toEqual({ kind: 'wheel-down', x: 3, y: 2 });
    expect(readMouseReport(report(66, 3, 2))).toBeNull();
  });

  it.each(['', '\u001b[<M', '\u001b[<0;1M', '\u001b[<0;0;0M', '\u001b[<0;;1M', '\u001b[<0;1;2;3M', '\u001b[M !!'])(
    '%j is none',
    text => expect(readMouseReport(text)).toBeNull(),
  );
});

describe('the mouse', () => {
  it('is switched on and off once, and at the end by whoever writes last', () => {
    const written: string[] = [];
    const mode = createMouseMode(bytes => written.push(bytes));
    mode.close();
    mode.open();
    mode.open();
    expect(written).toEqual(['\u001b[?1000h\u001b[?1006h']);
    mode.close(bytes => written.push(`last ${bytes}`));
    mode.close();
    expect(written.slice(1)).toEqual(['last \u001b[?1006l\u001b[?1000l']);
    mode.open();
    expect(written).toHaveLength(3);
  });
});

type Piece = { readonly text: string; readonly isReport: boolean };

const number = fc.nat({ max: 400 });
const anyReport: fc.Arbitrary<Piece> = fc
  .oneof(
    fc.tuple(fc.nat({ max: 130 }), number, number, fc.constantFrom('M', 'm')).map(([...of]) => report(...of)),
    fc.constantFrom('\u001b[M !!', '\u001b[M#\u00ff\ufffd', '\u001b[M`zz'),
  )
  .map(text => ({ text, isReport: true }));
const anyKey: fc.Arbitrary<Piece> = fc
  .constantFrom(
    'j',
    'm',
    'M',
    '0',
    ';',
    '<',
    '雨',
    ' ',
    '\r',
    '\u001b[A',
    '\u001b[1;2P',
    '\u001b[27u',
    '\u001b[200~a\u001b[201~',
  )
  .map(text => ({ text, isReport: false }));

type Input = string | Report;

const keysOf = (inputs: readonly Input[]): string => inputs.filter(each => typeof each === 'string').join('');

/** The same with neighbouring texts as one. */
function joined(inputs: readonly Input[]): readonly Input[] {
  const result: Input[] = [];
  for (const each of inputs) {
    const last = result.at(-1);
    if (typeof each === 'string' && typeof last === 'string') result[result.length - 1] = last + each;
    else if (each !== '') result.push(each);
  }
  return result;
}

/** A text in pieces, cut at these places. */
function cutAt(text: string, cuts: readonly number[]): readonly string[] {
  const places = [0, ...cuts.map(cut => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  return places.slice(1).flatMap((place, index) => text.slice(places[index], place) || []);
}

describe('reports among keys', () => {
  it('never come through as keys, and take none away, wherever they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyReport, anyKey)), fc.array(fc.nat()), (pieces, cuts) => {
        const input = createKeyInput();
        const inputs = cutAt(pieces.map(({ text }) => text).join(''), cuts).flatMap(input.push);
        const expected = pieces.map(({ text, isReport }) => (isReport ? (readMouseReport(text) ?? '') : text));
        expect(joined(inputs)).toEqual(joined(expected));
      }),
      { numRuns: 1000 },
    );
  });

  it('give no key however late their rest is, but for an Esc or a bracket that came alone', () => {
    fc.assert(
      fc.property(fc.array(anyReport, { minLength: 1 }), fc.array(fc.tuple(fc.nat(), fc.boolean())), (pieces, cuts) => {
        const input = createKeyInput();
        const text = pieces.map(piece => piece.text).join('');
        const parts = cutAt(
          text,
          cuts.map(([cut]) => cut),
        );
        const given = parts.map((part, index) => {
          const keys = keysOf(input.push(part));
          return keys + (cuts[index]?.[1] === true && input.patience() !== null ? input.expire() : '');
        });
        // Of the old form only: an M is a key, too.
        const mayBeKeys = parts.some(
          (part, index) => /^M[^]{0,2}$/.test(part) && (parts[index - 1] ?? '').endsWith('['),
        );
        fc.pre(!mayBeKeys);
        const alone = parts.some(part => /\u001b\[?$/.test(part));
        const left = given.join('').replaceAll(escapeKey, '').replaceAll('\u001b[', '').replaceAll('[', '');
        expect(left).toBe('');
        if (!alone) expect(given.join('')).toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  it('that are broken off end with the next key, which counts', () => {
    const push = (...parts: readonly string[]) => {
      const input = createKeyInput();
      return keysOf(parts.flatMap(input.push));
    };
    expect(push('\u001b[<0;12', 'j')).toBe('j');
    expect(push('\u001b[<0;12', '\u001b[A')).toBe('\u001b[A');
    expect(push('\u001b[M ', '\u001b[A')).toBe('\u001b[A');
    expect(push('\u001b[<0;12', '\u001b[<64;1;1Mk')).toBe('k');
    // Its beginning alone is never given, however long nothing follows.
    const input = createKeyInput();
    input.push('\u001b[<0;12');
    expect(input.patience()).toBeNull();
  });

  it('are taken out of a paste, where they do nothing, and never take its end with them', () => {
    const input = createKeyInput();
    const given = [`\u001b[200~ab\u001b[<0;1`, `;1Mcd\u001b[Mx\u001b[201~`, 'j'].flatMap(input.push);
    expect(joined(given)).toEqual(['\u001b[200~abcd\u001b[201~j']);
  });
});
