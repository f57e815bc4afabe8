/** What switches an attribute off, by what switches it on. Bold and dim share one. */
const offs = new Map([
  ...([1, 2] as const).map(code => [code, 22] as const),
  ...[3, 4, 7, 8, 9].map(code => [code, 20 + code] as const),
  [53, 55] as const,
]);
const groups = new Set(offs.values());
const foreground = 39;
const background = 49;

/** What is switched on, by the code that switches it off. */
type Style = ReadonlyMap<number, string>;
const plain: Style = new Map();

const within = (code: number, from: number, to: number): boolean => code >= from && code <= to;

/** The style after an SGR sequence; null for one that is not understood. */
function applied(style: Style, parameters: string): Style | null {
  const codes = parameters.split(';').map(Number);
  const next = new Map(style);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    const off = offs.get(code);
    const isBackground = within(code, 40, 48) || within(code, 100, 107);
    if (code === 0) {
      next.clear();
    } else if (off !== undefined) {
      const on = next.get(off)?.split(';') ?? [];
      next.set(off, [...new Set([...on, String(code)])].sort().join(';'));
    } else if (groups.has(code) || code === foreground || code === background) {
      next.delete(code);
    } else if (code === 38 || code === 48) {
      const length = { 5: 3, 2: 5 }[codes[index + 1] ?? 0];
      if (length === undefined) return null;
      next.set(isBackground ? background : foreground, codes.slice(index, index + length).join(';'));
      index += length - 1;
    } else if (within(code, 30, 37) || within(code, 90, 97) || isBackground) {
      next.set(isBackground ? background : foreground, String(code));
    } else {
      return null;
    }
  }
  return next;
}

/** The shortest sequence from one style to another. */
function change(from: Style, to: Style): string {
  if (to.size === 0) return from.size === 0 ? '' : '\u001b[m';
  const codes: string[] = [];
  for (const [off, on] of from) {
    const left = to.get(off);
    if (left === undefined || (groups.has(off) && !isPartOf(on, left))) codes.push(String(off));
  }
  for (const [off, on] of to) {
    const before = codes.includes(String(off)) ? undefined : from.get(off);
    if (before !== on) codes.push(on);
  }
  return codes.length === 0 ? '' : `\u001b[${codes.join(';')}m`;
}

const isPartOf = (on: string, more: string): boolean => on.split(';').every(code => more.split(';').includes(code));

const runs = /((?:\u001b\[[\d;]*m)+)/;

/**
 * The same bytes with only those changes of style that some character is drawn in. For pieces that begin and end
 * unstyled, as frames do; what ends otherwise, or holds a style unknown here, stays as it is.
 */
export function fewerStyles(bytes: string): string {
  let drawn = plain;
  const parts = bytes.split(runs);
  for (let index = 1; index < parts.length; index += 2) {
    let style: Style | null = drawn;
    for (const [, parameters = ''] of parts[index]?.matchAll(/\u001b\[([\d;]*)m/g) ?? []) {
      style = applied(style, parameters);
      if (style === null) return bytes;
    }
    parts[index] = change(drawn, style);
    drawn = style;
  }
  return drawn.size === 0 ? parts.join('') : bytes;
}
