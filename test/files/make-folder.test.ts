import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../../source/files/make-folder.ts';

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('making a folder', () => {
  it('makes those around it, too, and leaves one that is there', () => {
    const path = join(place(), 'a', 'b', 'c');
    makeFolder(path, 0o700);
    makeFolder(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('throws where a file stands in the way', () => {
    const file = join(place(), 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow('EEXIST');
    expect(() => makeFolder(join(file, 'a', 'b'))).toThrow('ENOTDIR');
  });

  it.skipIf(process.platform !== 'linux')('throws where nothing can be made, and does not try for ever', () => {
    expect(() => makeFolder('/proc/a/b')).toThrow('ENOENT');
  });
});
