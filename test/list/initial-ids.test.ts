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

async function given(...argv: string[]) {
  const sources = new Sources({ env: { CCAPI_API_KEY: 'c', XHUOAPI_API_KEY: 'x' } });
  const { tasks, duplicates } = await readInitialIds(parseOptions(argv), sources);
  return { ids: tasks.map(({ id }) => id), duplicates };
}

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-ids-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'ids.txt');
  writeFileSync(path, text);
  return path;
}

test('ids come from the arguments and from a file', async () => {
  expect(await given(`${a},${uuid}`, '-f', file(`# mine\n${b}\n${a}\n`))).toEqual({ ids: [a, uuid, b], duplicates: 1 });
});

test('standard input is read later', async () => {
  expect((await given('-', a)).ids).toEqual([a]);
  expect((await given()).ids).toEqual([]);
});

test('a file of JSON is read as JSON beside ids in the arguments: its clips are no tasks', async () => {
  const json = JSON.stringify({ items: [{ id: uuid, response: { data: [{ id: clipId }] } }] }, null, 2);
  expect((await given(a, '-f', file(json))).ids).toEqual([a, uuid]);
  expect((await given(json, a)).ids).toEqual([uuid, a]);
});

test('what holds no id is an error that names it', async () => {
  await expect(given('hello', a)).rejects.toThrow('no task id in "hello"');
  await expect(given('hello', 'world')).rejects.toThrow(/^no task id in "hello".*\(and 1 more\)$/);
  await expect(given('newapi:42')).rejects.toThrow(UsageError);
});

test('a file that is empty, a folder or not there', async () => {
  const empty = file('\n# nothing\n');
  await expect(given('-f', empty)).rejects.toThrow(`${empty} holds no task id`);
  expect((await given('-f', empty, '--follow')).ids).toEqual([]);
  await expect(given('-f', tmpdir())).rejects.toThrow('it is a folder');
  await expect(given('-f', join(tmpdir(), 'cliptop-no-such-file'))).rejects.toThrow('there is no such file');
});
