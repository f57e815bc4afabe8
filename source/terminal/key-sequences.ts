/** The sequences of F1 and F5 (VT220 and xterm, the Linux console, rxvt), with the character that stands for the key. */
export const functionKeySequences: ReadonlyMap<string, string> = new Map([
  ['\x1bOP', '\uf101'],
  ['\x1b[11~', '\uf101'],
  ['\x1b[[A', '\uf101'],
  ['\x1b[15~', '\uf105'],
  ['\x1b[[E', '\uf105'],
]);

/** Milliseconds after which an Esc is the key, and no longer the beginning of a sequence. Ink waits 20 ms. */
export const escapeTime = 25;

/** Milliseconds in which the rest of a sequence must come: a slow line may cut it anywhere. */
export const sequenceTime = 500;

/** The Esc key as the kitty protocol has it, which Ink takes at once for what it is. */
export const escapeKey = '\x1b[27u';
