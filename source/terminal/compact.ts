import { fewerStyles } from './styles.ts';

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
