import { keyLabel, type Binding } from '../keymap.ts';
import { statuses } from '../task/task.ts';
import { blankLine, padSegments, textLine, type Segment, type StyledLine } from './segments.ts';
import { statusGlyph, statusStyles, type Glyphs } from './theme.ts';

/** In cells: from twice this width on, the help stands in two columns and fits on most screens. */
const columnWidth = 58;
/** In cells: the keys before each sentence. */
const keysWidth = 18;

/** The help, from the table of keys, so that it cannot name a key that does something else. */
export function helpLines(
  keymap: readonly Binding[],
  filter: string,
  glyphs: Glyphs,
  cells: number,
): readonly StyledLine[] {
  const wanted = filter.toLowerCase();
  const matching = keymap.filter(({ command, help, keys }) =>
    [command, help, ...keys].some(text => text.toLowerCase().includes(wanted)),
  );
  const groups = [...Map.groupBy(matching, ({ group }) => group)];
  const lines = groups.flatMap(([group, bindings]): StyledLine[] => [
    textLine(group, 'bold'),
    ...bindings.map(({ keys, help }): StyledLine => {
      const names = `  ${keys.map(keyLabel).join(' ')}`.padEnd(keysWidth);
      return { segments: [{ text: names, style: 'cyan' }, { text: help }] };
    }),
    blankLine,
  ]);
  if (lines.length === 0) return [textLine(`no key for "${filter}"`)];
  if (filter !== '') return lines;
  return [...(cells >= 2 * columnWidth ? inTwoColumns(lines) : lines), { segments: legend(glyphs) }];
}

function inTwoColumns(lines: readonly StyledLine[]): readonly StyledLine[] {
  // Between two groups, as near to the middle as it gets.
  const breaks = lines.flatMap((line, index) => (line.segments.length === 0 ? [index + 1] : []));
  const middle = breaks.find(index => index >= lines.length / 2) ?? lines.length;
  const right = lines.slice(middle);
  return lines.slice(0, middle).map((line, index) => {
    const other = right[index]?.segments ?? [];
    return other.length === 0 ? line : { segments: [...padSegments(line.segments, columnWidth, 1), ...other] };
  });
}

/** All statuses with their signs. */
const legend = (glyphs: Glyphs): readonly Segment[] =>
  statuses.flatMap((status, index): Segment[] => [
    ...(index === 0 ? [] : [{ text: '   ' }]),
    { text: `${statusGlyph(status, glyphs)} ${status}`, style: statusStyles[status].style },
  ]);
