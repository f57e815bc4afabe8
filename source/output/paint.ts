import { Chalk } from 'chalk';
import { createPainter } from '../screen/paint.ts';
import type { Segment } from '../screen/segments.ts';
import type { Theme } from '../screen/themes.ts';
import type { ColorLevel } from '../terminal/color.ts';

/** A function that colours a segment with escape sequences, for output that does not go through Ink. */
export const painter = (level: ColorLevel, theme?: Theme): ((segment: Segment) => string) =>
  createPainter(new Chalk({ level }), theme).paint;
