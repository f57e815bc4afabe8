import { describe, expect, it } from 'vitest';
import { detectCapabilities } from '../../source/terminal/capabilities.ts';
import { chooseImages } from '../../source/terminal/images.ts';
import type { Environment } from '../../source/terminal/terminal-name.ts';

const tty = { isTTY: true, columns: 120, rows: 40 };
const kitty = { TERM: 'xterm-kitty', LANG: 'C.UTF-8' };
const plain = { TERM: 'xterm-256color', LANG: 'C.UTF-8' };

const way = (
  env: Environment,
  { choice = 'auto', altScreen = true, ascii = false }: Partial<Parameters<typeof chooseImages>[0]> = {},
) => {
  const capabilities = detectCapabilities({ env, platform: 'linux', stdout: tty, stdin: tty });
  return chooseImages({ choice, capabilities, altScreen, ascii }).value;
};

describe('how covers are drawn, by itself', () => {
  it.each<[string, Environment, string]>([
    ['kitty', kitty, 'kitty'],
    ['Ghostty', { ...plain, TERM_PROGRAM: 'ghostty' }, 'kitty'],
    ['iTerm2', { ...plain, TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5.0' }, 'iterm2'],
    ['an iTerm2 of unknown age', { ...plain, TERM_PROGRAM: 'iTerm.app' }, 'blocks'],
    ['Konsole', { ...plain, KONSOLE_VERSION: '221203' }, 'kitty'],
    ['an older Konsole', { ...plain, KONSOLE_VERSION: '220400' }, 'blocks'],
    ['WezTerm', { ...plain, TERM_PROGRAM: 'WezTerm' }, 'iterm2'],
    ['another terminal', plain, 'blocks'],
    ['kitty over SSH', { ...kitty, SSH_TTY: '/dev/pts/1' }, 'blocks'],
    ['kitty in Zellij, which may drop pictures', { ...kitty, ZELLIJ: '0' }, 'blocks'],
    ['kitty in tmux', { ...kitty, TMUX: '/tmp/tmux,1,0' }, 'blocks'],
    ['16 colours', { ...plain, TERM: 'xterm' }, 'off'],
    ['NO_COLOR', { ...kitty, NO_COLOR: '1' }, 'off'],
    ['a screen reader', { ...kitty, ACCESSIBLE: '1' }, 'off'],
    ['plain signs', { TERM: 'xterm-256color', LANG: 'C' }, 'off'],
  ])('%s: %s', (_, env, expected) => {
    expect(way(env)).toBe(expected);
  });

  it('is blocks below the prompt, where nobody knows the row of a cell', () => {
    expect(way(kitty, { altScreen: false })).toBe('blocks');
    expect(way(kitty, { altScreen: false, choice: 'kitty' })).toBe('off');
  });
});

describe('how covers are drawn, as asked for', () => {
  it('holds wherever it can be done', () => {
    expect(way(plain, { choice: 'kitty' })).toBe('kitty');
    expect(way({ ...kitty, SSH_TTY: '/dev/pts/1' }, { choice: 'iterm2' })).toBe('iterm2');
    expect(way(kitty, { choice: 'blocks' })).toBe('blocks');
    expect(way(kitty, { choice: 'off' })).toBe('off');
    expect(way({ ...plain, TERM: 'xterm' }, { choice: 'blocks' })).toBe('blocks');
    expect(way({ ...plain, NO_COLOR: '1' }, { choice: 'blocks' })).toBe('off');
    expect(way(plain, { choice: 'blocks', ascii: true })).toBe('off');
  });

  it.each(['kitty', 'iterm2'] as const)('is blocks in tmux, which would take what belongs to %s for itself', choice => {
    expect(way({ ...kitty, TMUX: '/tmp/tmux,1,0' }, { choice })).toBe('blocks');
    expect(way({ ...kitty, TMUX: '/tmp/tmux,1,0', NO_COLOR: '1' }, { choice })).toBe('off');
  });
});
