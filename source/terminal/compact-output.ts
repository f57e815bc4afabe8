const step = '\u001b[E';
/** Steps down to the next line, one for each unchanged line of a frame. */
const steps = /(?:\u001b\[E){2,}/g;

/** From a column on: erase the line, then write up to where it ends or a control other than a style follows. */
const rewrite = /\u001b\[(\d+)G\u001b\[K((?:[^\u0000-\u001f\u007f]|\u001b\[[\d;]*m)+)/g;
const style = /\u001b\[[\d;]*m/g;
/** Characters that are one cell each, whatever stands beside them. */
const oneCell = /^[\u0020-\u007e\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2713\u2717\u2800-\u28ff]*$/;

/** The same drawing in fewer bytes. */
export function compact(bytes: string, columns: number): string {
  if (!bytes.includes('\u001b[')) return bytes;
  return fewerStyles(bytes)
    .replace(rewrite, (all: string, column: string, text: string) => {
      const plain = text.replace(style, '');
      // What is written up to the last column needs no erasing before.
      const fills = oneCell.test(plain) && Number(column) - 1 + plain.length === columns;
      return fills ? `\u001b[${column}G${text}` : all;
    })
    .replace(steps, run => `\u001b[${run.length / step.length}E`);
}

/**
 * A stream for Ink that writes to the terminal more tersely. In everything else it is the terminal's own stream: its
 * size, its events, its state.
 */
export function compactStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (chunk: unknown, ...rest: unknown[]): unknown =>
    Reflect.apply(stream.write, stream, [typeof chunk === 'string' ? compact(chunk, stream.columns) : chunk, ...rest]);
  return new Proxy(stream, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      // Listeners are kept in fields that only the stream itself may change.
      return typeof value === 'function' ? (value as (...parameters: unknown[]) => unknown).bind(target) : value;
    },
  });
}

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
