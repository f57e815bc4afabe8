import { memo } from 'react';
import type { OverlayLines } from '../screen/overlays.ts';
import { Line } from './line.tsx';

type OverlayProps = { readonly overlay: OverlayLines };

/** What covers the table: help, event log, a choice, text to be selected by hand. */
export const Overlay = memo(({ overlay: { heading, lines } }: OverlayProps) => (
  <>
    <Line line={heading} />
    {lines.map((line, index) => (
      <Line key={index} line={line} />
    ))}
  </>
));
Overlay.displayName = 'Overlay';

/** Everything known about one task. */
export const Details = memo(({ overlay }: OverlayProps) => <Overlay overlay={overlay} />);
Details.displayName = 'Details';
