import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reuse } from '../../source/screen/reuse.ts';

const line = (text: string) => ({ segments: [{ text, style: 'text' }] });

describe('reuse', () => {
  it('is the old value when the new one says the same', () => {
    const old = { header: line('a'), rows: [{ key: 'x', line: line('b') }], body: null };
    expect(reuse(old, structuredClone(old))).toBe(old);
  });

  it('keeps the parts that did not change', () => {
    const old = { header: line('a'), sources: line('b'), lines: [line('c'), line('d')] };
    const next = reuse(old, { header: line('a'), sources: line('B'), lines: [line('c'), line('D')] });
    expect(next.header).toBe(old.header);
    expect(next.sources).not.toBe(old.sources);
    expect(next.lines[0]).toBe(old.lines[0]);
    expect(next.lines[1]).toEqual(line('D'));
  });

  it('finds a row again that moved', () => {
    const old = [
      { key: 'x', line: line('x') },
      { key: 'y', line: line('y') },
    ];
    const next = reuse(old, [
      { key: 'y', line: line('y') },
      { key: 'z', line: line('x') },
    ]);
    expect(next[0]).toBe(old[1]);
    expect(next[1]).not.toBe(old[0]);
  });

  it('is always equal to the new value', () => {
    const anyValue = fc.letrec<{ value: unknown }>(tie => ({
      value: fc.oneof(
        fc.constantFrom(null, undefined, 0, 'a', 'b', true),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('key', 'x', 'y'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(anyValue, anyValue, (previous, next) => {
        expect(reuse(previous, next)).toStrictEqual(next);
        expect(reuse(next, structuredClone(next))).toBe(next);
      }),
      { numRuns: 500 },
    );
  });
});
