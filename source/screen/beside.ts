import type { State } from '../store/state.ts';
import { previewPane, tableSize } from '../store/viewport.ts';
import { previewLines } from './preview.ts';
import { blankLine, padSegments, textLine, type Segment, type StyledLine } from './segments.ts';
import type { TableLines } from './table.ts';
import type { Glyphs } from './theme.ts';

/** The table, and below its last row the lines of the preview that have no row beside them. */
export type TableWithPreview = TableLines & { readonly below: readonly StyledLine[] };

/**
 * The table with the preview at its right or below it, where there is room for one. `fill`: down to the last line of the
 * screen; otherwise no longer than the longer of the two.
 */
export function withPreview(table: TableLines, state: State, glyphs: Glyphs, fill: boolean): TableWithPreview {
  const pane = previewPane(state);
  if (pane === null) return { ...table, below: [] };
  const { columns, rows } = tableSize(state);
  if (pane.side === 'below') {
    const lines = previewLines(state, glyphs, { columns, rows: pane.rows - 1 });
    const blanks = fill ? rows - table.rows.length - table.hint.length : 0;
    const rule = textLine(glyphs.dash.repeat(columns), 'muted');
    return { ...table, below: [...Array.from({ length: blanks }, () => blankLine), rule, ...lines] };
  }
  const divider: readonly Segment[] = [{ text: ' ' }, { text: glyphs.divider, style: 'muted' }, { text: ' ' }];
  const lines = previewLines(state, glyphs, { columns: pane.columns - divider.length, rows: pane.rows });
  const beside = ({ segments }: StyledLine, index: number): StyledLine => ({
    segments: [...padSegments(segments, columns), ...divider, ...(lines[index]?.segments ?? [])],
  });
  const used = 1 + table.rows.length + table.hint.length;
  const end = fill ? pane.rows : Math.max(used, lines.length);
  return {
    heading: beside(table.heading, 0),
    rows: table.rows.map(({ key, line }, index) => ({ key, line: beside(line, 1 + index) })),
    hint: table.hint.map((line, index) => beside(line, 1 + table.rows.length + index)),
    below: Array.from({ length: end - used }, (_, index) => beside(blankLine, used + index)),
  };
}
