import { Box, useCursor } from 'ink';
import { useMemo } from 'react';
import type { Store } from '../store/store.ts';
import type { FrameOptions } from '../screen/frame.ts';
import { Line, type LineProps } from './line.tsx';
import { frameSource, useFrame } from './use-frame.ts';
import { useKeys, type KeyHandlers } from './keys.ts';

export type AppProps = Omit<KeyHandlers, 'isTyping'> & {
  readonly store: Store;
  readonly options: FrameOptions;
  readonly hyperlink?: LineProps['hyperlink'];
};

/** The screen: it draws frames and passes keys on, and decides nothing. */
export const App = ({ store, options, hyperlink = null, onKey, onPaste }: AppProps) => {
  const source = useMemo(() => frameSource(store, options), [store, options]);
  const { lines, cursor } = useFrame(source);
  // The real cursor, not a painted one: input methods open their window there.
  useCursor().setCursorPosition(cursor ?? undefined);
  useKeys({ onKey, onPaste, isTyping: () => store.getState().prompt !== null });
  return (
    <Box flexDirection="column">
      {lines.map((line, index) => (
        <Line key={index} line={line} hyperlink={hyperlink} />
      ))}
    </Box>
  );
};
