import chalk from 'chalk';
import { Text } from 'ink';
import { createContext, memo, use } from 'react';
import { createPainter, type Painter } from '../screen/paint.ts';
import type { StyledLine } from '../screen/segments.ts';

/** Makes a text a link to an address. It is given the bare words: a painted text holds escape sequences already. */
export type Hyperlink = (url: string, text: string) => string;

/** How this terminal is told of a link; null where it knows none. */
export const HyperlinkContext = createContext<Hyperlink | null>(null);

/** In which colours the screen is drawn; the terminal's own without another. */
export const PainterContext = createContext<Painter>(createPainter(chalk));

/** One line of the screen; drawn again only when it is another object. */
export const Line = memo(({ line: { segments, inverse = false } }: { readonly line: StyledLine }) => {
  const hyperlink = use(HyperlinkContext);
  const { paint, select } = use(PainterContext);
  // A line without any text would have no height.
  if (segments.every(({ text }) => text === '')) return <Text> </Text>;
  // One text of painted words: a component for each of them would be most of the work of a frame.
  const painted = segments.map(({ text, style = 'text', link, inverse: isInverse = false, blocks, colors }) => {
    const bare = link === undefined || hyperlink === null ? text : hyperlink(link, text);
    const words = paint(colors === undefined ? { style, text: bare } : { colors, text: bare });
    return isInverse ? select(words, blocks) : words;
  });
  const words = painted.join('');
  return <Text wrap="truncate">{inverse ? select(words) : words}</Text>;
});
Line.displayName = 'Line';
