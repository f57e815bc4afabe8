import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { notification } from '../../source/terminal/notify.ts';
import {
  stripControls,
  hyperlink,
  osc52,
  osc777,
  osc9,
  osc99,
  setProgress,
  setTitle,
  webAddress,
  wrapForScreen,
  wrapForTmux,
} from '../../source/terminal/osc.ts';

const ESC = '\u001b';
const BEL = '\u0007';
const ST = `${ESC}\\`;

const attacks = [
  `${ESC}[2J${ESC}[H`,
  `${ESC}]0;owned${BEL}`,
  `${ESC}]52;c;b3duZWQ=${BEL}`,
  `${ESC}]8;;https://evil.example${ST}click${ESC}]8;;${ST}`,
  `${ST}${ESC}Ptmux;${ESC}${ESC}]52;c;eA==${BEL}${ST}`,
  '\u009d52;c;eA==\u009c',
  '\u009b31m',
  '\u0090q\u009c',
  `${ESC}\\`,
  BEL,
  '\u007f',
  '\r\n',
  '\t\u000b\u000c\u0085\u2028',
  '\u202egnp.exe',
  'a\u200b\u200d\u2066b\ufeff',
  '\ud800',
  '\udc00x',
  '4;1;50',
  ';;;',
  '雨の夜に走る電車と猫',
  '👩‍👩‍👧‍👦',
  'x'.repeat(10_000),
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary' }), fc.string()), { maxLength: 8 })
  .map(parts => parts.join(''));
const holds = (property: (text: string) => unknown): void => {
  fc.assert(
    fc.property(hostile, text => void property(text)),
    { numRuns: 300, examples: attacks.map(attack => [attack]) },
  );
};

const control = /[\u0000-\u001f\u007f-\u009f]/;
const invisible = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

/** Expects exactly one OSC sequence that nothing inside ends early, and gives its payload. */
function payload(sequence: string): string {
  expect(sequence.startsWith(`${ESC}]`)).toBe(true);
  const end = sequence.endsWith(ST) ? ST.length : BEL.length;
  if (end === BEL.length) expect(sequence.endsWith(BEL)).toBe(true);
  const inner = sequence.slice(2, -end);
  expect(inner).not.toMatch(control);
  expect(inner.isWellFormed()).toBe(true);
  return inner;
}

describe('hostile text cannot break out of', () => {
  test('the sanitiser', () =>
    holds(text => {
      const clean = stripControls(text);
      expect(clean).not.toMatch(control);
      expect(clean).not.toMatch(invisible);
      expect(clean.isWellFormed()).toBe(true);
      expect(Array.from(clean).length).toBeLessThanOrEqual(512);
      expect(stripControls(clean)).toBe(clean);
    }));

  test('OSC 52, which carries it unchanged', () =>
    holds(text => {
      const inner = payload(osc52(text));
      expect(inner).toMatch(/^52;c;[A-Za-z0-9+/]*={0,2}$/);
      expect(Buffer.from(inner.slice(5), 'base64').toString()).toBe(text.toWellFormed());
    }));

  test('OSC 9, nor turn into another command of it', () =>
    holds(text => {
      expect(payload(osc9(text))).toMatch(/^9;(?![\d;])/u);
    }));

  test('OSC 777, nor add fields', () => holds(text => expect(payload(osc777(text, text)).split(';')).toHaveLength(4)));

  test('OSC 99', () => holds(text => expect(payload(osc99(text))).toMatch(/^99;i=cliptop;/)));

  test('a title, which is never empty', () => holds(text => expect(payload(setTitle(text))).toMatch(/^2;./u)));

  test('a link text', () =>
    holds(text => {
      const link = hyperlink(text, 'https://example.com/a');
      const open = `${ESC}]8;;https://example.com/a${ST}`;
      const close = `${ESC}]8;;${ST}`;
      expect(link.startsWith(open) && link.endsWith(close)).toBe(true);
      expect(link.slice(open.length, -close.length)).not.toMatch(control);
    }));

  test('a link address', () =>
    holds(text => {
      for (const url of [
        text,
        `https://example.com/${text}`,
        `https://${text}`,
        `http://a.example/?q=${text}#${text}`,
      ]) {
        const link = hyperlink('song', url);
        if (link === 'song') continue;
        const [, address] = new RegExp(`^${ESC}\\]8;;(.*)${ESC}\\\\song${ESC}\\]8;;${ESC}\\\\$`).exec(link) ?? [];
        expect(address).toMatch(/^https?:[!-~]+$/);
      }
    }));

  test('the wrapping for tmux', () =>
    holds(text => {
      const wrapped = wrapForTmux(osc9(text));
      expect(wrapped.startsWith(`${ESC}Ptmux;`) && wrapped.endsWith(ST)).toBe(true);
      const inner = wrapped.slice(7, -ST.length);
      // Every ESC is doubled, so the first single one is the end.
      expect(inner.replaceAll(ESC + ESC, '')).not.toContain(ESC);
      expect(inner.replaceAll(ESC + ESC, ESC)).toBe(osc9(text));
    }));

  test('the wrapping for screen, whose pieces are short enough', () =>
    holds(text => {
      const wrapped = wrapForScreen(osc777('cliptop', text));
      const pieces = wrapped.split(ST).slice(0, -1);
      for (const piece of pieces) {
        expect(piece.startsWith(`${ESC}P`)).toBe(true);
        expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(250);
      }
      expect(pieces.map(piece => piece.slice(2)).join('')).toBe(osc777('cliptop', text).replace(ST, BEL));
    }));

  test('a notification of any protocol', () =>
    holds(text => {
      const line = `${text} finished`;
      expect(notification(line, 'bell')).toBe(BEL);
      for (const protocol of ['osc9', 'osc777', 'osc99'] as const) payload(notification(line, protocol));
    }));
});

test('only web addresses are addresses', () => {
  expect(webAddress('https://cdn.example/a b.mp3')).toBe('https://cdn.example/a%20b.mp3');
  expect(webAddress('https://bücher.example/ü')).toBe('https://xn--bcher-kva.example/%C3%BC');
  for (const bad of ['', 'file:///etc/passwd', 'javascript:alert(1)', '-rf', '--help', 'x.mp3', 'data:text/html,x']) {
    expect(webAddress(bad), bad).toBeNull();
    expect(hyperlink('song', bad)).toBe('song');
  }
});

test('an address too long for terminals stays text', () => {
  expect(hyperlink('song', `https://example.com/${'a'.repeat(3000)}`)).toBe('song');
});

test('the progress of nonsense is within bounds', () => {
  expect(setProgress('normal', 61.6)).toBe(`${ESC}]9;4;1;62${ST}`);
  expect(setProgress('error', 400)).toBe(`${ESC}]9;4;2;100${ST}`);
  expect(setProgress('normal', -1)).toBe(`${ESC}]9;4;1;0${ST}`);
  expect(setProgress('normal', Number.NaN)).toBe(`${ESC}]9;4;1;0${ST}`);
});
