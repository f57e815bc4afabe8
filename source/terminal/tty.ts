import { closeSync, openSync as nodeOpenSync } from 'node:fs';
import { ReadStream } from 'node:tty';

type OpenTerminalOptions = {
  readonly path?: string;
  readonly openSync?: (path: string, flags: string) => number;
  readonly createStream?: (descriptor: number) => ReadStream;
};

type Handle = { reading?: boolean; readonly readStop?: () => unknown };

/**
 * Opens the controlling terminal, to read keys from when standard input is a pipe. Null where there is none (a service,
 * cron, Windows).
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

/** A descriptor of the controlling terminal, for a child's standard input; null where there is none. The caller closes it. */
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

/** Stops the pending read on pause, as Node does for `process.stdin` only: else it takes keys from a child. */
function stopReadingWhenPaused(stream: ReadStream): void {
  stream.on('pause', () => {
    process.nextTick(() => {
      const { _handle: handle, _readableState: state } = stream as unknown as {
        readonly _handle?: Handle | null;
        readonly _readableState?: { reading: boolean };
      };
      if (handle?.reading !== true || state === undefined) return;
      handle.reading = false;
      // Otherwise the stream waits for the read that was stopped, and never starts another.
      state.reading = false;
      handle.readStop?.();
    });
  });
}
