import { expect, test } from 'vitest';
import { dedupe } from '../../source/poll/answer.ts';
import { running } from './vendor.ts';
import { watching } from './watching.ts';

const old = running('a', { status: 'queued', updatedAt: 1_000 });
const fresh = running('a', { progress: 40, updatedAt: 2_000 });
const done = running('a', { status: 'succeeded', updatedAt: 1_500 });
const other = running('b');

test.each([
  ['the newest row', [old, fresh], fresh],
  ['the newest row, also when it comes first', [fresh, old], fresh],
  ['a final row, whatever its date', [done, fresh], done],
  ['a final row that comes last', [fresh, done], done],
  ['the last of rows without a date', [running('a', { progress: 1 }), running('a', { progress: 2 })], { progress: 2 }],
])('of rows about one task %s counts', (_, rows, expected) => {
  expect(dedupe([...rows, other])).toMatchObject([expected, other]);
});

test('a reply that holds a task twice is one change, not two', async () => {
  const all = watching();
  all.add(['a']);
  all.vendor.fault = () => ({ snapshots: [old, fresh] });
  all.start();
  await all.clock.advance(100);
  expect(all.task('a').history.map(({ status }) => status)).toEqual(['pending', 'running']);
});
