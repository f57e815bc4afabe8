import stringWidth, { type Options } from 'string-width';

const sgr = /\u001b\[[\d;]*m/g;

/** Characters that are one cell each whatever stands beside them: Latin, dashes and quotes, arrows, lines, blocks, Braille. */
const oneCell =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2713\u2717\u2800-\u28ff]*$/;

/**
 * What the bundle takes for the package of this name, in Ink too. The original first compiles a list of all emoji, a
 * tenth of the time to the first screen, which holds none; and segments a line of Braille bars into graphemes.
 */
export function lineWidth(text: string, options?: Options): number {
  if (typeof text === 'string' && options === undefined) {
    const plain = text.includes('\u001b') ? text.replace(sgr, '') : text;
    if (oneCell.test(plain)) return plain.length;
  }
  return stringWidth(text, options);
}

export { lineWidth as default };
