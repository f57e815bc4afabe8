import { useCursor } from 'ink';
import { memo } from 'react';
import type { Bottom } from '../screen/frame.ts';
import { Line } from './line.tsx';

/** What is being typed, with the real cursor in it, not a painted one: input methods open their window there. */
export const Prompt = memo(({ line, cursor }: Omit<Extract<Bottom, { kind: 'prompt' }>, 'kind'>) => {
  useCursor().setCursorPosition(cursor);
  return <Line line={line} />;
});
Prompt.displayName = 'Prompt';

/** What just happened, else the keys that apply here. */
export const Footer = memo(({ line }: Omit<Extract<Bottom, { kind: 'footer' }>, 'kind'>) => <Line line={line} />);
Footer.displayName = 'Footer';
