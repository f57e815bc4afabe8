import { keyLabel, type Binding } from '../keymap.ts';
import { statuses } from '../task/task.ts';
import { wordMatcher } from '../store/filter.ts';
import { wrap } from '../text/width.ts';
import { blankLine, padSegments, textLine, widthOf, type Segment, type StyledLine } from './segments.ts';
import { statusGlyph, statusStyles, type Glyphs } from './theme.ts';

/** In cells: from this width on, the help stands in two columns and fits on most screens. */
const twoColumnsFrom = 120;
/** In cells: the keys before each sentence. */
const keysWidth = 16;
/** In cells: between the columns. */
const gap = 2;

/** The help, from the table of keys, so that it cannot name a key that does something else. */
export function helpLines(
  keymap: readonly Binding[],
  filter: string,
  glyphs: Glyphs,
  cells: number,
): readonly StyledLine[] {
  const matches = wordMatcher(filter);
  const matching = keymap.filter(({ command, help, keys }) => matches([command, help, ...keys].join('\n')));
  const twoColumns = filter === '' && cells >= twoColumnsFrom;
  const columnWidth = twoColumns ? Math.floor(cells / 2) : cells + gap;
  const groups = [...Map.groupBy(matching, ({ group }) => group)];
  const lines = groups.flatMap(([group, bindings]): StyledLine[] => [
    textLine(group, 'strong'),
    ...bindings.flatMap(binding => bindingLines(binding, columnWidth - gap)),
    blankLine,
  ]);
  if (filter !== '') return lines;
  return [
    ...(twoColumns ? inTwoColumns(lines, columnWidth) : lines),
    ...legend(glyphs, cells),
    ...rowSigns(glyphs, cells),
  ];
}

const bindingLines = ({ keys, help }: Binding, cells: number): readonly StyledLine[] =>
  wrap(help, cells - keysWidth).map((text, index) => {
    const names = index === 0 ? `  ${keys.map(keyLabel).join(' ')}` : '';
    return { segments: [{ text: names.padEnd(keysWidth), style: 'accent' }, { text }] };
  });

function inTwoColumns(lines: readonly StyledLine[], columnWidth: number): readonly StyledLine[] {
  // Between two groups, as near to the middle as it gets.
  const breaks = lines.flatMap((line, index) => (line.segments.length === 0 ? [index + 1] : []));
  const middle = breaks.find(index => index >= lines.length / 2) ?? lines.length;
  const right = lines.slice(middle);
  return lines.slice(0, middle).map((line, index) => {
    const other = right[index]?.segments ?? [];
    return other.length === 0 ? line : { segments: [...padSegments(line.segments, columnWidth), ...other] };
  });
}

/** All statuses with their signs. */
const legend = (glyphs: Glyphs, cells: number): readonly StyledLine[] =>
  inLines(
    statuses.map(status => ({ text: `${statusGlyph(status, glyphs)} ${status}`, style: statusStyles[status].style })),
    cells,
  );

/** What the signs at the left of a row mean. */
const rowSigns = ({ marked, markedEnd, playingRow, changed }: Glyphs, cells: number): readonly StyledLine[] =>
  inLines(
    [
      { text: 'left of a row:', style: 'muted' },
      { text: '> selected' },
      { text: `${marked}${markedEnd === '' ? '' : ` ${markedEnd}`} marked`, style: 'accent' },
      { text: `${playingRow} playing`, style: 'accent' },
      { text: `${changed} just changed` },
    ],
    cells,
  );

/** As many on a line as fit. */
function inLines(signs: readonly Segment[], cells: number): readonly StyledLine[] {
  const lines: Segment[][] = [];
  for (const sign of signs) {
    const line = lines.at(-1);
    if (line === undefined || widthOf([...line, between, sign]) > cells) lines.push([sign]);
    else line.push(between, sign);
  }
  return lines.map(segments => ({ segments }));
}

const between: Segment = { text: '   ' };
