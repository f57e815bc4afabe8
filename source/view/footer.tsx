import { useCursor } from 'ink';
import { memo } from 'react';
import type { Bottom, Frame } from '../screen/frame.ts';
import { Line } from './line.tsx';

/** What is being typed, with the real cursor in it, not a painted one: input methods open their window there. */
export const Prompt = memo(({ line, cursor }: Omit<Extract<Bottom, { kind: 'prompt' }>, 'kind'>) => {
  useCursor().setCursorPosition(cursor);
  return <Line line={line} />;
});
Prompt.displayName = 'Prompt';

/** What just happened. */
export const Message = memo(({ lines }: { readonly lines: Frame['message'] }) =>
  lines.map((line, index) => <Line key={index} line={line} />),
);
Message.displayName = 'Message';

/** The keys that apply here. */
export const Footer = memo(({ line }: Omit<Extract<Bottom, { kind: 'footer' }>, 'kind'>) => <Line line={line} />);
Footer.displayName = 'Footer';
