import type { Environment } from '../../source/terminal/terminal-name.ts';

/** What most shells set. */
export const utf8 = { LANG: 'en_US.UTF-8' };
const iterm = { TERM: 'xterm-256color', COLORTERM: 'truecolor', TERM_PROGRAM: 'iTerm.app', ...utf8 };
/** What tmux sets in its panes. */
export const inTmux = {
  TERM: 'tmux-256color',
  TERM_PROGRAM: 'tmux',
  TERM_PROGRAM_VERSION: '3.3a',
  TMUX: '/tmp/tmux-0/default,1,0',
};

type Row = {
  readonly name: string;
  readonly env: Environment;
  readonly platform?: NodeJS.Platform;
  readonly expected: Readonly<Record<string, unknown>>;
};

/** Environments as terminals set them, and what is to be known from each. */
export const environments: readonly Row[] = [
  {
    name: 'iTerm2',
    env: { ...iterm, TERM_PROGRAM_VERSION: '3.6.6', LC_TERMINAL: 'iTerm2', LC_TERMINAL_VERSION: '3.6.6' },
    platform: 'darwin',
    expected: {
      terminal: { name: 'iTerm2', version: '3.6.6' },
      clipboard: 'native',
      notification: 'osc9',
      progress: true,
      hyperlinks: true,
      color: 3,
      title: true,
      unicode: true,
    },
  },
  {
    name: 'an iTerm2 that would show progress as a notification',
    env: { ...iterm, TERM_PROGRAM_VERSION: '3.5.14' },
    platform: 'darwin',
    expected: { progress: false, hyperlinks: true },
  },
  {
    name: 'kitty',
    env: { TERM: 'xterm-kitty', KITTY_WINDOW_ID: '1', COLORTERM: 'truecolor', WAYLAND_DISPLAY: 'wayland-0', ...utf8 },
    expected: { clipboard: 'native', notification: 'osc99', progress: false, hyperlinks: true, color: 3 },
  },
  {
    name: 'Ghostty',
    env: { TERM: 'xterm-ghostty', TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.2.3', ...utf8 },
    platform: 'darwin',
    expected: { notification: 'osc777', progress: true, hyperlinks: true, color: 3 },
  },
  {
    name: 'an old Ghostty',
    env: { TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.1' },
    expected: { progress: false },
  },
  {
    name: 'WezTerm',
    env: { TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809-5046fc22' },
    platform: 'darwin',
    expected: { notification: 'osc777', progress: false, hyperlinks: true },
  },
  {
    name: 'Windows Terminal',
    env: { WT_SESSION: '0f4cbf30', WT_PROFILE_ID: '{61c5}' },
    platform: 'win32',
    expected: {
      interactive: true,
      clipboard: 'native',
      notification: 'bell',
      progress: true,
      color: 3,
      unicode: true,
      hyperlinks: true,
    },
  },
  {
    name: 'Windows Terminal with WSL',
    env: { TERM: 'xterm-256color', WT_SESSION: '0f4cbf30', WSL_DISTRO_NAME: 'Ubuntu' },
    expected: { clipboard: 'native', display: true, progress: true, unicode: true, color: 3 },
  },
  {
    name: 'VS Code',
    env: { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.113.0', DISPLAY: ':0', ...utf8 },
    expected: { terminal: { name: 'VS Code', version: '1.113.0' }, notification: 'bell', hyperlinks: true, color: 2 },
  },
  {
    name: 'Apple Terminal',
    env: { TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal', TERM_PROGRAM_VERSION: '455', ...utf8 },
    platform: 'darwin',
    expected: { notification: 'bell', progress: false, hyperlinks: false, color: 2, clipboard: 'native' },
  },
  {
    name: 'Alacritty',
    env: { TERM: 'alacritty', COLORTERM: 'truecolor', ALACRITTY_WINDOW_ID: '1', DISPLAY: ':0', ...utf8 },
    expected: { notification: 'bell', progress: false, hyperlinks: true, clipboard: 'native' },
  },
  {
    name: 'GNOME Terminal',
    env: { TERM: 'xterm-256color', COLORTERM: 'truecolor', VTE_VERSION: '8200', WAYLAND_DISPLAY: 'wayland-0', ...utf8 },
    expected: { notification: 'bell', progress: true, hyperlinks: true },
  },
  {
    name: 'foot',
    env: { TERM: 'foot', COLORTERM: 'truecolor', WAYLAND_DISPLAY: 'wayland-1', ...utf8 },
    expected: { notification: 'osc777', hyperlinks: true },
  },
  {
    name: 'ConEmu',
    env: { ConEmuANSI: 'ON', ConEmuBuild: '230724' },
    platform: 'win32',
    expected: { terminal: { name: 'ConEmu', version: '230724' }, notification: 'bell', progress: true },
  },
  {
    name: 'tmux in iTerm2',
    env: { ...iterm, ...inTmux, LC_TERMINAL: 'iTerm2', LC_TERMINAL_VERSION: '3.6.6' },
    platform: 'darwin',
    expected: {
      multiplexer: 'tmux',
      tmuxServer: true,
      terminal: { name: 'iTerm2', version: '3.6.6' },
      clipboard: 'tmux',
      notification: 'bell',
      progress: false,
      hyperlinks: false,
      title: true,
    },
  },
  {
    name: 'a tmux that knows links',
    env: { ...inTmux, TERM_PROGRAM_VERSION: '3.5a' },
    expected: { hyperlinks: true, progress: false },
  },
  {
    name: 'tmux inside screen',
    env: { ...inTmux, STY: '1.pts-0.host' },
    expected: { multiplexer: 'tmux', clipboard: 'tmux' },
  },
  {
    name: 'screen inside tmux',
    env: { ...inTmux, TERM: 'screen.tmux-256color', STY: '1.pts-0.host' },
    expected: { multiplexer: 'screen', tmuxServer: false, clipboard: 'osc52' },
  },
  {
    name: 'screen',
    env: { TERM: 'screen.xterm-256color', STY: '1.pts-0.host', COLORTERM: 'truecolor', DISPLAY: ':0', ...utf8 },
    expected: {
      multiplexer: 'screen',
      clipboard: 'native',
      notification: 'bell',
      hyperlinks: false,
      title: false,
      color: 2,
    },
  },
  {
    name: 'ssh, with a display of that machine',
    env: { TERM: 'xterm-256color', SSH_CONNECTION: '10.0.0.1 5 10.0.0.2 22', SSH_TTY: '/dev/pts/1', DISPLAY: ':0' },
    expected: { ssh: true, display: false, clipboard: 'osc52' },
  },
  {
    name: 'ssh to a Mac',
    env: { TERM: 'xterm-256color', SSH_CLIENT: '10.0.0.1 5 22' },
    platform: 'darwin',
    expected: { ssh: true, display: false, clipboard: 'osc52' },
  },
  {
    name: 'ssh from inside a tmux',
    env: { TERM: 'tmux-256color', SSH_TTY: '/dev/pts/1' },
    expected: { multiplexer: 'tmux', tmuxServer: false, clipboard: 'osc52', notification: 'bell' },
  },
  {
    name: 'zellij',
    env: { TERM: 'xterm-kitty', ZELLIJ: '0', DISPLAY: ':0' },
    expected: { notification: 'bell', progress: false },
  },
  {
    name: 'the Linux console',
    env: { TERM: 'linux', ...utf8 },
    expected: { unicode: false, title: false, hyperlinks: false, notification: 'bell', color: 1, clipboard: 'osc52' },
  },
  { name: 'TERM=dumb', env: { TERM: 'dumb', ...utf8 }, expected: { interactive: false, color: 0, title: false } },
  { name: 'no TERM', env: {}, expected: { interactive: false, color: 0, unicode: false } },
  {
    name: 'CI with a terminal',
    env: { TERM: 'xterm-256color', CI: 'true' },
    expected: { interactive: true, color: 2 },
  },
  {
    name: 'the C locale',
    env: { TERM: 'xterm', LC_ALL: 'C', LANG: 'de_DE.UTF-8' },
    expected: { unicode: false, color: 1 },
  },
  { name: 'a screen reader', env: { TERM: 'xterm', ACCESSIBLE: '1' }, expected: { screenReader: true } },
  {
    name: 'a screen reader by Ink',
    env: { TERM: 'xterm', INK_SCREEN_READER: 'true' },
    expected: { screenReader: true },
  },
];
