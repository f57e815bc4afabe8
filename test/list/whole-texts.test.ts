import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WholeTexts, wholeTexts } from '../../source/list/whole-texts.ts';

const wholeId = `task_${'aB3d'.repeat(8)}`;
const batch = JSON.stringify(
  { items: [{ id: 'task_aaaaAAAA', title: '"[{\\', response: { data: [{ id: 'clip' }] } }] },
  null,
  2,
);

/** Everything that these pieces give, with the end. */
function read(...pieces: readonly string[]): readonly string[] {
  const texts = new WholeTexts();
  return [...pieces.flatMap(piece => texts.push(piece)), ...texts.end()];
}

describe('texts that arrive in pieces', () => {
  test('lines are given as they come, in one text for each piece', () => {
    const texts = new WholeTexts();
    expect(texts.push('task_a\ntask_b\ntas')).toEqual(['task_a\ntask_b']);
    expect(texts.push('k_c')).toEqual([]);
    expect(texts.end()).toEqual(['task_c']);
  });

  test('JSON over several lines is one text wherever it is cut, also beside others', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: batch.length * 2 + 40 })), cuts => {
        const all = `task_first\n${batch}\n${batch}\ntask_last\n`;
        const places = [0, ...cuts.sort((a, b) => a - b), all.length];
        const pieces = places.slice(1).map((place, index) => all.slice(places[index], place));
        expect(read(...pieces)).toEqual(['task_first', batch, batch, 'task_last']);
      }),
    );
  });

  test.each([
    ['lines of JSON', '{"task_id":"task_a"}\n{"task_id":"task_b"}'],
    ['lines of a log', '[12:00] task_bbbb\n[info] {"a": 1} task_cccc'],
    ['a line of JSON that never ends, before other lines', '{"a": [\ntask_cccc task_dddd'],
    ['a text without its end, before other lines', '{\n"task_aaaa\ntask_bbbb'],
    ['a bracket too many', '{\n]]\ntask_bbbb'],
  ])('%s are given as lines', (_, text) => {
    expect(read(`${text}\n`)).toEqual([text]);
  });

  test('JSON whose end never comes is given at the end', () => {
    expect(read('{\n"id": "task_aaaa",\n')).toEqual(['{\n"id": "task_aaaa",']);
  });

  test('each piece of a text of 12 MB is read once', () => {
    const task = JSON.stringify({ id: wholeId, lyrics: 'la '.repeat(300) }, null, 2);
    const all = `[\n${Array.from({ length: 12_000 }, () => task).join(',\n')}\n]\n`;
    const texts = new WholeTexts();
    const start = performance.now();
    const given: string[] = [];
    for (let at = 0; at < all.length; at += 65_536) given.push(...texts.push(all.slice(at, at + 65_536)));
    // Parsing it takes as long; with each piece anew it was a hundred times that.
    const parsing = performance.now();
    JSON.parse(all);
    const [holding, once] = [parsing - start, performance.now() - parsing];
    expect(given).toEqual([all.trimEnd()]);
    expect(holding).toBeLessThan(once * 20 + 100);
  });

  test('a line of more than 64 MiB is refused', () => {
    const texts = new WholeTexts();
    const piece = '\0'.repeat(8 * 1024 * 1024);
    for (let count = 0; count < 8; count++) texts.push(piece);
    expect(() => texts.push(piece)).toThrow('64 MiB');
  });
});

describe('input that is quiet', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What is given of a line after two quiet seconds, and what of the rest that comes then. */
  async function afterQuiet(line: string, rest: string): Promise<readonly (readonly string[])[]> {
    const more = Promise.withResolvers<string>();
    async function* pieces() {
      yield line;
      yield await more.promise;
    }
    const given: string[] = [];
    const reading = (async () => {
      for await (const text of wholeTexts(pieces())) given.push(text);
    })();
    await vi.advanceTimersByTimeAsync(1999);
    expect(given).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    const early = given.splice(0);
    await vi.advanceTimersByTimeAsync(60_000);
    more.resolve(rest);
    await reading;
    return [early, given];
  }

  test('gives a whole id without waiting for the end of its line, and not again with it', async () => {
    expect(await afterQuiet(`ccapi:${wholeId}`, '\n')).toEqual([[`ccapi:${wholeId}`], []]);
    const uuid = '1a6ac2ad-0000-4000-8000-000000000001';
    expect(await afterQuiet(uuid, '\ntask_b\n')).toEqual([[uuid], ['task_b']]);
  });

  test('gives no half id, and what stands before one', async () => {
    expect(await afterQuiet(wholeId.slice(0, 30), `${wholeId.slice(30)}\n`)).toEqual([[], [wholeId]]);
    expect(await afterQuiet('task_aaaa, task_b', 'bbb\n')).toEqual([['task_aaaa, '], ['task_aaaa, task_bbbb']]);
  });

  test('gives the longer id, too, when the line goes on after all', async () => {
    expect(await afterQuiet(wholeId, 'x\n')).toEqual([[wholeId], [`${wholeId}x`]]);
  });

  test('gives nothing of cut JSON', async () => {
    expect(await afterQuiet(`{"task_id": "${wholeId}`, '"}\n')).toEqual([[], [`{"task_id": "${wholeId}"}`]]);
    expect(await afterQuiet(`[\n"${wholeId}`, '"]\n')).toEqual([[], [`[\n"${wholeId}"]`]]);
  });
});
