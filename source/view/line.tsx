import chalk from 'chalk';
import { Text } from 'ink';
import { createContext, memo, use } from 'react';
import { paint } from '../screen/paint.ts';
import type { StyledLine } from '../screen/segments.ts';

/** Makes a text a link to an address. It is given the bare words: a painted text holds escape sequences already. */
export type Hyperlink = (url: string, text: string) => string;

/** How this terminal is told of a link; null where it knows none. */
export const HyperlinkContext = createContext<Hyperlink | null>(null);

/** One line of the screen; drawn again only when it is another object. */
export const Line = memo(({ line: { segments, inverse = false } }: { readonly line: StyledLine }) => {
  const hyperlink = use(HyperlinkContext);
  // A line without any text would have no height.
  if (segments.every(({ text }) => text === '')) return <Text> </Text>;
  // One text of painted words: a component for each of them would be most of the work of a frame.
  const painted = segments.map(({ text, style = 'text', link }) =>
    paint(chalk, style, link === undefined || hyperlink === null ? text : hyperlink(link, text)),
  );
  return (
    <Text wrap="truncate" inverse={inverse}>
      {painted.join('')}
    </Text>
  );
});
Line.displayName = 'Line';
