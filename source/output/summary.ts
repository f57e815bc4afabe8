import { healthPhrase, countPhrases } from '../screen/header.ts';
import { chosenColumns, headingLine, placeColumns, rowSegments } from '../screen/layout.ts';
import type { Glyphs, Segment } from '../screen/theme.ts';
import { tableRows } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { isEnded } from '../task/task.ts';

export type SummaryOptions = {
  readonly glyphs: Glyphs;
  /** Cells of a line; the addresses below a row may be longer. */
  readonly columns: number;
  readonly paint: (segment: Segment) => string;
};

/** Cells of the longest ids, `task_` and 32 more. */
const wholeId = 37;

/** The final table with the addresses of every clip, for the normal screen: what stays when the program has left. */
export function summaryLines(state: State, { glyphs, columns, paint }: SummaryOptions): readonly string[] {
  // Without the signs of a cursor that is gone.
  const still: State = { ...state, selected: null, marks: new Set(), unfolded: new Set(), filter: '', tab: 'all' };
  const context = { state: still, glyphs };
  // Whole ids where there is room: what is left on the screen is there to be used.
  const wanted = chosenColumns(still).map(column => (column.id === 'id' ? { ...column, maxWidth: wholeId } : column));
  const placed = placeColumns(wanted, columns);
  const rows = tableRows(still);
  const lines = rows.flatMap(row => [
    rowSegments(row, placed, context).map(paint).join('').slice(2).trimEnd(),
    // What a running task has are previews, which go away.
    ...(isEnded(row.task.status) ? row.task.clips : []).flatMap(clip => {
      const url = clip.audioUrl ?? clip.videoUrl ?? clip.fileUrl;
      return url === null ? [] : [`  ${url}`];
    }),
  ]);
  const heading = rows.length === 0 ? [] : [headingLine(placed, context).slice(2)];
  return [
    ...heading,
    ...lines,
    ...troubles(still),
    countPhrases(still)
      .map(({ text }) => text)
      .join('  ') || 'no tasks',
  ];
}

const troubles = (state: State): readonly string[] =>
  state.sources
    .filter(({ health }) => health.state !== 'ok' && health.state !== 'new')
    .map(source => healthPhrase(source, { keys: false }));
