/** Asks how large a cell is (XTWINOPS 16). The answer comes among the keys. */
export const askCellSize = '\x1b[16t';

/** How high a cell is, by its width. */
export type CellShape = { readonly kind: 'cell'; readonly ratio: number };

/** Cells are not that low or that high: what says so is no answer. */
const [lowest, highest] = [1, 4];

/** The answer, `ESC [ 6 ; height ; width t` in pixels; null for what tells nothing, and what is none. */
export function readCellSize(sequence: string): CellShape | null {
  const [, height, width] = /^\x1b\[6;(\d+);(\d+)t$/.exec(sequence) ?? [];
  const ratio = Number(height) / Number(width);
  return ratio >= lowest && ratio <= highest ? { kind: 'cell', ratio } : null;
}
