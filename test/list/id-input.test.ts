import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { startIdInput } from '../../source/list/id-input.ts';
import { parseOptions } from '../../source/options/options.ts';
import type { WatchList } from '../../source/list/watch-list.ts';

const realInput = Object.getOwnPropertyDescriptor(process, 'stdin');
afterEach(() => {
  if (realInput !== undefined) Object.defineProperty(process, 'stdin', realInput);
});

/** Feeds of a standard input that arrives in these pieces; what was given to the list. */
async function fed(
  pieces: readonly string[],
  { problems = [], unreadable = [] }: { problems?: readonly string[]; unreadable?: readonly string[] } = {},
) {
  const input = new PassThrough();
  Object.defineProperty(process, 'stdin', { value: input, configurable: true });
  const addText = vi.fn<WatchList['addText']>(() => ({
    ...{ added: 0, duplicates: 0, unreadable, parts: [], problems, refused: [] },
  }));
  const list = { addText } as unknown as WatchList;
  const complaints: string[] = [];
  const feeds = startIdInput({
    options: parseOptions(['-']),
    list,
    journal: null,
    readsStdin: true,
    complain: text => complaints.push(text),
  });
  for (const piece of pieces) {
    input.write(piece);
    await new Promise(resolve => setImmediate(resolve));
  }
  input.end();
  await feeds.inputEnd;
  return { texts: addText.mock.calls.map(([text]) => text), feeds, complaints };
}

const batch = JSON.stringify({ items: [{ id: 'task_aaaaAAAA', response: { data: [{ id: 'clip' }] } }] }, null, 2);

test('JSON over several lines is held until it is whole, however it is cut', async () => {
  const { texts } = await fed([batch.slice(0, 30), batch.slice(30, 60), batch.slice(60)]);
  expect(texts.map(text => JSON.parse(text) as unknown)).toEqual([JSON.parse(batch)]);
});

test('lines of JSON and of a log are given as they come', async () => {
  const { texts } = await fed(['{"task_id":"task_a"}\n', '[12:00] task_bbbb\n', 'task_cccc\n']);
  expect(texts).toEqual(['{"task_id":"task_a"}', '[12:00] task_bbbb', 'task_cccc']);
});

test('an id that cannot be taken is told of, and remembered; a line without one is not', async () => {
  const wrong = await fed(['newapi:task_x\n'], { problems: ['newapi has no token'] });
  expect([wrong.complaints, wrong.feeds.rejected()]).toEqual([['newapi has no token'], true]);
  const idle = await fed(['hello\n'], { unreadable: ['hello'] });
  expect([idle.complaints, idle.feeds.rejected(), idle.feeds.inputEnded()]).toEqual([[], false, true]);
});
