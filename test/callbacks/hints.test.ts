import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHints } from '../../source/callbacks/hints.ts';
import { fixture } from '../api/server.ts';

const id = (tail: number) => `11111111-1111-4111-8111-0000000000${String(tail).padStart(2, '0')}`;
const read = (body: unknown, rest: readonly string[] = []) =>
  readHints(typeof body === 'string' ? body : JSON.stringify(body), rest, ['xhuo', 'acedata']);

test('a finished record names its task, not its clips, its job or its trace', () => {
  const { items } = JSON.parse(fixture('service-kling')) as { items: unknown[] };
  expect(read(items[0])).toEqual([{ id: id(43), provider: null, service: null }]);
  expect(read(fixture('E06')).map(hint => hint.id)).toEqual([id(6)]);
});

test('so does the result alone, with the source that stands in the address', () => {
  const result = {
    success: true,
    task_id: id(1),
    trace_id: id(2),
    data: [{ id: id(3), audio_url: 'https://x/1.mp3' }],
  };
  expect(read(result, ['xhuo', 'suno'])).toEqual([{ id: id(1), provider: 'xhuo', service: 'suno' }]);
  expect(read(result, ['nobody', 'suno'])).toEqual([{ id: id(1), provider: null, service: null }]);
});

test('what is no JSON names nothing, and of many ids twenty are taken', () => {
  expect(read(`the task ${id(1)} is done`)).toEqual([]);
  expect(read(Array.from({ length: 90 }, (_, index) => ({ id: id(index) }))).length).toBe(20);
});

test('no body makes it throw', () => {
  const bodies = fc.oneof(fc.string(), fc.json());
  fc.assert(fc.property(bodies, body => read(body).length <= 20));
});
