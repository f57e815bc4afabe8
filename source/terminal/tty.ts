import { closeSync, openSync as nodeOpenSync } from 'node:fs';
import { ReadStream } from 'node:tty';

export type OpenTerminalOptions = {
  readonly path?: string;
  readonly openSync?: (path: string, flags: string) => number;
  readonly createStream?: (descriptor: number) => ReadStream;
};

type Handle = { reading?: boolean; readonly readStop?: () => unknown };

/**
 * Opens the controlling terminal, for keys when standard input is a pipe. Null where there is none: in a service, in
 * cron, on Windows.
 */
export function openTerminal({
  path = '/dev/tty',
  openSync = nodeOpenSync,
  createStream = descriptor => new ReadStream(descriptor),
}: OpenTerminalOptions = {}): ReadStream | null {
  const descriptor = openTerminalDescriptor(path, openSync);
  if (descriptor === null) return null;
  try {
    const stream = createStream(descriptor);
    stopReadingWhenPaused(stream);
    return stream;
  } catch {
    closeSync(descriptor);
    return null;
  }
}

/** A new descriptor of the controlling terminal, for a program that reads keys itself; the caller closes it. */
export function openTerminalDescriptor(
  path = '/dev/tty',
  openSync: (path: string, flags: string) => number = nodeOpenSync,
): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}

/** Node does this for `process.stdin` only: elsewhere a paused terminal still takes keys from a guest. */
function stopReadingWhenPaused(stream: ReadStream): void {
  stream.on('pause', () => {
    process.nextTick(() => {
      const { _handle: handle, _readableState: state } = stream as unknown as {
        readonly _handle?: Handle | null;
        readonly _readableState?: { reading: boolean };
      };
      if (handle?.reading !== true || state === undefined) return;
      handle.reading = false;
      // Else the stream would wait for the read that was taken back, and never start another.
      state.reading = false;
      handle.readStop?.();
    });
  });
}
