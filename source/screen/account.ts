import { keyOf } from '../keymap.ts';
import type { Overlay, State } from '../store/state.ts';
import { bodyHeight, scrollTo } from '../store/viewport.ts';
import type { Task } from '../task/task.ts';
import { formatInterval } from '../text/duration.ts';
import { cellWidth, truncate } from '../text/width.ts';
import { shortSource } from '../store/health-words.ts';
import { justify, padSegments, restyled, textLine, type Segment, type StyledLine } from './segments.ts';
import { statusGlyph, statusStyles, type Glyphs } from './theme.ts';
import { titleCell } from './title-cell.ts';

type Picker = Extract<Overlay, { kind: 'account' }>;

/** From so many cells on the source of a task stands at its end. */
const wideFrom = 60;
/** In cells: the signs for the chosen row and a marked one, the glyph, the word of the status. */
const statusWidth = 11;
/** In cells: `12m ago`. */
const ageWidth = 9;

/** The tasks of the account that are offered: title, age, state. */
export function accountLines(
  { tasks, at, selected, marks }: Picker,
  state: State,
  glyphs: Glyphs,
): { readonly heading: StyledLine; readonly lines: readonly StyledLine[] } {
  const { columns } = state.size;
  const { length } = tasks ?? [];
  const height = bodyHeight(state);
  const top = scrollTo(state.scroll, selected, height, length);
  const key = (command: string) => keyOf(state.keymap, command);
  const hint = columns >= wideFrom ? `  ${key('mark')} marks, ${key('details')} adds, ${key('back')} closes` : '';
  const title: readonly Segment[] = [
    { text: "the account's last tasks", style: 'strong' },
    { text: hint, style: 'muted' },
  ];
  const place = [
    ...(marks.size > 0 ? [`${marks.size} marked`] : []),
    ...(length > height ? [`${top + 1}-${Math.min(length, top + height)} of ${length}`] : []),
  ].join('  ');
  const line = (task: Task, index: number) =>
    taskLine(task, { isSelected: top + index === selected, isMarked: marks.has(task.key), at, columns, glyphs });
  return {
    heading: { segments: justify(title, [{ text: place, style: 'accent' }], columns, glyphs) },
    lines:
      tasks === null
        ? [textLine(state.paused ? `paused: asked when ${key('pause')} resumes` : 'asking for them', 'muted')]
        : length === 0
          ? [
              textLine(
                truncate(`every one is on the list: ${key('back')} closes this`, columns, glyphs.ellipsis),
                'muted',
              ),
            ]
          : tasks.slice(top, top + height).map(line),
  };
}

type Row = {
  readonly isSelected: boolean;
  readonly isMarked: boolean;
  readonly at: number;
  readonly columns: number;
  readonly glyphs: Glyphs;
};

function taskLine(task: Task, { isSelected, isMarked, at, columns, glyphs }: Row): StyledLine {
  const { status } = task;
  const source = columns >= wideFrom ? `  ${shortSource(task.source)}` : '';
  const age = task.submittedAt === null ? '' : ageOf(at - task.submittedAt);
  const right = `${age.padStart(ageWidth)}${source}`;
  const sign = isMarked ? glyphs.marked : ' ';
  const end = isMarked ? glyphs.markedEnd : '';
  const gutter = isSelected ? `>${sign}` : end === '' ? `${sign} ` : ` ${sign}`;
  const left = `${gutter}${statusGlyph(status, glyphs)} ${(status + end).padEnd(statusWidth)}`;
  const room = Math.max(1, columns - cellWidth(left) - cellWidth(right) - 2);
  const title = titleCell(task, glyphs, room);
  const words: Segment = typeof title === 'string' ? { text: truncate(title, room, glyphs.ellipsis) } : title;
  const segments = justify(
    [{ text: left, style: statusStyles[status].style }, words],
    [{ text: right, style: 'muted' }],
    columns,
    glyphs,
  );
  return isSelected ? { segments: restyled(padSegments(segments, columns), 'text'), inverse: true } : { segments };
}

/** `3m ago`, in its largest unit. */
function ageOf(milliseconds: number): string {
  const [, largest = '0s'] = /^(\d+\D+)/.exec(formatInterval(Math.max(0, milliseconds))) ?? [];
  return `${milliseconds < 1000 ? '0s' : largest} ago`;
}
