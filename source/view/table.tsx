import { memo } from 'react';
import type { TableWithPreview } from '../screen/beside.ts';
import { Line } from './line.tsx';

/** The tasks: a line each, and one for each clip of an unfolded task; with the preview beside or below them. */
export const Table = memo(({ table: { heading, rows, hint, below } }: { readonly table: TableWithPreview }) => (
  <>
    <Line line={heading} />
    {rows.map(({ key, line }) => (
      <Line key={key} line={line} />
    ))}
    {[...hint, ...below].map((line, index) => (
      <Line key={index} line={line} />
    ))}
  </>
));
Table.displayName = 'Table';
