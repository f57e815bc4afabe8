import { openSync, type writeSync as nodeWriteSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import { expect, test } from 'vitest';

import { createRestore, syncWriter } from '../../source/terminal/restore.ts';
import { openTerminal } from '../../source/terminal/tty.ts';

const recorder = (): { readonly written: string[]; readonly write: (bytes: string) => void } => {
  const written: string[] = [];
  return { written, write: bytes => written.push(bytes) };
};

test('restores once, whatever step fails', () => {
  const { written, write } = recorder();
  let raw = true;
  const stdin = { isRaw: true, setRawMode: (mode: boolean) => (raw = mode) };
  const restore = createRestore({ interactive: true, alternateScreen: () => true, stdin, write });
  restore.add(() => {
    throw new Error('this one fails');
  });
  restore.add(last => last('title back'));
  restore.add(last => last('never'))();
  restore.run();
  restore.run();
  expect(written).toEqual(['title back', '\u001b[?2026l\u001b[0m\u001b[?2004l', '\u001b[?1049l', '\u001b[?25h']);
  expect(raw).toBe(false);
});

test('does not leave a screen it is not in', () => {
  const { written, write } = recorder();
  createRestore({ interactive: true, stdin: {}, write }).run();
  expect(written.join('')).not.toContain('1049');
});

test('writes nothing where it has drawn nothing', () => {
  const { written, write } = recorder();
  createRestore({ interactive: false, alternateScreen: () => true, stdin: {}, write }).run();
  expect(written).toEqual([]);
});

const failure = (code: string): Error => Object.assign(new Error(code), { code });

test('writes the rest when the terminal is busy or takes only a part', () => {
  let written = '';
  let calls = 0;
  const writeSync = (_: number, bytes: NodeJS.ArrayBufferView): number => {
    if (calls++ % 2 === 0) throw failure('EAGAIN');
    const part = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(3, bytes.byteLength));
    written += part.toString();
    return part.length;
  };
  syncWriter(1, writeSync as typeof nodeWriteSync)('0123456789');
  expect(written).toBe('0123456789');
});

test.each(['EIO', 'EPIPE', 'ENXIO'])('gives up without throwing at %s', code => {
  const writeSync = (): number => {
    throw failure(code);
  };
  expect(() => syncWriter(1, writeSync)('x')).not.toThrow();
});

test('gives up on a terminal that stays busy', () => {
  const writeSync = (): number => {
    throw failure('EAGAIN');
  };
  const before = performance.now();
  syncWriter(1, writeSync)('x');
  expect(performance.now() - before).toBeLessThan(1000);
});

test.each(['ENXIO', 'ENOENT', 'EACCES'])('there is no terminal to read keys from at %s', code => {
  const openSync = (): number => {
    throw failure(code);
  };
  expect(openTerminal({ openSync })).toBeNull();
});

test('a file is not a terminal', () => {
  expect(openTerminal({ path: '/dev/null', openSync })).toBeNull();
  const createStream = (): ReadStream => {
    throw failure('ERR_TTY_INIT_FAILED');
  };
  expect(openTerminal({ path: '/dev/null', createStream })).toBeNull();
});
