/**
 * Ink keeps function keys to itself. Before Ink reads, a character of the private use area is put behind each of their
 * sequences; behind Ink it is named again.
 */
export const functionKeys: ReadonlyMap<string, string> = new Map([
  ['\uf101', 'f1'],
  ['\uf105', 'f5'],
]);

/** The sequences of these keys: VT220 and xterm, the Linux console, rxvt. */
export const functionKeySequences: ReadonlyMap<string, string> = new Map([
  ['\x1bOP', '\uf101'],
  ['\x1b[11~', '\uf101'],
  ['\x1b[[A', '\uf101'],
  ['\x1b[15~', '\uf105'],
  ['\x1b[[E', '\uf105'],
]);
