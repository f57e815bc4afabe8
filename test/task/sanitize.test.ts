import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitize, sanitizeLine, sanitizeUrl } from '../../source/task/sanitize.ts';
import { unprintable, hostileText } from '../helpers/arbitrary.ts';

test.each([
  ['the clipboard (OSC 52)', 'a\u001b]52;c;ZXZpbA==\u0007b', 'ab'],
  ['the clipboard, in the C1 form', 'a\u009d52;c;ZXZpbA==\u009cb', 'ab'],
  ['a hyperlink (OSC 8)', '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\', 'click'],
  ['colours', '\u001b[31;1mred\u001b[0m', 'red'],
  ['colours, in the C1 form', '\u009b31mred\u009b0m', 'red'],
  ['a device control string', 'a\u001bP+q544e\u001b\\b', 'ab'],
  ['a sequence without an end', 'a\u001b]0;title', 'a'],
  ['the reset of the terminal', 'a\u001bcb', 'ab'],
  ['a character set', 'a\u001b(0b', 'ab'],
  ['a lone escape at the end', 'a\u001b', 'a'],
  ['backspaces and the bell', 'a\b\b\u0007b', 'ab'],
  ['bidi controls', 'a\u202ecod.exe\u202c\u2066x\u2069', 'acod.exex'],
  ['zero-width characters', 'a\u200bb\u200dc\ufeffd\u00ade', 'abcde'],
  ['tags and variation selectors', 'a\u{e0041}\u{e0100}b\ufe0f', 'ab'],
  ['lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
  ['joined emoji', '👨‍👩‍👧‍👦', '👨👩👧👦'],
  ['marks piled on a letter', `a${'\u0308\u0301'.repeat(20)}`, 'ä\u0301\u0308\u0301'],
])('removes %s', (_, text, expected) => {
  expect(sanitizeLine(text)).toBe(expected);
});

test('HTML and Markdown are plain text', () => {
  expect(sanitizeLine('[/b] [red]x[/] <b>&amp;</b> %s $(id) `id`')).toBe('[/b] [red]x[/] <b>&amp;</b> %s $(id) `id`');
});

test('a title becomes one line; lyrics keep their lines', () => {
  expect(sanitizeLine(' a\r\nb\u2028c\td\u3000e ')).toBe('a b c d e');
  expect(sanitize('a\r\nb\rc\u2028d\te')).toBe('a\nb\nc\nd  e');
});

test('a text keeps its scripts and its composed letters', () => {
  expect(sanitizeLine('雨の夜 שלום مرحبا नमस्ते e\u0301')).toBe('雨の夜 שלום مرحبا नमस्ते é');
});

test('a very long text is cut, and never inside a surrogate pair', () => {
  expect(sanitizeLine('x'.repeat(5000))).toBe(`${'x'.repeat(1000)}…`);
  expect(sanitize('x'.repeat(60_000))).toHaveLength(50_001);
  expect(sanitizeLine('🚋'.repeat(999)).isWellFormed()).toBe(true);
  expect(sanitizeLine(`x${'🚋'.repeat(999)}`).isWellFormed()).toBe(true);
});

test('long hostile texts are sanitized in linear time', () => {
  const started = performance.now();
  for (const piece of ['\u001b[', '\u001b]', '\u001b', 'a\u0301', '\u009b;', '\u001b[31;', ' \n']) {
    sanitize(piece.repeat(50_000));
  }
  expect(performance.now() - started).toBeLessThan(1500);
});

test('no control, bidi or zero-width character and no lone surrogate ever gets through', () => {
  fc.assert(
    fc.property(hostileText, text => {
      expect(sanitize(text)).not.toMatch(unprintable);
      const line = sanitizeLine(text);
      expect(line).not.toMatch(unprintable);
      expect(line).not.toMatch(/[\r\n]|^\s|\s$|\s\s/);
    }),
    { numRuns: 1000 },
  );
});

test('sanitizing twice changes nothing more', () => {
  fc.assert(
    fc.property(hostileText, text => {
      const once = sanitize(text);
      expect(sanitize(once)).toBe(once);
      expect(sanitizeLine(sanitizeLine(text))).toBe(sanitizeLine(text));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['https://x.example/a b.mp3', 'https://x.example/a%20b.mp3'],
  [' https://x.example/雨.mp3\n', 'https://x.example/%E9%9B%A8.mp3'],
  ['HTTPS://X.Example/A', 'https://x.example/A'],
  ['https://user:pass@x.example/a', 'https://x.example/a'],
  ['https://xn--e28h.example/', 'https://xn--e28h.example/'],
  ['javascript:alert(1)', null],
  ['data:audio/mp3;base64,AAAA', null],
  ['//x.example/a', null],
  ['upstream says no', null],
  ['', null],
  [`https://x.example/${'a'.repeat(9000)}`, null],
])('the address %j', (text, expected) => {
  expect(sanitizeUrl(text)).toBe(expected);
});

test('an address is printable ASCII, or null', () => {
  fc.assert(
    fc.property(hostileText, text => {
      const address = sanitizeUrl(`https://x.example/${text}`);
      if (address !== null) expect(address).toMatch(/^https:\/\/[\x21-\x7e]+$/);
    }),
  );
});
