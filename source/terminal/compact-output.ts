/** CNL: moves the cursor to the start of the next line. Ink writes one for each unchanged line of a frame. */
const nextLine = '\u001b[E';
const nextLines = /(?:\u001b\[E){2,}/g;

/** Move to a column, erase to the end of the line, write text and styles. */
const rewrite = /\u001b\[(\d+)G\u001b\[K((?:[^\u0000-\u001f\u007f]|\u001b\[[\d;]*m)+)/g;
const style = /\u001b\[[\d;]*m/g;
/** Text of characters that take one cell each, whichever characters are beside them. */
const oneCellText = /^[\u0020-\u007e\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2713\u2717\u2800-\u28ff]*$/;

/** The same drawing in fewer bytes, for what Ink writes to a terminal of `columns` cells. */
export function compact(bytes: string, columns: number): string {
  if (!bytes.includes('\u001b[')) return bytes;
  return fewerStyles(bytes)
    .replace(rewrite, (all: string, column: string, text: string) => {
      const plain = text.replace(style, '');
      // Text that reaches the last column overwrites all of the line: nothing is left to erase.
      const fills = oneCellText.test(plain) && Number(column) - 1 + plain.length === columns;
      return fills ? `\u001b[${column}G${text}` : all;
    })
    .replace(nextLines, run => `\u001b[${run.length / nextLine.length}E`);
}

/** The SGR code that switches an attribute off, by the code that switches it on. Bold and dim share 22. */
const offCodes = new Map([
  ...([1, 2] as const).map(code => [code, 22] as const),
  ...[3, 4, 7, 8, 9].map(code => [code, 20 + code] as const),
  [53, 55] as const,
]);
const attributeOffCodes = new Set(offCodes.values());
const foreground = 39;
const background = 49;

/** The SGR codes that are on, joined by `;`, by the code that switches them off. */
export type Style = ReadonlyMap<number, string>;
export const plainStyle: Style = new Map();

const isBetween = (code: number, from: number, to: number): boolean => code >= from && code <= to;

/** The style after an SGR sequence with these parameters; null when one of them is unknown here. */
export function applySgr(style: Style, parameters: string): Style | null {
  const codes = parameters.split(';').map(Number);
  const next = new Map(style);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    const off = offCodes.get(code);
    const isBackground = isBetween(code, 40, 48) || isBetween(code, 100, 107);
    if (code === 0) {
      next.clear();
    } else if (off !== undefined) {
      const on = next.get(off)?.split(';') ?? [];
      next.set(off, [...new Set([...on, String(code)])].sort().join(';'));
    } else if (attributeOffCodes.has(code) || code === foreground || code === background) {
      next.delete(code);
    } else if (code === 38 || code === 48) {
      const length = { 5: 3, 2: 5 }[codes[index + 1] ?? 0];
      if (length === undefined) return null;
      next.set(isBackground ? background : foreground, codes.slice(index, index + length).join(';'));
      index += length - 1;
    } else if (isBetween(code, 30, 37) || isBetween(code, 90, 97) || isBackground) {
      next.set(isBackground ? background : foreground, String(code));
    } else {
      return null;
    }
  }
  return next;
}

/** The shortest SGR sequence from one style to another; empty when they are equal. */
function transition(from: Style, to: Style): string {
  if (to.size === 0) return from.size === 0 ? '' : '\u001b[m';
  const codes: string[] = [];
  for (const [off, on] of from) {
    const left = to.get(off);
    if (left === undefined || (attributeOffCodes.has(off) && !isPartOf(on, left))) codes.push(String(off));
  }
  for (const [off, on] of to) {
    const before = codes.includes(String(off)) ? undefined : from.get(off);
    if (before !== on) codes.push(on);
  }
  return codes.length === 0 ? '' : `\u001b[${codes.join(';')}m`;
}

const isPartOf = (on: string, more: string): boolean => on.split(';').every(code => more.split(';').includes(code));

const styleRuns = /((?:\u001b\[[\d;]*m)+)/;

/**
 * Drops the changes of style that no character is drawn in. Only for output that begins and ends unstyled, as each of
 * Ink's frames does: output that ends styled, or holds a code unknown here, is returned unchanged.
 */
function fewerStyles(bytes: string): string {
  let drawn = plainStyle;
  const parts = bytes.split(styleRuns);
  for (let index = 1; index < parts.length; index += 2) {
    let style: Style | null = drawn;
    for (const [, parameters = ''] of parts[index]?.matchAll(/\u001b\[([\d;]*)m/g) ?? []) {
      style = applySgr(style, parameters);
      if (style === null) return bytes;
    }
    parts[index] = transition(drawn, style);
    drawn = style;
  }
  return drawn.size === 0 ? parts.join('') : bytes;
}
