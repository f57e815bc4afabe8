/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A value and why it was chosen; `--info` prints both. */
export type Detected<T> = { readonly value: T; readonly reason: string };

/** A program between us and the terminal that interprets what we write. */
export type Multiplexer = 'tmux' | 'screen';

/** The terminal that draws, outside any multiplexer; `version` is empty where the environment does not tell it. */
export type TerminalIdentity = { readonly name: string; readonly version: string };

/** Whether a variable is set and not empty. */
export const has = (env: Environment, name: string): boolean => (env[name] ?? '') !== '';

/**
 * Compares dotted versions by number. An unknown version counts as too old: a sequence that a terminal does not know may
 * be shown as text.
 */
export function atLeast(version: string, minimum: string): boolean {
  const parts = version.split(/[.-]/).map(part => Number.parseInt(part, 10));
  if (parts[0] === undefined || Number.isNaN(parts[0])) return false;
  for (const [index, wanted] of minimum.split('.').map(Number).entries()) {
    const part = parts[index] ?? 0;
    const found = Number.isNaN(part) ? 0 : part;
    if (found !== wanted) return found > wanted;
  }
  return true;
}

/** Which multiplexer is innermost. */
export function detectMultiplexer(env: Environment): Detected<Multiplexer | null> {
  const term = env.TERM ?? '';
  // With both set, TERM tells which is the inner one: screen makes it `screen.` and the TERM it was started in.
  if (has(env, 'TMUX') && !(has(env, 'STY') && term.startsWith('screen.'))) {
    return { value: 'tmux', reason: has(env, 'STY') ? 'TMUX and STY are set' : 'TMUX is set' };
  }
  if (has(env, 'STY')) return { value: 'screen', reason: 'STY is set' };
  // After ssh from inside a multiplexer only TERM is left: ssh passes that on, and not TMUX or STY.
  if (/^tmux(?:-|$)/.test(term)) return { value: 'tmux', reason: `TERM is ${term}` };
  if (/^screen(?:[-.]|$)/.test(term)) return { value: 'screen', reason: `TERM is ${term}` };
  return { value: null, reason: 'none of TMUX, STY, TERM names one' };
}

const programs = new Map([
  ['iTerm.app', 'iTerm2'],
  ['Apple_Terminal', 'Apple Terminal'],
  ['vscode', 'VS Code'],
  ['ghostty', 'Ghostty'],
  ['kitty', 'kitty'],
  ['WezTerm', 'WezTerm'],
  ['Hyper', 'Hyper'],
  ['mintty', 'mintty'],
  ['WarpTerminal', 'Warp'],
]);

// Variables that one terminal alone sets, and that are still set inside tmux; the third column is the variable that
// holds its version.
const terminalVariables: readonly (readonly [variable: string, name: string, version: string])[] = [
  ['LC_TERMINAL', 'iTerm2', 'LC_TERMINAL_VERSION'],
  ['GHOSTTY_RESOURCES_DIR', 'Ghostty', ''],
  ['KITTY_WINDOW_ID', 'kitty', ''],
  ['WEZTERM_PANE', 'WezTerm', ''],
  ['ALACRITTY_WINDOW_ID', 'Alacritty', ''],
  ['ConEmuANSI', 'ConEmu', 'ConEmuBuild'],
  ['WT_SESSION', 'Windows Terminal', ''],
  ['KONSOLE_VERSION', 'Konsole', 'KONSOLE_VERSION'],
  ['VTE_VERSION', 'VTE', 'VTE_VERSION'],
];

const terms: readonly (readonly [term: RegExp, name: string])[] = [
  [/^xterm-kitty/, 'kitty'],
  [/^xterm-ghostty/, 'Ghostty'],
  [/^wezterm/, 'WezTerm'],
  [/^alacritty/, 'Alacritty'],
  [/^foot/, 'foot'],
  [/^rxvt/, 'rxvt'],
  [/^mintty/, 'mintty'],
  [/^linux/, 'Linux console'],
];

/** Names the terminal that draws, also when a multiplexer is in between. */
export function identifyTerminal(env: Environment): Detected<TerminalIdentity> {
  // Inside tmux, TERM_PROGRAM and its version are tmux's own; the variables below are still the outer terminal's.
  const program = env.TERM_PROGRAM ?? '';
  const known = programs.get(program);
  if (known !== undefined) {
    const version = env.TERM_PROGRAM_VERSION ?? '';
    return { value: { name: known, version }, reason: `TERM_PROGRAM is ${program}` };
  }
  const term = env.TERM ?? '';
  for (const [pattern, name] of terms) {
    if (pattern.test(term)) return { value: { name, version: '' }, reason: `TERM is ${term}` };
  }
  for (const [variable, name, version] of terminalVariables) {
    if (!has(env, variable) || (variable === 'LC_TERMINAL' && env[variable] !== 'iTerm2')) continue;
    return { value: { name, version: env[version] ?? '' }, reason: `${variable} is set` };
  }
  return { value: { name: 'unknown', version: '' }, reason: term === '' ? 'TERM is not set' : `TERM is ${term}` };
}
