import { betweenSources, sourceLines } from '../store/source-lines.ts';
import type { State } from '../store/state.ts';
import { chrome, sourceRoom } from '../store/viewport.ts';
import { justify, widthOf, type Segment, type StyledLine } from './segments.ts';
import { viewPhrase } from './tabs.ts';
import type { Glyphs, Style } from './theme.ts';

const styles = { trouble: 'failure', back: 'success', well: 'text' } as const satisfies Record<string, Style>;

/** How each source is doing, those in trouble first; and where there is no room for tabs, what of the table is shown. */
export function sourcesLines(state: State, glyphs: Glyphs): readonly StyledLine[] {
  const view = chrome(state).tabs ? [] : viewPhrase(state, glyphs);
  const { columns, lines } = sourceRoom(state);
  const room = { columns: columns - (view.length === 0 ? 0 : widthOf(view) + 2), lines };
  return sourceLines(state, room).map((phrases, row): StyledLine => {
    const segments = phrases.flatMap(({ text, kind }, index): Segment[] => [
      ...(index === 0 ? [] : [{ text: betweenSources }]),
      { text, style: styles[kind] },
    ]);
    return { segments: justify(segments, row === 0 ? view : [], columns, glyphs) };
  });
}
