import type { ChalkInstance } from 'chalk';
import type { Style } from './theme.ts';

/** The terminal's own 16 colours, and attributes: readable on light and dark because the terminal chose them. */
const looks: Readonly<Record<Style, readonly ('bold' | 'dim' | 'underline' | 'green' | 'red' | 'magenta' | 'cyan')[]>> =
  {
    text: [],
    muted: ['dim'],
    strong: ['bold'],
    link: ['underline'],
    match: ['bold', 'underline'],
    accent: ['cyan'],
    success: ['green'],
    warning: ['magenta'],
    failure: ['red'],
  };

/** A text with the escape sequences of its style, for as many colours as the given chalk draws. */
export const paint = (chalk: ChalkInstance, style: Style, text: string): string =>
  looks[style].reduce((painted, look) => chalk[look](painted), text);
