import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { diskReason } from '../../source/files/disk-words.ts';
import { makeFolder } from '../../source/files/make-folder.ts';

const reasonOf = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    return diskReason(error);
  }
};

test('the folder that is missing is named: the one around a file, and the first that cannot be made', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-words-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(reasonOf(() => openSync(join(folder, 'nope', 'song.mp3'), 'wx'))).toBe(
    `there is no folder ${join(folder, 'nope')}, and none can be made`,
  );
  const inProc = reasonOf(() => {
    makeFolder('/proc/nope/x');
  });
  if (process.platform === 'linux') expect(inProc).toBe('there is no folder /proc/nope, and none can be made');
});
