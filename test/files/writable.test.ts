import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { whyNotWritable } from '../../source/files/writable.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-writable-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a folder can be written, also one that is still to be made', () => {
  const folder = newFolder();
  expect([whyNotWritable(folder), whyNotWritable(join(folder, 'a', 'b'))]).toEqual([null, null]);
  expect(readdirSync(folder)).toEqual([]);
});

test('a file is no folder, and none can be made in it', () => {
  const file = join(newFolder(), 'song');
  writeFileSync(file, '');
  expect(whyNotWritable(file)).toBe('that is no folder');
  expect(whyNotWritable(join(file, 'songs'))).toBe('a part of the path is not a folder');
});

test.skipIf(process.getuid?.() === 0)('a folder of others cannot be written', () => {
  const folder = newFolder();
  chmodSync(folder, 0o555);
  expect(whyNotWritable(folder)).toBe('permission denied');
  expect(whyNotWritable(join(folder, 'songs'))).toBe('permission denied');
});

test.skipIf(process.platform !== 'linux')('where no folder can be made, the first that is missing is named', () => {
  const why = whyNotWritable('/proc/nope/x');
  // Who is not root is told by the permissions already.
  expect(why).toBe(
    process.getuid?.() === 0 ? 'there is no folder /proc/nope, and none can be made' : 'permission denied',
  );
});
