import { endSentences } from '../screen/batch.ts';
import { allFileTotals } from '../store/files.ts';
import { healthPhrase } from '../store/health-words.ts';
import { countPhrases } from '../screen/phrases.ts';
import { headingSegments, rowSegments } from '../screen/layout.ts';
import { chosenColumns, placeColumns } from '../screen/placement.ts';
import { lineInAscii, plainText, type Segment } from '../screen/segments.ts';
import type { Glyphs } from '../screen/theme.ts';
import { noticeOf } from '../store/notices.ts';
import { tableRows, type Row } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { truncate } from '../text/width.ts';
import { addressOf, isEnded } from '../task/task.ts';

type SummaryOptions = {
  readonly glyphs: Glyphs;
  /** The longest line, in cells; only the addresses below a row may be longer. */
  readonly columns: number;
  readonly paint: (segment: Segment) => string;
  /** Whether to leave out the tasks that the filter hides. */
  readonly filtered?: boolean;
  /** What goes on with files that are unfinished, such as a command; null or left out: nothing does. */
  readonly resumes?: string | null;
};

/**
 * The final table with the addresses of every clip, to be printed on the normal screen when the program ends. When all
 * tasks have ended it begins with what they came to.
 */
export function summaryLines(state: State, options: SummaryOptions): readonly string[] {
  const { glyphs, columns, filtered = false } = options;
  const inSigns = (segments: readonly Segment[]) => (glyphs.ascii ? lineInAscii({ segments }) : { segments });
  const plain = (text: string) => plainText(inSigns([{ text }]));
  // All tasks of every tab.
  const filter = filtered ? state.filter : '';
  const everything: State = { ...state, selected: null, marks: new Set(), unfolded: new Set(), filter, tab: 'all' };
  const context = { state: everything, glyphs, gutter: false as const };
  // Whole ids where there is room, so that they can be copied.
  const placed = placeColumns(chosenColumns(everything), columns, { wholeIds: true });
  const rows = tableRows(everything);
  const lines = rows.flatMap(row => {
    const line = inSigns(rowSegments(row, placed, context));
    // The addresses of a running task are previews, which the vendor deletes later.
    const clips = isEnded(row.task.status) ? row.task.clips : [];
    return [
      line.segments.map(options.paint).join('').trimEnd(),
      ...idBelow(row, plainText(line)),
      ...clips.flatMap(clip => addressOf(clip) ?? []).map(url => `  ${url}`),
    ];
  });
  const heading = rows.length === 0 ? [] : [plainText(inSigns(headingSegments(placed, context)))];
  const sentences = endSentences(state);
  const sentence = sentences.find(each => each.length <= columns) ?? sentences.at(-1);
  const end = sentence === undefined ? [] : [truncate(sentence, columns, glyphs.ellipsis)];
  return [
    ...end.map(plain),
    ...heading,
    ...lines,
    ...unknownIds(rows, lines).map(plain),
    ...failingSources(everything).map(plain),
    ...fileLines(state, options.resumes ?? null),
    plain(countsLine(everything, rows.length)),
  ];
}

/** The whole id of a task that did not end well, where it gave way to the reason: with it a person asks the vendor why. */
const idBelow = ({ task }: Row, shown: string): readonly string[] =>
  ['failed', 'partial', 'missing'].includes(task.status) && !shown.includes(task.id) ? [`  ${task.id}`] : [];

/** What came of the downloads, where that is not simply that all are saved. */
function fileLines({ files }: State, resumes: string | null): readonly string[] {
  const { count, saved, failed } = allFileTotals(files);
  const open = count - saved - failed;
  const goesOn = resumes === null ? '' : `: ${resumes} goes on with ${open === 1 ? 'it' : 'them'}`;
  return [
    ...(failed === 0 ? [] : [`${saved} of ${count} ${count === 1 ? 'file' : 'files'} saved, ${failed} not`]),
    ...(open === 0 ? [] : [`${open} ${open === 1 ? 'file' : 'files'} unfinished${goesOn}`]),
  ];
}

/** The counts are those of all tasks, as the exit code is. */
function countsLine(state: State, shown: number): string {
  const counts = countPhrases(state).map(({ text }) => text);
  const total = state.tasks.length;
  const hidden = shown === total ? [] : [`(${shown} of ${total} match ${state.filter})`];
  return [...counts, ...hidden].join('  ') || 'no tasks';
}

/** What to do about ids that an API does not know, where their rows have no room for it. */
function unknownIds(rows: readonly Row[], lines: readonly string[]): readonly string[] {
  const shown = lines.join('\n');
  const reasons = rows.flatMap(({ task: { error } }) =>
    error !== null && ['not_found', 'not_found_yet'].includes(error.code ?? '') ? [error.message] : [],
  );
  return [...new Set(reasons)].filter(reason => !shown.includes(reason));
}

const failingSources = (state: State): readonly string[] =>
  state.sources
    .filter(source => (source.health.state !== 'ok' && source.health.state !== 'new') || noticeOf(source) !== null)
    .map(source => healthPhrase(source));
