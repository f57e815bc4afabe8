import { memo } from 'react';
import type { TableLines } from '../screen/table.ts';
import { Line } from './line.tsx';

/** The tasks: a line each, and one for each clip of an unfolded task. */
export const Table = memo(({ table: { heading, rows, hint } }: { readonly table: TableLines }) => (
  <>
    <Line line={heading} />
    {rows.map(({ key, line }) => (
      <Line key={key} line={line} />
    ))}
    {hint.map((line, index) => (
      <Line key={index} line={line} />
    ))}
  </>
));
Table.displayName = 'Table';
