import type { ChalkInstance } from 'chalk';
import { chalkNames, type Color } from './colors.ts';
import type { Segment } from './segments.ts';
import type { Style } from './theme.ts';
import type { Theme } from './themes.ts';

type Attribute = 'bold' | 'dim' | 'underline' | 'inverse';
type Look = { readonly attributes?: readonly Attribute[]; readonly color?: 'green' | 'red' | 'magenta' | 'cyan' };

/**
 * Attributes and the terminal's own 16 colours: readable on light and dark because the terminal chose them. A theme has
 * other colours; what is muted is dim only without one.
 */
const looks: Readonly<Record<Style, Look>> = {
  text: {},
  muted: { attributes: ['dim'] },
  strong: { attributes: ['bold'] },
  link: { attributes: ['underline'] },
  match: { attributes: ['bold', 'underline'] },
  accent: { color: 'cyan' },
  success: { color: 'green' },
  warning: { color: 'magenta' },
  failure: { color: 'red' },
};

/** Puts the escape sequences of styles around texts. */
export type Painter = {
  readonly paint: (segment: Pick<Segment, 'text' | 'style' | 'colors'>) => string;
  /** A painted text as one of the selected row; `blocks` keep their colours where those would be exchanged. */
  readonly select: (painted: string, blocks?: boolean) => string;
};

/** A painter for as many colours as the given chalk draws. Without a theme it has the terminal's own 16. */
export function createPainter(chalk: ChalkInstance, { colors, selection }: Theme = terminalTheme): Painter {
  const pens = Object.fromEntries(
    Object.entries(looks).map(([style, { attributes = [], color }]) => {
      const own = colors[style as Style];
      const kept = own === undefined ? attributes : attributes.filter(attribute => attribute !== 'dim');
      const pen = kept.reduce<ChalkInstance | null>((inner, attribute) => (inner ?? chalk)[attribute], null);
      if (own !== undefined) return [style, foreground(pen ?? chalk, own)];
      return [style, color === undefined ? pen : (pen ?? chalk)[color]];
    }),
  ) as Readonly<Record<Style, ChalkInstance | null>>;
  const lit = selection === null ? chalk.inverse : background(chalk, selection.background);
  const text = selection?.text ?? null;
  const pen = text === null ? lit : foreground(lit, text);
  return {
    paint({ text, style = 'text', colors: own }) {
      if (own === undefined) return pens[style]?.(text) ?? text;
      return background(foreground(chalk, own.foreground), own.background)(text);
    },
    select: (painted, blocks = false) => (blocks && selection === null ? painted : pen(painted)),
  };
}

const terminalTheme: Theme = { colors: {}, selection: null };

function foreground(chalk: ChalkInstance, color: Color): ChalkInstance {
  if (typeof color !== 'number') return chalk.rgb(...color);
  const name = chalkNames[color];
  return name === undefined ? chalk.ansi256(color) : chalk[name];
}

function background(chalk: ChalkInstance, color: Color): ChalkInstance {
  if (typeof color !== 'number') return chalk.bgRgb(...color);
  const name = chalkNames[color];
  return name === undefined ? chalk.bgAnsi256(color) : chalk[`bg${capitalized(name)}`];
}

const capitalized = <T extends string>(name: T): Capitalize<T> =>
  `${name.charAt(0).toUpperCase()}${name.slice(1)}` as Capitalize<T>;
