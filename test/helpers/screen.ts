import { defaultKeymap } from '../../source/keymap.ts';
import type { State } from '../../source/store/state.ts';
import { unicodeGlyphs } from '../../source/screen/theme.ts';
import { frameOf, type FrameLine, type FrameOptions } from '../../source/screen/frame.ts';

export const frameOptions: FrameOptions = { glyphs: unicodeGlyphs, keymap: defaultKeymap, fill: true };

export const textOf = ({ segments }: Pick<FrameLine, 'segments'>): string => segments.map(({ text }) => text).join('');

/** The lines of the screen for a state, as a person reads them. */
export const screenOf = (state: State, options: Partial<FrameOptions> = {}): readonly string[] =>
  frameOf(state, { ...frameOptions, ...options }).lines.map(line => textOf(line).trimEnd());
