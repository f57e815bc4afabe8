import { keyLabel, keyOf } from '../keymap.ts';
import type { State } from '../store/state.ts';
import { printable } from '../text/printable.ts';
import { truncate } from '../text/width.ts';
import { textLine, type StyledLine } from './segments.ts';
import type { Glyphs } from './theme.ts';

/** What an overlay says where its filter leaves nothing, with the key that takes the filter away. */
export function nothingLine(filter: string, state: State, glyphs: Glyphs, what = 'nothing here'): StyledLine {
  // In the line that is typed in, Esc cannot be bound to anything else.
  const key = state.prompt === null ? keyOf(state.keymap, 'back') : keyLabel('escape');
  return textLine(
    truncate(`${what} for "${printable(filter)}": ${key} shows all`, state.size.columns, glyphs.ellipsis),
  );
}
