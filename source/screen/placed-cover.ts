import { cellWidth } from '../text/width.ts';
import type { Frame } from './frame.ts';
import type { Segment, StyledLine } from './segments.ts';

/** Where on the screen a picture is to be drawn, in cells from the upper left corner, which is 0 and 0. */
type PlacedCover = {
  readonly url: string;
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
};

/** The place that a frame leaves for a picture; null where there is none, or where a part of it is scrolled away. */
export function placedCover({ header, sources, tabs, body }: Frame): PlacedCover | null {
  if (body === null) return null;
  const above = [header, ...sources, ...(tabs === null ? [] : [tabs]), body.heading];
  const below =
    body.kind === 'table' ? [...body.rows.map(({ line }) => line), ...body.hint, ...body.below] : body.lines;
  const lines = [...above, ...below];
  for (const [y, line] of lines.entries()) {
    const found = pictureIn(line);
    if (found?.picture.row !== 0) continue;
    const { url, rows } = found.picture;
    const last = pictureIn(lines[y + rows - 1])?.picture;
    return last?.url === url && last.row === rows - 1 ? { url, x: found.x, y, columns: found.columns, rows } : null;
  }
  return null;
}

type Found = { readonly x: number; readonly columns: number; readonly picture: NonNullable<Segment['picture']> };

function pictureIn(line: StyledLine | undefined): Found | null {
  const index = line?.segments.findIndex(({ picture }) => picture !== undefined) ?? -1;
  const segment = line?.segments[index];
  if (line === undefined || segment?.picture === undefined) return null;
  const x = line.segments.slice(0, index).reduce((sum, { text }) => sum + cellWidth(text), 0);
  return { x, columns: cellWidth(segment.text), picture: segment.picture };
}
