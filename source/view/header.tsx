import { memo } from 'react';
import type { Frame } from '../screen/frame.ts';
import { Line } from './line.tsx';

/** What is watched, in numbers, and when it was last asked about. */
export const Header = memo(({ line }: { readonly line: Frame['header'] }) => <Line line={line} />);
Header.displayName = 'Header';

/** How each source is doing. A low pane has no room for it. */
export const Sources = memo(({ lines }: { readonly lines: Frame['sources'] }) =>
  lines.map((line, index) => <Line key={index} line={line} />),
);
Sources.displayName = 'Sources';

/** The groups of tasks, and what narrows the table. A low pane has no room for them. */
export const Tabs = memo(({ line }: { readonly line: Frame['tabs'] }) => line !== null && <Line line={line} />);
Tabs.displayName = 'Tabs';
