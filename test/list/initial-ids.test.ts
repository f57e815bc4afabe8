import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../../source/errors.ts';
import { parseOptions } from '../../source/options/options.ts';
import { Sources } from '../../source/api/sources.ts';
import { readInitialIds } from '../../source/list/id-input.ts';

const a = 'task_AAAAbbbbCCCCddddEEEEffffGGGGhhh1';
const b = 'task_AAAAbbbbCCCCddddEEEEffffGGGGhhh2';
const uuid = '1a6ac2ad-10f2-4e2b-b500-66ec27fe82ad';
const clipId = '66666666-6666-4666-8666-000000000004';

function given(...argv: string[]) {
  const sources = new Sources({ env: { CCAPI_API_KEY: 'c', XHUOAPI_API_KEY: 'x' } });
  const { tasks, duplicates } = readInitialIds(parseOptions(argv), sources);
  return { ids: tasks.map(({ id }) => id), duplicates };
}

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-ids-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'ids.txt');
  writeFileSync(path, text);
  return path;
}

test('ids come from the arguments and from a file', () => {
  expect(given(`${a},${uuid}`, '-f', file(`# mine\n${b}\n${a}\n`))).toEqual({ ids: [a, uuid, b], duplicates: 1 });
});

test('standard input is read later', () => {
  expect(given('-', a).ids).toEqual([a]);
  expect(given().ids).toEqual([]);
});

test('a file of JSON is read as JSON beside ids in the arguments: its clips are no tasks', () => {
  const json = JSON.stringify({ items: [{ id: uuid, response: { data: [{ id: clipId }] } }] }, null, 2);
  expect(given(a, '-f', file(json)).ids).toEqual([a, uuid]);
  expect(given(json, a).ids).toEqual([uuid, a]);
});

test('what holds no id is an error that names it', () => {
  expect(() => given('hello', a)).toThrow('no task id in "hello"');
  expect(() => given('hello', 'world')).toThrow(/^no task id in "hello".*\(and 1 more\)$/);
  expect(() => given('newapi:42')).toThrow(UsageError);
});

test('a file that is empty, a folder or not there', () => {
  const empty = file('\n# nothing\n');
  expect(() => given('-f', empty)).toThrow(`${empty} holds no task id`);
  expect(given('-f', empty, '--follow').ids).toEqual([]);
  expect(() => given('-f', tmpdir())).toThrow('it is a folder');
  expect(() => given('-f', join(tmpdir(), 'cliptop-no-such-file'))).toThrow('there is no such file');
});
