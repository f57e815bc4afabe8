import { describe, expect, test } from 'vitest';

import { describeCapabilities, detectCapabilities, type Capabilities } from '../../source/terminal/capabilities.ts';
import { atLeast, type Environment } from '../../source/terminal/terminal-name.ts';
import { environments, inTmux, utf8 } from './environments.ts';

const tty = { isTTY: true, columns: 120, rows: 40 };
const detect = (env: Environment, platform: NodeJS.Platform = 'linux', more = {}): Capabilities =>
  detectCapabilities({ env, platform, stdout: tty, stdin: tty, ...more });

test.each(environments)('knows $name', ({ env, platform, expected }) => {
  const found = detect(env, platform);
  const values = Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value]));
  expect(values).toMatchObject(expected);
});

test('every decision gives its reason', () => {
  for (const { env, platform } of environments) {
    for (const [name, { reason }] of Object.entries(detect(env, platform))) expect(reason, name).not.toBe('');
  }
  const lines = describeCapabilities(detect({ ...inTmux, ...utf8 }));
  expect(lines).toContain('clipboard: tmux (TMUX is set)');
  expect(lines).toContain('size: 120 × 40 (told by the terminal)');
  expect(lines).toContain('screen reader: no (ACCESSIBLE is not set)');
});

describe('interactive', () => {
  const env = { TERM: 'xterm' };

  test('needs a terminal to draw on', () => {
    expect(detect(env, 'linux', { stdout: { isTTY: false } }).interactive.value).toBe(false);
    expect(detect(env, 'linux', { stdout: {} }).interactive.value).toBe(false);
  });

  test('needs keys, from standard input or the controlling terminal', () => {
    expect(detect(env, 'linux', { stdin: {} }).interactive.value).toBe(false);
    expect(detect(env, 'linux', { stdin: {}, keys: true }).interactive.value).toBe(true);
  });

  test('a terminal of no size counts as 80 × 24', () => {
    const { size } = detect(env, 'linux', { stdout: { isTTY: true, columns: 0, rows: 0 } });
    expect(size.value).toEqual({ columns: 80, rows: 24 });
  });
});

describe('colour', () => {
  const xterm = { TERM: 'xterm-256color' };
  const level = (env: Environment, more = {}): number => detect(env, 'linux', more).color.value;

  test.each<[string, Environment, number]>([
    ['NO_COLOR turns it off', { ...xterm, NO_COLOR: '1' }, 0],
    ['an empty NO_COLOR does not', { ...xterm, NO_COLOR: '' }, 2],
    ['FORCE_COLOR=0 turns it off', { ...xterm, FORCE_COLOR: '0' }, 0],
    ['FORCE_COLOR=3 sets the level', { ...xterm, FORCE_COLOR: '3' }, 3],
    ['FORCE_COLOR wins over NO_COLOR', { ...xterm, FORCE_COLOR: '1', NO_COLOR: '1' }, 1],
    ['CLICOLOR=0 turns it off', { ...xterm, CLICOLOR: '0' }, 0],
    ['NO_COLOR wins over CLICOLOR_FORCE', { ...xterm, NO_COLOR: '1', CLICOLOR_FORCE: '1' }, 0],
    ['COLORTERM raises it', { ...xterm, COLORTERM: 'truecolor' }, 3],
    ['a plain TERM has 16', { TERM: 'xterm' }, 1],
  ])('%s', (_, env, expected) => expect(level(env)).toBe(expected));

  test('a pipe has none unless forced', () => {
    const stdout = { isTTY: false };
    expect(level(xterm, { stdout })).toBe(0);
    expect(level({ ...xterm, CLICOLOR_FORCE: '1' }, { stdout })).toBe(2);
    expect(level({ TERM: 'dumb', FORCE_COLOR: '' }, { stdout })).toBe(1);
    expect(level(xterm, { stdout, color: 'always' })).toBe(2);
  });

  test('the flag wins over the environment', () => {
    expect(level({ ...xterm, FORCE_COLOR: '3' }, { color: 'never' })).toBe(0);
    expect(level({ ...xterm, NO_COLOR: '1' }, { color: 'always' })).toBe(2);
  });
});

test('FORCE_HYPERLINK overrides what is known', () => {
  expect(detect({ TERM: 'xterm', FORCE_HYPERLINK: '1' }).hyperlinks.value).toBe(true);
  expect(detect({ TERM: 'xterm-kitty', FORCE_HYPERLINK: '0' }).hyperlinks.value).toBe(false);
});

test.each<[string, string, boolean]>([
  ['3.3a', '3.4', false],
  ['3.4', '3.4', true],
  ['3.10', '3.4', true],
  ['next-3.6', '3.4', false],
  ['', '0', false],
  ['4', '3.4', true],
])('version %j is at least %s: %s', (version, minimum, expected) => expect(atLeast(version, minimum)).toBe(expected));
