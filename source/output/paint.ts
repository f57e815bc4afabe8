import { Chalk } from 'chalk';
import type { ColorLevel } from '../terminal/color.ts';
import { paint } from '../screen/paint.ts';
import type { Segment } from '../screen/segments.ts';

/** A function that colours a segment with escape sequences, for output that does not go through Ink. */
export function painter(level: ColorLevel): (segment: Segment) => string {
  const chalk = new Chalk({ level });
  return ({ text, style = 'text' }) => paint(chalk, style, text);
}
