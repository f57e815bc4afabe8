import { Text, type TextProps } from 'ink';
import { createContext, memo, use } from 'react';
import type { StyledLine } from '../screen/segments.ts';
import type { Style } from '../screen/theme.ts';

const looks: Readonly<Record<Style, TextProps>> = {
  plain: {},
  dim: { dimColor: true },
  bold: { bold: true },
  underline: { underline: true },
  green: { color: 'green' },
  red: { color: 'red' },
  magenta: { color: 'magenta' },
  cyan: { color: 'cyan' },
};

/** Makes a text a link to an address. It is given the bare words: a painted text holds escape sequences already. */
export type Hyperlink = (url: string, text: string) => string;

/** How this terminal is told of a link; null where it knows none. */
export const HyperlinkContext = createContext<Hyperlink | null>(null);

/** One line of the screen; drawn again only when it is another object. */
export const Line = memo(({ line: { segments, inverse = false } }: { readonly line: StyledLine }) => {
  const hyperlink = use(HyperlinkContext);
  // A line without any text would have no height.
  if (segments.every(({ text }) => text === '')) return <Text> </Text>;
  return (
    <Text wrap="truncate" inverse={inverse}>
      {segments.map(({ text, style = 'plain', link }, index) => (
        <Text key={index} {...looks[style]}>
          {link === undefined || hyperlink === null ? text : hyperlink(link, text)}
        </Text>
      ))}
    </Text>
  );
});
Line.displayName = 'Line';
