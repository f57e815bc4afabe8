import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../source/errors.ts';
import { readFile } from '../../source/list/read-file.ts';

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'ids');
}

function pipe(): string {
  const path = place();
  execFileSync('mkfifo', [path]);
  return path;
}

const complaint = async (path: string, timeout?: number): Promise<UsageError> => {
  const error: unknown = await readFile(path, timeout).catch((thrown: unknown) => thrown);
  if (error instanceof UsageError) return error;
  throw new Error(`${path} was read`);
};

describe('reading a file of ids', () => {
  it('gives its text, also where a character is cut by the end of a part', async () => {
    const text = 'x'.repeat(1024 * 1024 - 1) + '雨';
    const path = place();
    writeFileSync(path, text);
    expect((await readFile(path, undefined)) === text).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('refuses what never ends, and what is too large for a list', async () => {
    expect((await complaint('/dev/zero')).message).toBe('--file /dev/zero: more than 64 MiB are no list of ids');
    const path = place();
    writeFileSync(path, '');
    truncateSync(path, 64 * 1024 * 1024 + 1);
    expect(await complaint(path)).toMatchObject({ exitCode: 2 });
  });
});

describe.skipIf(process.platform === 'win32')('reading ids from a pipe', () => {
  it('waits for who writes to it, and for the end', async () => {
    const path = pipe();
    const read = readFile(path, undefined);
    const writer = createWriteStream(path);
    writer.write('task_a\n');
    await new Promise(resolve => setTimeout(resolve, 20));
    writer.end('task_b\n');
    expect(await read).toBe('task_a\ntask_b\n');
  });

  it('gives up after the timeout, with the exit code of what is still open', async () => {
    const path = pipe();
    expect(await complaint(path, 50)).toMatchObject({
      message: `--file ${path}: still open after --timeout 50ms`,
      exitCode: 8,
    });
  });
});
