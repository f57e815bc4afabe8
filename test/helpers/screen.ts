import { defaultKeymap } from '../../source/keymap.ts';
import type { State } from '../../source/store/state.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { frameOf, type Body, type Frame, type FrameOptions } from '../../source/screen/frame.ts';
import { blankLine, plainText, type StyledLine } from '../../source/screen/segments.ts';

export const frameOptions: FrameOptions = { glyphs: glyphsFor(false), keymap: defaultKeymap, fill: true };

export const textOf = plainText;

/** Every line of a frame, from the top of the screen to the bottom. */
export function linesOf({ header, sources, tabs, body, height, message, bottom }: Frame): readonly StyledLine[] {
  const shown = body === null ? [] : bodyLines(body);
  const blanks = Array.from({ length: height - shown.length }, () => blankLine);
  return [
    header,
    ...sources,
    ...(tabs === null ? [] : [tabs]),
    ...shown,
    ...blanks,
    ...message,
    ...(bottom === null ? [] : [bottom.line]),
  ];
}

const bodyLines = (body: Body): readonly StyledLine[] =>
  body.kind === 'table'
    ? [body.heading, ...body.rows.map(({ line }) => line), ...body.hint, ...body.below]
    : [body.heading, ...body.lines];

/** Where the typing cursor stands, while there is a prompt. */
export const cursorOf = ({ bottom }: Frame) => (bottom?.kind === 'prompt' ? bottom.cursor : null);

/** The text of the screen's lines for a state, without blanks at their ends. */
export const screenOf = (state: State, options: Partial<FrameOptions> = {}): readonly string[] =>
  linesOf(frameOf(state, { ...frameOptions, ...options })).map(line => textOf(line).trimEnd());
