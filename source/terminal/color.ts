import type { ColorChoice } from './choices.ts';
import { has, type Environment, type Detected, type Multiplexer } from './terminal-name.ts';

/** 0: no colour; 1: the 16 of the terminal's theme; 2: 256 colours; 3: 24-bit colour. */
export type ColorLevel = 0 | 1 | 2 | 3;

type ColorFacts = {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly isTTY: boolean;
  readonly multiplexer: Multiplexer | null;
  readonly choice: ColorChoice;
};

/**
 * How many colours to draw with. In order of precedence: the flag, FORCE_COLOR (which Node also ranks above NO_COLOR),
 * NO_COLOR (https://no-color.org), CLICOLOR_FORCE (https://bixense.com/clicolors), then what TERM and COLORTERM say.
 */
export function detectColorLevel(facts: ColorFacts): Detected<ColorLevel> {
  const { env, isTTY, choice } = facts;
  if (choice === 'never') return { value: 0, reason: '--color never' };
  const forced = (reason: string): Detected<ColorLevel> => {
    const { value } = terminalLevel(facts);
    return { value: value === 0 ? 1 : value, reason };
  };
  if (choice === 'always') return forced('--color always');

  const force = env.FORCE_COLOR;
  if (force === '0' || force === 'false') return { value: 0, reason: `FORCE_COLOR is ${force}` };
  if (force === '1' || force === '2' || force === '3') {
    return { value: Number(force) as ColorLevel, reason: `FORCE_COLOR is ${force}` };
  }
  if (force !== undefined) return forced('FORCE_COLOR is set');
  if (has(env, 'NO_COLOR')) return { value: 0, reason: 'NO_COLOR is set' };
  if (has(env, 'CLICOLOR_FORCE') && env.CLICOLOR_FORCE !== '0') return forced('CLICOLOR_FORCE is set');

  if (!isTTY) return { value: 0, reason: 'standard output is not a terminal' };
  if (env.CLICOLOR === '0') return { value: 0, reason: 'CLICOLOR is 0' };
  return terminalLevel(facts);
}

function terminalLevel({ env, platform, multiplexer }: ColorFacts): Detected<ColorLevel> {
  const term = env.TERM ?? '';
  if (term === 'dumb') return { value: 0, reason: 'TERM is dumb' };
  // GNU screen 4 draws wrong colours for 24-bit ones, while the outer terminal's COLORTERM is still set inside it.
  if (multiplexer === 'screen') {
    return { value: term.includes('256color') ? 2 : 1, reason: 'GNU screen knows no more' };
  }
  const colorTerm = env.COLORTERM ?? '';
  if (colorTerm === 'truecolor' || colorTerm === '24bit') return { value: 3, reason: `COLORTERM is ${colorTerm}` };
  if (/-(?:direct|truecolor)$|^xterm-(?:kitty|ghostty)/.test(term)) return { value: 3, reason: `TERM is ${term}` };
  if (has(env, 'WT_SESSION')) return { value: 3, reason: 'WT_SESSION is set' };
  if (platform === 'win32') return { value: 3, reason: 'Windows 10 or later' };
  if (term.includes('256')) return { value: 2, reason: `TERM is ${term}` };
  if (term === '') return { value: 0, reason: 'TERM is not set' };
  return { value: 1, reason: `TERM is ${term}` };
}
