// The widths that current terminals give to characters; the emulator by itself knows those of an older Unicode.
import type { IUnicodeVersionProvider } from '@xterm/headless';
import { cellWidth } from '../../source/text/width.ts';

const wcwidth = (codePoint: number): 0 | 1 | 2 =>
  codePoint < 0x20 ? 0 : (Math.min(2, cellWidth(String.fromCodePoint(codePoint))) as 0 | 1 | 2);

/** What the emulator keeps about a character: its width above the lowest bit, and in that whether it joins the one before. */
const properties = (width: number, joins: boolean): number => (width << 1) | Number(joins);

export const currentWidths: IUnicodeVersionProvider = {
  version: 'current',
  wcwidth,
  charProperties(codePoint, preceding) {
    const width = wcwidth(codePoint);
    const before = (preceding >> 1) & 3;
    const joins = width === 0 && before > 0;
    return properties(joins ? before : width, joins);
  },
};
