import { Text, Transform, type TextProps } from 'ink';
import { memo } from 'react';
import type { Style } from '../screen/theme.ts';
import type { FrameLine } from '../screen/frame.ts';

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

export type LineProps = {
  readonly line: FrameLine;
  /** Makes a text a link, where the terminal knows links. */
  readonly hyperlink: ((url: string, text: string) => string) | null;
};

/** One line of the screen; drawn again only when it is another object. */
export const Line = memo(({ line, hyperlink }: LineProps) => {
  const { link, inverse = false } = line;
  if (line.segments.every(({ text }) => text === '')) return <Text> </Text>;
  const text = (
    <Text wrap="truncate" inverse={inverse}>
      {line.segments.map(({ text: words, style = 'plain' }, index) => (
        <Text key={index} {...looks[style]}>
          {words}
        </Text>
      ))}
    </Text>
  );
  if (link === undefined || hyperlink === null) return text;
  return <Transform transform={words => hyperlink(link, words)}>{text}</Transform>;
});
Line.displayName = 'Line';
