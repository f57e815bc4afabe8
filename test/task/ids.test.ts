import { expect, test } from 'vitest';
import { idShape, parseIds } from '../../source/task/ids.ts';

const providers = ['ccapi', 'newapi', 'xhuo', 'acedata'];
const a = 'task_AAAAbbbbCCCCddddEEEEffffGGGGhhh1';
const b = 'task_0123456789abcdef0123456789abcdef';
const u = '1a6ac2ad-10f2-4e2b-b500-66ec27fe82ad';
const v = '00000000-0000-4000-8000-0000000000A1';
const parse = (text: string) => parseIds(text, providers);
const ids = (text: string) => parse(text).found.map(({ id }) => id);

test.each([
  ['a bare id', a, [a]],
  ['a UUID', u, [u]],
  ['capitals, as they are', v, [v]],
  ['spaces and lines', ` ${a}\t${b}\r\n${u} `, [a, b, u]],
  ['commas, quotes and brackets', `["${a}", '${b}'; (${u})]`, [a, b, u]],
  ['a sentence', `Look at ${a}, ${b}. And at ${u}!`, [a, b, u]],
  ['an address', `https://api.ccapi.ai/producer/fetch/${a}?x=1#y`, [a]],
  ['a shell variable', `export TASK_ID=${a}`, [a]],
  ['a name in front', `ID: ${u}`, [u]],
  ['a name in front, in capitals', `TASK_ID="${u}"`, [u]],
  ['the word uuid in front', `uuid: ${u}`, [u]],
  ['a name that ends in task_id', `music_task_id: ${u}`, [u]],
  ['colours', `\u001b[32m${a}\u001b[0m \u001b[1;31m${u}\u001b[m`, [a, u]],
  ['the colours of grep', `\u001b[01;31m\u001b[Ktask_\u001b[m\u001b[K${a.slice(5)}`, [a]],
  ['line ends that were escaped', `${a}\\n${b}\\t${u}`, [a, b, u]],
  ['a byte order mark', `\ufeff${a}`, [a]],
  ['a diff and a list', `- ${a}\n+ ${b}\n* ${u}`, [a, b, u]],
  ['a log with times', `2026-11-21T20:00:00Z ${a}: SUCCESS`, [a]],
  ['characters of other scripts', `任务${a}，${u}。`, [a, u]],
])('finds ids in %s', (_, text, expected) => {
  expect(ids(text)).toEqual(expected);
  expect(parse(text).rejected).toEqual([]);
});

test.each([
  ['the reply to a submission (fetch)', { code: 'success', message: '', data: a }, [a]],
  ['the reply to a submission (tasks)', { success: true, task_id: u, trace_id: v }, [u]],
  ['the reply to a submission, bare', { task_id: u }, [u]],
  ['a list of ids', [a, b], [a, b]],
  ['a question', { action: 'retrieve_batch', ids: [u, v] }, [u, v]],
  [
    'a batch (fetch)',
    { code: 'success', data: [{ id: 41, task_id: a, data: { task_id: v, clips: [{ clip_id: u }] } }] },
    [a],
  ],
  ['a batch (tasks)', { items: [{ id: u, trace_id: v, response: { data: [{ id: v }] } }], count: 1 }, [u]],
  ['a list of mixed things', [a, { name: 'x', job: b }, null, 7], [a, b]],
  ['an object by id', { [a]: { status: 'SUCCESS' }, [u]: {} }, [a, u]],
  ['keys nobody foresaw', { result: { song: { task: a } } }, [a]],
  ['a line of our own', { event: 'task', task: { id: a, source: 'ccapi/producer', clips: [{ id: u }] } }, [a]],
])('finds the ids of tasks, and of nothing else, in %s', (_, json, expected) => {
  expect(ids(JSON.stringify(json))).toEqual(expected);
  expect(ids(JSON.stringify(json, null, 2))).toEqual(expected);
  expect(ids(`\ufeff${JSON.stringify(json)}\n`)).toEqual(expected);
});

test('reads one JSON object per line', () => {
  expect(ids(`{"task_id":"${a}"}\n{"task_id":"${b}"}\n`)).toEqual([a, b]);
});

test('ids of other things are not ids of tasks', () => {
  expect(ids(`trace_id: ${u}`)).toEqual([]);
  expect(ids(`"user_id": "${u}", "task_id": "${v}"`)).toEqual([v]);
  expect(ids(`{"audio_id":"${u}"}`)).toEqual([]);
});

test.each([
  [`ccapi:${a}`, { id: a, provider: 'ccapi', service: null }],
  [`CCAPI:${a}`, { id: a, provider: 'ccapi', service: null }],
  [`xhuo/suno:${u}`, { id: u, provider: 'xhuo', service: 'suno' }],
  ['newapi:42-b.7', { id: '42-b.7', provider: 'newapi', service: null }],
  [`"ccapi:${a}".`, { id: a, provider: 'ccapi', service: null }],
  [`see ccapi:${a}.`, { id: a, provider: 'ccapi', service: null }],
  [`https://x.example/suno/fetch/${a}`, { id: a, provider: null, service: 'suno' }],
  [`https://x.example/v1/producer/fetch/${a}/`, { id: a, provider: null, service: 'producer' }],
])('%s', (text, expected) => {
  expect(parse(text)).toEqual({
    found: [expected],
    strange: [],
    duplicates: 0,
    rejected: [],
    parts: expect.any(Array) as unknown,
  });
});

test('ids inside JSON keep the provider and service before their colon', () => {
  expect(parse(JSON.stringify([`xhuo/suno:${u}`])).found).toEqual([{ id: u, provider: 'xhuo', service: 'suno' }]);
});

test('the output of --json names the source of each task', () => {
  const line = JSON.stringify({ event: 'task', task: { id: u, source: 'acedata/suno' } });
  expect(parse(line).found).toEqual([{ id: u, provider: 'acedata', service: 'suno' }]);
});

test('duplicates are dropped and counted', () => {
  expect(parse(`${a} ${b}\n${a},${a}`)).toMatchObject({ found: [{ id: a }, { id: b }], duplicates: 2 });
  expect(parse(JSON.stringify([a, a]))).toMatchObject({ found: [{ id: a }], duplicates: 1 });
});

test('new-api’s ids differ by their case', () => {
  expect(ids(`${a} ${a.toLowerCase()}`)).toHaveLength(2);
});

test('lines without an id are named, empty ones and comments are not', () => {
  expect(parse(`hello\n\n# a comment\n${a}\n12345`)).toMatchObject({
    found: [{ id: a }],
    rejected: ['hello', '12345'],
  });
  expect(parse('')).toEqual({ found: [], strange: [], duplicates: 0, rejected: [], parts: [] });
  expect(parse('{"a": 1}').rejected).toEqual(['{"a": 1}']);
});

test('text that only resembles an id is none', () => {
  for (const text of [`x${a}`, `${u}-1`, `my-task_abcd`, 'task_ab', u.slice(1), 'task_']) expect(ids(text)).toEqual([]);
});

test('the shape of an id tells which kind of API made it', () => {
  expect([a, u, v, '42'].map(idShape)).toEqual(['task', 'uuid', 'uuid', 'other']);
});

test('ten thousand ids in one URL are found in linear time', () => {
  const list = Array.from({ length: 10_000 }, (_, index) => `task_${String(index).padStart(32, '0')}`).join(',');
  const started = performance.now();
  expect(ids(`https://x.example/?ids=${list}`)).toHaveLength(10_000);
  expect(performance.now() - started).toBeLessThan(1500);
});

test('JSON nested a hundred thousand deep holds no id and overflows no stack', () => {
  expect(ids(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toEqual([]);
  expect(ids(`${'{"data":'.repeat(100_000)}"${a}"${'}'.repeat(100_000)}`)).toEqual([a]);
});

test('does not take the id of a misspelled provider for a bare id of another one', () => {
  const strange = [{ id: a, provider: 'cccapi', service: null }];
  expect(parse(`cccapi:${a}`)).toMatchObject({ found: [], strange, rejected: [] });
  expect(parse(`ccapi:${b} cccapi:${a}`)).toMatchObject({ found: [{ id: b }], strange, parts: [] });
  expect(parse(`cccapi/suno:${a},${u}`)).toMatchObject({ found: [{ id: u }], strange: [{ service: 'suno' }] });
  expect(parse(`my_relay:${a} ${u}`)).toMatchObject({ found: [{ id: u }], strange: [{ provider: 'my_relay' }] });
  expect(parse(JSON.stringify([`cccapi:${a}`, u]))).toMatchObject({ found: [{ id: u }], strange });
  // Alone it may have any shape; beside others it may be any two words.
  expect(parse('cccapi:42-b.7').strange).toEqual([{ id: '42-b.7', provider: 'cccapi', service: null }]);
  expect(parse(`at:42 ${a}`)).toMatchObject({ found: [{ id: a }], strange: [], parts: ['at:42'] });
  expect(parse(`xhuo:${u}\\nccapi:${a}`).found).toMatchObject([{ provider: 'xhuo' }, { provider: 'ccapi', id: a }]);
});

test('tells what else stands beside ids', () => {
  expect(parse(`${a} tsk_1, ${b}; "task_cut…" 12:30`)).toMatchObject({
    found: [{ id: a }, { id: b }],
    parts: ['tsk_1', 'task_cut…', '12:30'],
  });
  // Labels, addresses and ids of other things are understood.
  expect(parse(`ID: ${u} — trace_id: ${v}, https://x.example/fetch/${a}?x=1 TASK_ID=${b}`).parts).toEqual([]);
  expect(parse(JSON.stringify({ note: 'hello', task_id: a })).parts).toEqual([]);
  expect(parse('hello world').parts).toEqual([]);
});

test('does not take the label of an id, such as task_id:, for a misspelled provider', () => {
  expect(parseIds('task_id:task_AAAAbbbbCCCC', ['ccapi', 'xhuo']).found).toHaveLength(1);
});

test('rejects an id that was shortened with an ellipsis', () => {
  expect(parse('task_AAAAbbbb…')).toMatchObject({ found: [], rejected: ['task_AAAAbbbb…'] });
  expect(ids(`${a}, and ${b}.`)).toEqual([a, b]);
});
