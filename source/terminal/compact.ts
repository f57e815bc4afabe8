/** Steps down to the next line, one for each unchanged line of a frame. */
const steps = /(?:\u001b\[E){2,}/g;
const step = '\u001b[E';

/** The same moves in fewer bytes: a terminal does `CSI n E` as n times `CSI E`, also at its last line. */
export const compact = (bytes: string): string =>
  bytes.includes(step + step) ? bytes.replace(steps, run => `\u001b[${run.length / step.length}E`) : bytes;

/**
 * A stream for Ink that writes to the terminal more tersely. In everything else it is the terminal's own stream: its
 * size, its events, its state.
 */
export function compactStream<Stream extends NodeJS.WritableStream>(stream: Stream): Stream {
  const write = (chunk: unknown, ...rest: unknown[]) =>
    Reflect.apply(stream.write, stream, [typeof chunk === 'string' ? compact(chunk) : chunk, ...rest]);
  return new Proxy(stream, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      // Listeners are kept in fields that only the stream itself may change.
      return typeof value === 'function' ? (value as (...parameters: unknown[]) => unknown).bind(target) : value;
    },
  });
}
