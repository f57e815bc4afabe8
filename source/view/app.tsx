import { Box } from 'ink';
import { useMemo } from 'react';
import type { Frame, FrameOptions } from '../screen/frame.ts';
import type { Store } from '../store/store.ts';
import { Footer, Message, Prompt } from './footer.tsx';
import { Header, Sources, Tabs } from './header.tsx';
import { useKeys, type KeyHandlers } from './keys.ts';
import { HyperlinkContext, type Hyperlink } from './line.tsx';
import { Details, Overlay } from './overlay.tsx';
import { Table } from './table.tsx';
import { frameSource, useFrame } from './use-frame.ts';

export type AppProps = Omit<KeyHandlers, 'isTyping'> & {
  readonly store: Store;
  readonly options: FrameOptions;
  readonly hyperlink?: Hyperlink | null;
  /** Told of each frame before it is drawn. */
  readonly onFrame?: (frame: Frame) => void;
};

/** The screen, from its first line to its last: it draws frames and passes keys on, and decides nothing. */
export const App = ({ store, options, hyperlink = null, onFrame, onKey, onPaste }: AppProps) => {
  const source = useMemo(() => frameSource(store, options), [store, options]);
  const frame = useFrame(source);
  onFrame?.(frame);
  const { header, sources, tabs, body, height, message, bottom } = frame;
  useKeys({ onKey, onPaste, isTyping: () => store.getState().prompt !== null });
  return (
    <HyperlinkContext value={hyperlink}>
      <Box flexDirection="column">
        <Header line={header} />
        <Sources lines={sources} />
        <Tabs line={tabs} />
        <Box flexDirection="column" height={height}>
          {body?.kind === 'table' && <Table table={body} />}
          {body?.kind === 'details' && <Details overlay={body} />}
          {body?.kind === 'overlay' && <Overlay overlay={body} />}
        </Box>
        <Message lines={message} />
        {bottom?.kind === 'prompt' && <Prompt line={bottom.line} cursor={bottom.cursor} />}
        {bottom?.kind === 'footer' && <Footer line={bottom.line} />}
      </Box>
    </HyperlinkContext>
  );
};
