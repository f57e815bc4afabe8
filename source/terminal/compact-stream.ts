import { compact } from './compact-output.ts';

const enter = '\u001b[?1049h';

/**
 * Ink draws where the cursor is. On the alternate screen that is where it was on the normal one, behind what a program
 * left without an end of line; in Konsole, where the last program left it there. A whole screen of lines scrolls itself
 * into its rows, so only the column matters.
 */
const fromFirstColumn = (bytes: string): string => bytes.replace(enter, `${enter}\r`);

/**
 * A stream for Ink that passes every string through `compact` on its way to the terminal. In everything else (size,
 * events, state) it is the terminal's own stream.
 */
export function compactStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (chunk: unknown, ...rest: unknown[]): unknown =>
    Reflect.apply(stream.write, stream, [
      typeof chunk === 'string' ? fromFirstColumn(compact(chunk, stream.columns)) : chunk,
      ...rest,
    ]);
  return new Proxy(stream, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      // Methods get the stream itself as `this`: those that add listeners change its private fields.
      return typeof value === 'function' ? (value as (...parameters: unknown[]) => unknown).bind(target) : value;
    },
  });
}
