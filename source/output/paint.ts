import { Chalk } from 'chalk';
import type { ColorLevel } from '../terminal/color-level.ts';
import type { Segment } from '../table/theme.ts';

/** Colours segments for output that does not go through Ink. */
export function painter(level: ColorLevel): (segment: Segment) => string {
  const chalk = new Chalk({ level });
  return ({ text, style = 'plain' }) => (style === 'plain' ? text : chalk[style](text));
}
