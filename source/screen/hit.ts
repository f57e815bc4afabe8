import { cellWidth } from '../text/width.ts';
import type { Frame } from './frame.ts';
import type { Hit, StyledLine } from './segments.ts';

/** What is at a cell of the screen; `row` is the key of a row in the frame. */
export type Target = Hit | { readonly kind: 'row'; readonly row: string };

/**
 * What a click at a cell acts on; the first cell of the first line is 0, 0. null: nothing is there to act on, or an overlay
 * hides the table, to which the tabs belong as well.
 */
export function hitAt({ sources, tabs, body }: Frame, x: number, y: number): Target | null {
  if (body?.kind !== 'table') return null;
  const top = 1 + sources.length + Number(tabs !== null);
  if (tabs !== null && y === top - 1) return hitIn(tabs, x);
  if (x >= body.columns) return null;
  if (y === top) return hitIn(body.heading, x);
  const row = y > top ? body.rows[y - top - 1] : undefined;
  return row === undefined ? null : { kind: 'row', row: row.key };
}

function hitIn({ segments }: StyledLine, x: number): Hit | null {
  let end = 0;
  for (const { text, hit } of segments) {
    end += cellWidth(text);
    if (x < end) return hit ?? null;
  }
  return null;
}
