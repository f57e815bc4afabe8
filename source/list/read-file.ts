import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { isatty } from 'node:tty';
import { UsageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-code.ts';
import { formatInterval } from '../text/duration.ts';

/** Bytes. A million ids are 40 MB; what is larger is no list of ids, and /dev/zero never ends. */
const maxSize = 64 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
};

/**
 * The text of a file, or all that comes from a pipe until its other end is closed. Throws UsageError for what cannot be
 * read, for more than 64 MiB, and, with exit code 8, when a pipe is still open after `timeout` milliseconds.
 */
export async function readFile(path: string, timeout: number | undefined): Promise<string> {
  const fail = (why: string, exitCode?: ExitCode) => new UsageError(`--file ${path}: ${why}`, exitCode);
  try {
    const read: Buffer[] = [];
    let size = 0;
    for await (const part of partsOf(path, timeout, fail)) {
      read.push(part);
      size += part.length;
      if (size > maxSize) throw fail('more than 64 MiB are no list of ids');
    }
    return Buffer.concat(read).toString('utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw fail(reasons[code ?? ''] ?? `cannot be read (${code ?? 'unknown'})`);
  }
}

type Fail = (why: string, exitCode?: ExitCode) => UsageError;

async function* partsOf(path: string, timeout: number | undefined, fail: Fail): AsyncGenerator<Buffer> {
  // To open or to read a pipe that nobody writes to would block the whole program.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const stats = fstatSync(file);
  if (stats.isFIFO() || stats.isSocket()) {
    const late = () => fail(`still open after --timeout ${formatInterval(timeout ?? 0)}`, exitCodes.open);
    yield* pipeParts(file, timeout, late);
    return;
  }
  try {
    if (isatty(file)) throw fail('that is a terminal: pipe ids into it, or write them into a file');
    yield* fileParts(file);
  } finally {
    closeSync(file);
  }
}

function* fileParts(file: number): Generator<Buffer> {
  for (;;) {
    const part = Buffer.allocUnsafe(1024 * 1024);
    const length = readSync(file, part);
    if (length === 0) return;
    yield part.subarray(0, length);
  }
}

/** The socket closes the file. */
async function* pipeParts(file: number, timeout: number | undefined, late: () => Error): AsyncGenerator<Buffer> {
  const socket = new Socket({ fd: file, readable: true, writable: false });
  const timer = timeout === undefined ? undefined : setTimeout(() => socket.destroy(late()), timeout);
  try {
    for await (const part of socket as AsyncIterable<Buffer>) yield part;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
