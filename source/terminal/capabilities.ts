import type { ClipboardWay, ColorChoice, NotificationProtocol, PictureProtocol } from './choices.ts';
import { detectColorLevel, type ColorLevel } from './color.ts';
import {
  detectHyperlinks,
  detectNotification,
  detectPictures,
  detectProgress,
  detectTitle,
  detectUnicode,
} from './features.ts';
import {
  detectMultiplexer,
  identifyTerminal,
  has,
  type Environment,
  type Detected,
  type Multiplexer,
  type TerminalIdentity,
} from './terminal-name.ts';

/** The facts that capabilities are derived from. */
type TerminalFacts = {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly stdout: {
    readonly isTTY?: boolean | undefined;
    readonly columns?: number | undefined;
    readonly rows?: number | undefined;
  };
  readonly stdin: { readonly isTTY?: boolean | undefined };
  /** Whether keys can be read from the controlling terminal although standard input is something else. */
  readonly keys?: boolean;
  /** What `--color` says. */
  readonly color?: ColorChoice;
};

/** What this terminal is and can do, each with the reason. */
export type Capabilities = {
  readonly interactive: Detected<boolean>;
  readonly size: Detected<{ readonly columns: number; readonly rows: number }>;
  readonly terminal: Detected<TerminalIdentity>;
  readonly multiplexer: Detected<Multiplexer | null>;
  /** Whether the `tmux` command reaches the tmux we are in; not so after ssh from inside a tmux. */
  readonly tmuxServer: Detected<boolean>;
  readonly ssh: Detected<boolean>;
  readonly display: Detected<boolean>;
  /** Which way of copying `auto` tries first. */
  readonly clipboard: Detected<ClipboardWay>;
  readonly color: Detected<ColorLevel>;
  readonly screenReader: Detected<boolean>;
  readonly unicode: Detected<boolean>;
  readonly hyperlinks: Detected<boolean>;
  readonly notification: Detected<NotificationProtocol>;
  readonly progress: Detected<boolean>;
  readonly title: Detected<boolean>;
  readonly pictures: Detected<PictureProtocol | null>;
};

/**
 * Derives from the environment alone what the terminal can do. The terminal itself is not queried, so that nothing has
 * to wait for an answer.
 */
export function detectCapabilities(facts: TerminalFacts): Capabilities {
  const { env, platform, stdout } = facts;
  const multiplexer = detectMultiplexer(env);
  const terminal = identifyTerminal(env);
  const ssh = detectSsh(env);
  const display = detectDisplay(env, platform, ssh.value);
  const surroundings = { env, platform, multiplexer: multiplexer.value, terminal: terminal.value };
  const tmuxServer =
    multiplexer.value === 'tmux' && has(env, 'TMUX')
      ? { value: true, reason: 'TMUX is set' }
      : { value: false, reason: 'TMUX is not set' };
  return {
    interactive: detectInteractive(facts),
    size: {
      // A fresh pseudo-terminal or a serial line may report 0 × 0 cells: assume the 80 × 24 of a VT100.
      value: { columns: positive(stdout.columns) ?? 80, rows: positive(stdout.rows) ?? 24 },
      reason: positive(stdout.columns) === undefined ? 'unknown, assumed' : 'told by the terminal',
    },
    terminal,
    multiplexer,
    tmuxServer,
    ssh,
    display,
    clipboard: chooseClipboard(tmuxServer, display),
    color: detectColorLevel({
      env,
      platform,
      isTTY: stdout.isTTY === true,
      multiplexer: multiplexer.value,
      choice: facts.color ?? 'auto',
    }),
    screenReader: detectScreenReader(env),
    unicode: detectUnicode(surroundings),
    hyperlinks: detectHyperlinks(surroundings),
    notification: detectNotification(surroundings),
    progress: detectProgress(surroundings),
    title: detectTitle(surroundings),
    pictures: detectPictures(surroundings),
  };
}

const positive = (size: number | undefined): number | undefined => (size !== undefined && size > 0 ? size : undefined);

// CI=true does not count: somebody who debugs a pipeline in a real terminal wants the table too.
function detectInteractive({ env, platform, stdout, stdin, keys = false }: TerminalFacts): Detected<boolean> {
  if (stdout.isTTY !== true) return { value: false, reason: 'standard output is not a terminal' };
  if (env.TERM === 'dumb') return { value: false, reason: 'TERM is dumb' };
  if (!has(env, 'TERM') && platform !== 'win32') return { value: false, reason: 'TERM is not set' };
  if (stdin.isTTY === true) return { value: true, reason: 'standard input and output are a terminal' };
  if (keys) return { value: true, reason: 'keys come from the controlling terminal' };
  return { value: false, reason: 'there is no terminal to read keys from' };
}

function detectSsh(env: Environment): Detected<boolean> {
  const variable = ['SSH_TTY', 'SSH_CONNECTION', 'SSH_CLIENT'].find(name => has(env, name));
  return variable === undefined
    ? { value: false, reason: 'no SSH variable is set' }
    : { value: true, reason: `${variable} is set` };
}

/** Whether a program started on this machine reaches the clipboard and the browser of the user's own desktop. */
function detectDisplay(env: Environment, platform: NodeJS.Platform, ssh: boolean): Detected<boolean> {
  // Over SSH, the display of this machine is not the one the user sits at. A forwarded display (ssh -X) would work, but
  // it cannot be told from a DISPLAY that a shell profile sets, and programs hang on a forward that is dead.
  if (ssh) return { value: false, reason: 'over SSH' };
  if (platform === 'darwin') return { value: true, reason: 'macOS' };
  if (platform === 'win32') return { value: true, reason: 'Windows' };
  if (platform === 'android') return { value: has(env, 'TERMUX_VERSION'), reason: 'Android' };
  for (const variable of ['WSL_DISTRO_NAME', 'WSL_INTEROP', 'WAYLAND_DISPLAY', 'DISPLAY']) {
    if (has(env, variable)) return { value: true, reason: `${variable} is set` };
  }
  return { value: false, reason: 'neither DISPLAY nor WAYLAND_DISPLAY is set' };
}

function chooseClipboard(tmuxServer: Detected<boolean>, display: Detected<boolean>): Detected<ClipboardWay> {
  if (tmuxServer.value) return { value: 'tmux', reason: tmuxServer.reason };
  return display.value
    ? { value: 'native', reason: display.reason }
    : { value: 'osc52', reason: `no display: ${display.reason}` };
}

function detectScreenReader(env: Environment): Detected<boolean> {
  if (env.INK_SCREEN_READER === 'true') return { value: true, reason: 'INK_SCREEN_READER is true' };
  return has(env, 'ACCESSIBLE')
    ? { value: true, reason: 'ACCESSIBLE is set' }
    : { value: false, reason: 'ACCESSIBLE is not set' };
}

/** One line per capability for `--info`, such as `clipboard: tmux (TMUX is set)`. */
export function describeCapabilities(capabilities: Capabilities): readonly string[] {
  return Object.entries(capabilities).map(([name, { value, reason }]) => {
    const words = name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
    return `${words}: ${describe(value)} (${reason})`;
  });
}

function describe(value: Capabilities[keyof Capabilities]['value']): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  return 'name' in value ? `${value.name} ${value.version}`.trimEnd() : `${value.columns} × ${value.rows}`;
}
