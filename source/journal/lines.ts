const lineFeed = 0x0a;

/** Bytes cut at the line ends: the whole lines, and what stands after the last line end. */
export type Cut = {
  readonly lines: readonly Uint8Array[];
  /** Empty when the bytes end with a line end. */
  readonly tail: Uint8Array;
  /** How many bytes the whole lines take with their line ends. */
  readonly length: number;
};

/** Cuts bytes, not text: a read may end inside a character. Empty lines are left out, as are carriage returns. */
export function cutLines(bytes: Uint8Array): Cut {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
    const line = bytes.subarray(start, bytes[end - 1] === 0x0d && end > start ? end - 1 : end);
    if (line.length > 0) lines.push(line);
    start = end + 1;
  }
  return { lines, tail: bytes.subarray(start), length: start };
}

/** How many line ends the bytes hold. */
export function countLineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) count++;
  return count;
}
