import * as z from 'zod';
import { colorNames, parseColor } from '../screen/colors.ts';
import { roleFacts } from '../screen/theme-choices.ts';
import { didYouMean } from './nearest.ts';

const color = z.union([z.string(), z.number()]).superRefine((value, context) => {
  if (parseColor(String(value)) !== null) return;
  const names = 'black, red, green, yellow, blue, magenta, cyan, white, gray, bright-red …';
  const meant = didYouMean(String(value), colorNames);
  const message = `a colour is a name (${names}), a number from 0 to 255, or #rrggbb${meant}`;
  context.addIssue({ code: 'custom', message });
});

/** `colors` in the config file: a colour for each role that is not to have that of the theme. */
export const colors = z
  .strictObject(
    Object.fromEntries(
      Object.entries(roleFacts).map(([role, { help, example }]) => [
        role,
        color.optional().meta({ description: help, examples: [example] }),
      ]),
    ),
  )
  .describe('single colours of the theme set otherwise, by role: a name, a number from 0 to 255, or #rrggbb');
