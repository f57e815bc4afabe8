import type { NotificationProtocol, PictureProtocol } from './choices.ts';
import {
  atLeast,
  has,
  type Environment,
  type Detected,
  type Multiplexer,
  type TerminalIdentity,
} from './terminal-name.ts';

/** What the functions of this file decide by. */
type Surroundings = {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly multiplexer: Multiplexer | null;
  readonly terminal: TerminalIdentity;
};

const label = ({ name, version }: TerminalIdentity): string => (version === '' ? name : `${name} ${version}`);

// The first version that draws OSC 8 links; '' where every version in use does. From
// https://github.com/Alhadis/OSC8-Adoption and the terminals' release notes. Konsole and VTE tell theirs as one number:
// 201200 is 20.12, 5001 is 0.50.1.
const linksSince: Readonly<Record<string, string>> = {
  iTerm2: '3.1',
  kitty: '',
  Ghostty: '',
  WezTerm: '',
  'Windows Terminal': '',
  'VS Code': '1.72',
  Alacritty: '',
  foot: '',
  mintty: '3.1',
  Hyper: '',
  Konsole: '201200',
  VTE: '5001',
};

/** Whether the terminal draws OSC 8 links. Elsewhere they vanish or appear as text. */
export function detectHyperlinks({ env, multiplexer, terminal }: Surroundings): Detected<boolean> {
  if (has(env, 'FORCE_HYPERLINK')) {
    return { value: env.FORCE_HYPERLINK !== '0', reason: `FORCE_HYPERLINK is ${env.FORCE_HYPERLINK ?? ''}` };
  }
  if (multiplexer === 'screen') return { value: false, reason: 'GNU screen drops them' };
  if (multiplexer === 'tmux') {
    const version = env.TERM_PROGRAM === 'tmux' ? (env.TERM_PROGRAM_VERSION ?? '') : '';
    if (atLeast(version, '3.4')) return { value: true, reason: `tmux ${version}` };
    return { value: false, reason: version === '' ? 'tmux of unknown version' : `tmux ${version} is older than 3.4` };
  }
  const since = linksSince[terminal.name];
  if (since === undefined) return { value: false, reason: `${terminal.name} is not known for them` };
  return { value: since === '' || atLeast(terminal.version, since), reason: label(terminal) };
}

// VTE is missing: only some distributions patch OSC 777 into it, elsewhere the notification would be lost. It rings.
const protocols: Readonly<Record<string, NotificationProtocol>> = {
  iTerm2: 'osc9',
  kitty: 'osc99',
  Ghostty: 'osc777',
  WezTerm: 'osc777',
  foot: 'osc777',
  rxvt: 'osc777',
};

/** How to notify the user: the bell, unless the terminal is known to show notifications. */
export function detectNotification({ env, multiplexer, terminal }: Surroundings): Detected<NotificationProtocol> {
  // tmux, screen and zellij drop every notification sequence, but pass the bell on and mark the window.
  if (multiplexer !== null) return { value: 'bell', reason: `${multiplexer} passes only the bell` };
  if (has(env, 'ZELLIJ')) return { value: 'bell', reason: 'ZELLIJ is set' };
  return { value: protocols[terminal.name] ?? 'bell', reason: label(terminal) };
}

// The first version that shows OSC 9;4; '' where every version in use does. Only terminals known to: older versions of
// iTerm2 and kitty show a notification that reads "4;1;50". WezTerm's versions are dates; VTE's 8000 is 0.80.
const progressSince: Readonly<Record<string, string>> = {
  'Windows Terminal': '',
  ConEmu: '',
  Ghostty: '1.2',
  iTerm2: '3.6.6',
  WezTerm: '20250201',
  VTE: '8000',
};

/** Whether an OSC 9;4 progress bar is known to be shown. */
export function detectProgress({ env, multiplexer, terminal }: Surroundings): Detected<boolean> {
  if (multiplexer !== null) return { value: false, reason: `${multiplexer} drops it` };
  if (has(env, 'ZELLIJ')) return { value: false, reason: 'ZELLIJ is set' };
  const since = progressSince[terminal.name];
  if (since === undefined) return { value: false, reason: `${terminal.name} is not known for it` };
  return { value: since === '' || atLeast(terminal.version, since), reason: label(terminal) };
}

// Terminals that draw pictures by one of the two protocols, and since which version; '' where every version in use does.
// kitty's: https://sw.kovidgoyal.net/kitty/graphics-protocol; iTerm2's: https://iterm2.com/documentation-images.html.
// WezTerm has kitty's switched off by default; Konsole leaves iTerm2's where they were. Its 221200 is 22.12.
const drawers: Readonly<Record<string, { readonly way: PictureProtocol; readonly since: string }>> = {
  kitty: { way: 'kitty', since: '' },
  Ghostty: { way: 'kitty', since: '' },
  Konsole: { way: 'kitty', since: '221200' },
  iTerm2: { way: 'iterm2', since: '3' },
  WezTerm: { way: 'iterm2', since: '' },
  mintty: { way: 'iterm2', since: '2.9' },
};

/** The protocol by which pictures can be drawn, and null where it is not known that any can. */
export function detectPictures({ env, multiplexer, terminal }: Surroundings): Detected<PictureProtocol | null> {
  if (multiplexer !== null) return { value: null, reason: `${multiplexer} drops them` };
  // It passes kitty's on since August 2026, and does not say which version it is.
  if (has(env, 'ZELLIJ')) return { value: null, reason: 'ZELLIJ is set' };
  const drawer = drawers[terminal.name];
  if (drawer === undefined) return { value: null, reason: `${terminal.name} is not known for them` };
  const draws = drawer.since === '' || atLeast(terminal.version, drawer.since);
  return { value: draws ? drawer.way : null, reason: label(terminal) };
}

/** Whether a title can be set, and the old one restored afterwards. */
export function detectTitle({ env, multiplexer, terminal }: Surroundings): Detected<boolean> {
  if (env.TERM === 'dumb') return { value: false, reason: 'TERM is dumb' };
  if (multiplexer === 'screen') return { value: false, reason: 'GNU screen cannot give the old title back' };
  if (terminal.name === 'Linux console') return { value: false, reason: 'the Linux console has none' };
  return { value: true, reason: multiplexer === 'tmux' ? 'tmux shows it as the pane title' : label(terminal) };
}

/** Whether characters beyond ASCII can be drawn. */
export function detectUnicode({ env, platform, terminal }: Surroundings): Detected<boolean> {
  // Its font has 512 glyphs at most, whatever the locale says.
  if (terminal.name === 'Linux console') return { value: false, reason: 'the Linux console lacks the glyphs' };
  if (terminal.name === 'Windows Terminal') return { value: true, reason: 'Windows Terminal' };
  for (const variable of ['LC_ALL', 'LC_CTYPE', 'LANG']) {
    const locale = env[variable] ?? '';
    if (locale !== '') return { value: /utf-?8/i.test(locale), reason: `${variable} is ${locale}` };
  }
  if (platform === 'darwin') return { value: true, reason: 'macOS' };
  return { value: false, reason: 'none of LC_ALL, LC_CTYPE, LANG is set' };
}
