import { keyLabel, type Binding } from '../keymap.ts';
import { findTask } from '../store/selectors.ts';
import type { Overlay, State } from '../store/state.ts';
import { formatTime } from '../text/duration.ts';
import { cellWidth, wrap } from '../text/width.ts';
import { detailLines, rawLines, type DetailLine } from './details.ts';
import { legend } from './header.ts';
import { statusGlyph, statusStyles, type Glyphs, type Segment } from './theme.ts';

/** What is drawn of the topmost overlay: its title and all its lines, shown or scrolled away. */
export function overlayContent(
  overlay: Overlay,
  state: State,
  keymap: readonly Binding[],
  glyphs: Glyphs,
): { title: string; lines: readonly DetailLine[] } {
  const cells = state.size.columns;
  switch (overlay.kind) {
    case 'details': {
      const task = findTask(state, overlay.key);
      if (task === undefined) return { title: 'details', lines: [] };
      const lines = overlay.raw ? rawLines(task, cells) : detailLines(task, state, glyphs, cells);
      return { title: task.clips[0]?.title ?? task.id, lines };
    }
    case 'help':
      return {
        title: overlay.filter === '' ? 'help' : `help  /${overlay.filter}`,
        lines: helpLines(keymap, overlay.filter, glyphs, cells),
      };
    case 'log':
      return { title: 'event log', lines: logLines(state, glyphs, cells) };
    case 'choose':
      return {
        title: overlay.title,
        lines: overlay.choices.map((choice, index) => ({
          segments: [{ text: `${index + 1}`, style: 'bold' }, { text: `  ${choice}` }],
        })),
      };
    case 'text':
      return {
        title: overlay.title,
        lines: overlay.lines.flatMap(line => {
          const link = /^https?:\/\//.test(line) ? { link: line } : {};
          return wrap(line, cells).map(text => ({ segments: [{ text }], ...link }));
        }),
      };
  }
}

/** The help, from the table of keys, so that it cannot name a key that does something else. */
function helpLines(keymap: readonly Binding[], filter: string, glyphs: Glyphs, cells: number): readonly DetailLine[] {
  const wanted = filter.toLowerCase();
  const matching = keymap.filter(({ command, help, keys }) =>
    [command, help, ...keys].some(text => text.toLowerCase().includes(wanted)),
  );
  const groups = [...Map.groupBy(matching, ({ group }) => group)];
  const lines = groups.flatMap(([group, bindings]): DetailLine[] => [
    { segments: [{ text: group, style: 'bold' }] },
    ...bindings.map(({ keys, help }) => ({
      segments: [{ text: `  ${keys.map(keyLabel).join(' ')}`.padEnd(18), style: 'cyan' as const }, { text: help }],
    })),
    { segments: [] },
  ]);
  if (lines.length === 0) return [{ segments: [{ text: `no key for "${filter}"` }] }];
  if (filter !== '') return lines;
  return [...(cells >= 2 * helpColumn ? inTwoColumns(lines) : lines), { segments: legend(glyphs) }];
}

/** From twice this width on, the help stands in two columns and fits on most screens. */
const helpColumn = 58;

function inTwoColumns(lines: readonly DetailLine[]): readonly DetailLine[] {
  // Between two groups, as near to the middle as it gets.
  const breaks = lines.flatMap((line, index) => (line.segments.length === 0 ? [index + 1] : []));
  const middle = breaks.find(index => index >= lines.length / 2) ?? lines.length;
  const right = lines.slice(middle);
  return lines.slice(0, middle).map((line, index) => {
    const other = right[index]?.segments ?? [];
    if (other.length === 0) return line;
    const cut = fitSegments(line.segments, helpColumn);
    return { segments: [...cut, ...other] };
  });
}

function fitSegments(segments: readonly Segment[], cells: number): readonly Segment[] {
  const width = segments.reduce((sum, { text }) => sum + cellWidth(text), 0);
  return [...segments, { text: ' '.repeat(Math.max(1, cells - width)) }];
}

/** The latest on top: that is what the person came to see. */
function logLines(state: State, glyphs: Glyphs, cells: number): readonly DetailLine[] {
  if (state.log.length === 0) return [{ segments: [{ text: 'nothing happened yet', style: 'dim' }] }];
  return state.log.toReversed().flatMap(({ at, status, text }) => {
    const sign = status === null ? ' ' : statusGlyph(status, glyphs);
    return wrap(text, cells - 12).map((part, index): DetailLine => ({
      segments: [
        { text: index === 0 ? `${formatTime(at)}  ` : ' '.repeat(10), style: 'dim' },
        { text: index === 0 ? `${sign} ` : '  ', style: status === null ? 'plain' : statusStyles[status].style },
        { text: part },
      ],
    }));
  });
}
