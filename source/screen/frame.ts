import type { Binding } from '../keymap.ts';
import { messageLines, messageOf } from '../store/message.ts';
import type { Message, State } from '../store/state.ts';
import { bodyHeight, chrome, isTooSmall, minSize, tableSize } from '../store/viewport.ts';
import { cellWidth, take } from '../text/width.ts';
import { withPreview, type TableWithPreview } from './beside.ts';
import { footerLine } from './footer.ts';
import { headerLine } from './header.ts';
import { overlayLines, type OverlayLines } from './overlays.ts';
import { promptLine } from './prompt.ts';
import { lineInAscii, textLine, type StyledLine } from './segments.ts';
import { sourcesLines } from './sources.ts';
import { tabsLine } from './tabs.ts';
import { tableLines } from './table.ts';
import type { Glyphs, Style } from './theme.ts';

/** What fills the screen between its first and its last lines. */
export type Body =
  /** `columns`: the cells of a line that are the table's; behind them is the preview. */
  | ({ readonly kind: 'table'; readonly columns: number } & TableWithPreview)
  | ({ readonly kind: 'details' | 'overlay' } & OverlayLines);

/** The last line. `cursor` is the cell of the typing cursor on the screen. */
export type Bottom =
  | { readonly kind: 'prompt'; readonly line: StyledLine; readonly cursor: { readonly x: number; readonly y: number } }
  | { readonly kind: 'footer'; readonly line: StyledLine };

/** The whole screen as data, part by part: it is compared as this, and nothing is drawn when it is the same. */
export type Frame = {
  readonly header: StyledLine;
  /** One line, more where something is wrong, none in a low pane. */
  readonly sources: readonly StyledLine[];
  /** null, as `bottom`, in a pane too small for a table: then the header says so. */
  readonly body: Body | null;
  readonly tabs: StyledLine | null;
  /** Lines that the body takes, with the blank ones below what there is to show. */
  readonly height: number;
  /** What just happened, on lines of its own above the keys. */
  readonly message: readonly StyledLine[];
  readonly bottom: Bottom | null;
};

export type FrameOptions = {
  readonly glyphs: Glyphs;
  readonly keymap: readonly Binding[];
  /** Fill the screen, with the footer at its lower edge; otherwise take only the lines needed. */
  readonly fill: boolean;
};

/** The screen for a state; never wider or taller than the terminal. */
export function frameOf(state: State, options: FrameOptions): Frame {
  const frame = isTooSmall(state) ? smallFrame(state) : fullFrame(state, options);
  return options.glyphs.ascii ? frameInAscii(frame) : frame;
}

/** How many lines a frame has. */
export const frameHeight = ({ sources, tabs, body, height, message, bottom }: Frame): number =>
  body === null ? 1 : 1 + sources.length + Number(tabs !== null) + height + message.length + Number(bottom !== null);

function smallFrame({ size }: State): Frame {
  const needed = `${minSize.columns} × ${minSize.rows}`;
  const start = `cliptop needs ${needed}`;
  const forms = [`${start}, this is ${size.columns} × ${size.rows}`, start, `needs ${needed}`, needed, 'cliptop'];
  // Where not even a word fits, what there is of one.
  const words = forms.find(form => cellWidth(form) <= size.columns) ?? 'cliptop';
  const header = textLine(take(words, Math.max(1, size.columns)));
  return { header, sources: [], tabs: null, body: null, height: 0, message: [], bottom: null };
}

function fullFrame(state: State, { glyphs, keymap, fill }: FrameOptions): Frame {
  const { tabs } = chrome(state);
  const sources = chrome(state).sources ? sourcesLines(state, glyphs) : [];
  const overlay = state.overlays.at(-1);
  const body: Body =
    overlay === undefined
      ? {
          kind: 'table',
          columns: tableSize(state).columns,
          ...withPreview(tableLines(state, keymap, glyphs), state, glyphs, fill),
        }
      : { kind: overlay.kind === 'details' ? 'details' : 'overlay', ...overlayLines(overlay, state, keymap, glyphs) };
  const message = messageStyled(state);
  const height = fill ? 1 + bodyHeight(state) : heightOf(body);
  return {
    header: headerLine(state, glyphs),
    sources,
    tabs: tabs ? tabsLine(state, glyphs) : null,
    body,
    height,
    message,
    bottom: bottomOf(state, {
      y: 1 + sources.length + Number(tabs) + height + message.length,
      keymap,
      glyphs,
    }),
  };
}

const heightOf = (body: Body): number =>
  1 + (body.kind === 'table' ? body.rows.length + body.hint.length + body.below.length : body.lines.length);

const messageStyles: Readonly<Record<Message['level'], Style>> = {
  hint: 'muted',
  info: 'success',
  warning: 'warning',
  error: 'failure',
};

function messageStyled(state: State): readonly StyledLine[] {
  const style = messageStyles[messageOf(state)?.level ?? 'info'];
  return messageLines(state).map(text => textLine(text, style));
}

function bottomOf(state: State, { y, keymap, glyphs }: Omit<FrameOptions, 'fill'> & { readonly y: number }): Bottom {
  if (state.prompt === null) return { kind: 'footer', line: footerLine(state, keymap, glyphs) };
  const { line, cursor } = promptLine(state.prompt, state.size.columns);
  return { kind: 'prompt', line, cursor: { x: cursor, y } };
}

function frameInAscii(frame: Frame): Frame {
  const { header, sources, tabs, body, bottom } = frame;
  return {
    ...frame,
    header: lineInAscii(header),
    sources: sources.map(lineInAscii),
    tabs: tabs === null ? null : lineInAscii(tabs),
    body: body === null ? null : bodyInAscii(body),
    message: frame.message.map(lineInAscii),
    bottom: bottom === null ? null : { ...bottom, line: lineInAscii(bottom.line) },
  };
}

function bodyInAscii(body: Body): Body {
  const heading = lineInAscii(body.heading);
  if (body.kind !== 'table') return { ...body, heading, lines: body.lines.map(lineInAscii) };
  const rows = body.rows.map(({ key, line }) => ({ key, line: lineInAscii(line) }));
  return { ...body, heading, rows, hint: body.hint.map(lineInAscii), below: body.below.map(lineInAscii) };
}
