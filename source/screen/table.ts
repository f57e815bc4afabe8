import type { Binding } from '../keymap.ts';
import { soughtWords } from '../store/filter.ts';
import { selectedRow, tableWindow, type Row } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { tableSize } from '../store/viewport.ts';
import { isFinal } from '../task/task.ts';
import { emptyLines } from './empty.ts';
import { headingSegments, rowSegments } from './layout.ts';
import { gutter, tableColumns } from './placement.ts';
import { padSegments, restyled, trimSegments, type StyledLine } from './segments.ts';
import type { Glyphs } from './theme.ts';

/** The visible part of the table. */
export type TableLines = {
  readonly heading: StyledLine;
  /** `key` names the task, or the clip of it, that a row shows. */
  readonly rows: readonly { readonly key: string; readonly line: StyledLine }[];
  /** What to do where there is no row. */
  readonly hint: readonly StyledLine[];
};

export function tableLines(state: State, keymap: readonly Binding[], glyphs: Glyphs): TableLines {
  const context = { state, glyphs, sought: soughtWords(state) };
  const { columns } = tableSize(state);
  const placed = tableColumns(state, columns - gutter);
  const { rows } = tableWindow(state);
  const selected = selectedRow(state);
  const troubled = new Set(state.sources.filter(({ health }) => health.since !== null).map(({ name }) => name));
  const lineOf = ({ task, clip }: Row): StyledLine => {
    const segments = rowSegments({ task, clip }, placed, context);
    if (selected?.task === task && selected.clip === clip) {
      return { segments: padSegments(segments, columns).map(segment => ({ ...segment, inverse: true })) };
    }
    // What is shown of a source that does not answer is what was last known, not what is.
    const stale = troubled.has(task.source) && !isFinal(task.status);
    return { segments: trimSegments(stale || clip !== null ? restyled(segments, 'muted') : segments) };
  };
  return {
    heading: { segments: headingSegments(placed, context) },
    rows: rows.map(row => ({ key: rowKey(row), line: lineOf(row) })),
    hint: rows.length === 0 ? emptyLines(state, keymap, tableSize(state)) : [],
  };
}

/** What names a row: its task, or the clip of it that it shows. */
export const rowKey = ({ task, clip }: Row): string =>
  clip === null ? task.key : `${task.key} clip ${task.clips.indexOf(clip)}`;
