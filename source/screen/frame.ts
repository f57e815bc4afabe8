import { detailsFooter, keyLabel, overlayFooter, tableFooter, type Binding } from '../keymap.ts';
import { selectedKey, tableWindow } from '../store/selectors.ts';
import type { Overlay, Prompt, State } from '../store/state.ts';
import { bodyHeight, chrome, isTooSmall, minSize } from '../store/viewport.ts';
import { cutSegments, headerLine, justify, sourcesLine } from './header.ts';
import { chosenColumns, gutter, headingLine, placeColumns, rowSegments } from './layout.ts';
import { overlayContent } from './overlays.ts';
import type { Glyphs, Segment } from './theme.ts';
import { parseIds } from '../task/ids.ts';
import { isFinal } from '../task/task.ts';
import { toAscii } from '../text/ascii.ts';
import { cellWidth, take, takeEnd, truncate } from '../text/width.ts';

/** One line of the screen. */
export type FrameLine = { readonly segments: readonly Segment[]; readonly inverse?: boolean; readonly link?: string };

/** The whole screen as data: what is drawn is compared as this, and nothing is drawn when it is the same. */
export type Frame = {
  readonly lines: readonly FrameLine[];
  /** Where the typing cursor stands, while there is a prompt. */
  readonly cursor: { readonly x: number; readonly y: number } | null;
};

export type FrameOptions = {
  readonly glyphs: Glyphs;
  readonly keymap: readonly Binding[];
  /** Fill the screen, with the footer at its lower edge; otherwise take only the lines needed. */
  readonly fill: boolean;
  /** The names that may stand before an id. */
  readonly providers?: readonly string[];
};

/** The screen for a state; never wider or taller than the terminal. */
export function frameOf(state: State, options: FrameOptions): Frame {
  const frame = isTooSmall(state) ? smallFrame(state) : fullFrame(state, options);
  return options.glyphs.ascii ? { ...frame, lines: frame.lines.map(inAscii) } : frame;
}

const inAscii = (line: FrameLine): FrameLine => ({
  ...line,
  segments: line.segments.map(segment => ({ ...segment, text: toAscii(segment.text) })),
});

function fullFrame(state: State, options: FrameOptions): Frame {
  const overlay = state.overlays.at(-1);
  const { sources, gap } = chrome(state);
  const height = bodyHeight(state);
  const body = overlay === undefined ? tableBody(state, options) : overlayBody(overlay, state, options);
  const padding = options.fill ? Math.max(0, height - (body.length - (overlay === undefined ? 1 : 0))) : 0;
  const lines: FrameLine[] = [
    { segments: headerLine(state, options.glyphs) },
    ...(sources ? [{ segments: sourcesLine(state, options.glyphs) }] : []),
    ...body,
    ...Array.from({ length: padding }, () => blank),
    ...(gap ? [blank] : []),
  ];
  const { line, cursor } = bottomLine(state, options);
  return { lines: [...lines, line], cursor: cursor === null ? null : { x: cursor, y: lines.length } };
}

const blank: FrameLine = { segments: [] };

function smallFrame({ size }: State): Frame {
  const words = `cliptop needs ${minSize.columns} × ${minSize.rows}, this is ${size.columns} × ${size.rows}`;
  return { lines: [{ segments: [{ text: take(words, Math.max(1, size.columns)) }] }], cursor: null };
}

function tableBody(state: State, { glyphs }: FrameOptions): readonly FrameLine[] {
  const context = { state, glyphs };
  const placed = placeColumns(chosenColumns(state), state.size.columns - gutter);
  const { rows } = tableWindow(state);
  const selected = selectedKey(state);
  const heading: FrameLine = { segments: [{ text: headingLine(placed, context), style: 'dim' }] };
  if (rows.length === 0) return [heading, ...emptyLines(state)];
  const troubled = new Set(state.sources.filter(({ health }) => health.since !== null).map(({ name }) => name));
  const lines = rows.map((row): FrameLine => {
    const segments = rowSegments(row, placed, context);
    if (row.clip === null && row.task.key === selected) {
      return { segments: padded(segments, state.size.columns), inverse: true };
    }
    // What is shown of a source that does not answer is what was last known, not what is.
    const stale = troubled.has(row.task.source) && !isFinal(row.task.status);
    return { segments: stale || row.clip !== null ? segments.map(({ text }) => ({ text, style: 'dim' })) : segments };
  });
  return [heading, ...lines.map(trimmed)];
}

function emptyLines(state: State): readonly FrameLine[] {
  const words =
    state.tasks.length > 0
      ? ['Nothing to show here.', '', 'Tab shows another group, Esc drops the filter.']
      : [
          'No tasks yet.',
          '',
          'Press a and type or paste task ids, or paste them right here: lists, JSON replies and addresses will do.',
          'From another shell: cliptop --add ID …',
          '',
          'q quits, ? shows all keys.',
        ];
  return words
    .slice(0, bodyHeight(state))
    .map(text => ({ segments: [{ text: text === '' ? '' : `  ${truncate(text, state.size.columns - 2)}` }] }));
}

function overlayBody(overlay: Overlay, state: State, { glyphs, keymap }: FrameOptions): readonly FrameLine[] {
  const { title, lines } = overlayContent(overlay, state, keymap, glyphs);
  const height = bodyHeight(state) - 1;
  const top = Math.min(state.scroll, Math.max(0, lines.length - height));
  const place = lines.length > height ? `${top + 1}-${Math.min(lines.length, top + height)} of ${lines.length}` : '';
  const heading = justify(
    [{ text: title, style: 'bold' }],
    place === '' ? [] : [{ text: place, style: 'cyan' }],
    state.size.columns,
    glyphs,
  );
  return [
    { segments: heading },
    ...lines.slice(top, top + height).map(({ segments, link }) => ({
      segments: cutSegments(segments, state.size.columns, glyphs),
      ...(link === undefined ? {} : { link }),
    })),
  ];
}

/** The last line: what is being typed, else what just happened, else the keys that apply here. */
function bottomLine(state: State, options: FrameOptions): { line: FrameLine; cursor: number | null } {
  if (state.prompt !== null) return promptLine(state.prompt, state.size.columns, options.providers ?? []);
  if (state.flash !== null) {
    const style = state.flash.level === 'error' ? 'red' : state.flash.level === 'warning' ? 'magenta' : 'green';
    return {
      line: {
        segments: cutSegments([{ text: printable(state.flash.text), style }], state.size.columns, options.glyphs),
      },
      cursor: null,
    };
  }
  return { line: { segments: footerSegments(state, options) }, cursor: null };
}

const promptLabels: Readonly<Record<Prompt['kind'], string>> = {
  add: 'add ids: ',
  filter: '/',
  player: 'open with: ',
  help: 'help /',
};

/** A window of the typed text around the cursor; a paste of thousands of ids is summed up, not drawn. */
function promptLine(
  { kind, line }: Prompt,
  columns: number,
  providers: readonly string[],
): { line: FrameLine; cursor: number } {
  const plain = promptLabels[kind];
  // Of a long paste only the end is seen: the number says that all of it is there.
  const count = kind === 'add' && line.text.length > columns - plain.length ? countIds(line.text, providers) : 0;
  const label = count > 0 ? `add ${count} ids: ` : plain;
  const room = Math.max(1, columns - label.length - 1);
  const before = printable(line.text.slice(Math.max(0, line.cursor - columns), line.cursor));
  const shownBefore = takeEnd(before, room);
  const after = printable(line.text.slice(line.cursor, line.cursor + columns));
  const text = shownBefore + take(after, room - cellWidth(shownBefore));
  return {
    line: { segments: [{ text: label, style: 'bold' }, { text }] },
    cursor: label.length + cellWidth(shownBefore),
  };
}

let counted: { text: string; count: number } | undefined;

function countIds(text: string, providers: readonly string[]): number {
  if (counted?.text !== text) counted = { text, count: parseIds(text, providers).found.length };
  return counted.count;
}

/** What was typed or said may hold line ends, controls and halves of characters: each is shown as a blank. */
const printable = (text: string): string => text.replace(/[\s\p{C}]/gu, ' ');

function footerSegments(state: State, { keymap, glyphs }: FrameOptions): readonly Segment[] {
  const overlay = state.overlays.at(-1);
  const commands = overlay === undefined ? tableFooter : overlay.kind === 'details' ? detailsFooter : overlayFooter;
  const hints = commands.flatMap(command => {
    const binding = keymap.find(candidate => candidate.command === command);
    const key = binding?.keys[0];
    if (binding === undefined || key === undefined) return [];
    const word =
      command === 'pause' && state.paused
        ? 'resume'
        : overlay?.kind === 'details' && command === 'details'
          ? overlay.raw
            ? 'fields'
            : 'raw'
          : binding.footer;
    return [[{ text: keyLabel(key), style: 'bold' as const }, { text: ` ${word ?? command}` }]];
  });
  // Whole hints only; the last one, the way to all the others, stays.
  const width = (shown: readonly (readonly Segment[])[]) =>
    shown.flat().reduce((sum, { text }) => sum + cellWidth(text), 3 * (shown.length - 1));
  while (hints.length > 1 && width(hints) > state.size.columns) hints.splice(-2, 1);
  const segments = hints.flatMap((hint, index): readonly Segment[] =>
    index === 0 ? hint : [{ text: '   ' }, ...hint],
  );
  return cutSegments(segments, state.size.columns, glyphs);
}

function padded(segments: readonly Segment[], cells: number): readonly Segment[] {
  const width = segments.reduce((sum, { text }) => sum + cellWidth(text), 0);
  return [{ text: segments.map(({ text }) => text).join('') + ' '.repeat(Math.max(0, cells - width)) }];
}

function trimmed(line: FrameLine): FrameLine {
  const last = line.segments.at(-1);
  if (line.inverse === true || last === undefined) return line;
  return { ...line, segments: [...line.segments.slice(0, -1), { ...last, text: last.text.trimEnd() }] };
}

/** The new frame with the lines of the old one where they are the same, or the old frame when all are. */
export function sameLines(previous: Frame, next: Frame): Frame {
  const lines = next.lines.map((line, index) => {
    const old = previous.lines[index];
    return old !== undefined && equalLines(old, line) ? old : line;
  });
  const unchanged =
    lines.length === previous.lines.length && lines.every((line, index) => line === previous.lines[index]);
  const sameCursor = previous.cursor?.x === next.cursor?.x && previous.cursor?.y === next.cursor?.y;
  return unchanged && sameCursor ? previous : { lines, cursor: next.cursor };
}

function equalLines(a: FrameLine, b: FrameLine): boolean {
  if (a.inverse !== b.inverse || a.link !== b.link || a.segments.length !== b.segments.length) return false;
  return a.segments.every((segment, index) => {
    const other = b.segments[index];
    return segment.text === other?.text && segment.style === other.style;
  });
}
