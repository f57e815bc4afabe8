import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { replaceFile, whyNotReplace } from '../../source/files/replace-file.ts';

function newFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'cliptop-replace-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const modeOf = (path: string) => fs.statSync(path).mode & 0o777;
const isRoot = process.getuid?.() === 0;

test('a file is made, and then replaced with its permissions kept', () => {
  const folder = newFolder();
  const path = join(folder, 'list.csv');
  replaceFile(path, 'one');
  fs.chmodSync(path, 0o640);
  const { ino } = fs.statSync(path);
  replaceFile(path, 'two 雨');
  expect([fs.readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['two 雨', 0o640]);
  // Another file: whoever reads the old one reads it to its end.
  expect(fs.statSync(path).ino).not.toBe(ino);
  expect(fs.readdirSync(folder)).toEqual(['list.csv']);
});

test('a link stays a link, and its file is replaced', () => {
  const folder = newFolder();
  fs.mkdirSync(join(folder, 'real'));
  fs.writeFileSync(join(folder, 'real/list.csv'), 'one');
  fs.symlinkSync('real/list.csv', join(folder, 'list.csv'));
  replaceFile(join(folder, 'list.csv'), 'two');
  expect(fs.lstatSync(join(folder, 'list.csv')).isSymbolicLink()).toBe(true);
  expect(fs.readFileSync(join(folder, 'real/list.csv'), 'utf8')).toBe('two');
});

test('a disk that is full at any byte leaves the old file whole, and nothing beside it', () => {
  const folder = newFolder();
  const path = join(folder, 'list.csv');
  fs.writeFileSync(path, 'the old list');
  const text = 'the new list';
  for (let room = 0; room < text.length; room++) {
    let left = room;
    const write = (fd: number, bytes: Uint8Array) => {
      if (left === 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      const taken = Math.min(left, bytes.length, 5);
      left -= taken;
      return fs.writeSync(fd, bytes.subarray(0, taken));
    };
    expect(() => replaceFile(path, text, write)).toThrow('ENOSPC');
    expect([fs.readFileSync(path, 'utf8'), fs.readdirSync(folder)]).toEqual(['the old list', ['list.csv']]);
  }
  replaceFile(path, text, (fd, bytes) => fs.writeSync(fd, bytes.subarray(0, 5)));
  expect(fs.readFileSync(path, 'utf8')).toBe(text);
});

test('what speaks against a place is said in words', () => {
  const folder = newFolder();
  expect(whyNotReplace(join(folder, 'new.csv'))).toBeNull();
  expect(whyNotReplace(join(folder, 'nowhere/new.csv'))).toBe(`there is no folder ${join(folder, 'nowhere')}`);
  expect(whyNotReplace(folder)).toBe('that is a folder');
  expect(whyNotReplace('/dev/null')).toBe('that is no file');
  fs.writeFileSync(join(folder, 'file'), '');
  expect(whyNotReplace(join(folder, 'file/new.csv'))).toContain('a part of the path is not a folder');
});

test.skipIf(isRoot)('a file or folder that may not be written is left alone', () => {
  const folder = newFolder();
  fs.writeFileSync(join(folder, 'kept.csv'), 'kept', { mode: 0o444 });
  expect(whyNotReplace(join(folder, 'kept.csv'))).toBe('it cannot be written: permission denied');
  fs.chmodSync(folder, 0o555);
  expect(whyNotReplace(join(folder, 'new.csv'))).toBe('it cannot be written: permission denied');
});
