import { afterAll, expect, test, vi } from 'vitest';
import { amount, block, line, moment, percent, seconds, unpack, url } from '../../source/api/fields.ts';
import { parseStatus } from '../../source/api/status-words.ts';

// Whoever reads this in another zone must see the same times.
vi.stubEnv('TZ', 'Asia/Tokyo');
afterAll(() => vi.unstubAllEnvs());

test.each([
  ['37%', 37],
  [' 37.6 % ', 38],
  ['0%', null],
  [' 0 % ', null],
  ['0.0', null],
  ['0', null],
  [0.001, 1],
  [37, 37],
  ['37', 37],
  [0.37, 37],
  ['0.37', 37],
  ['0.4%', 1],
  [0, null],
  [1, 1],
  [100, 100],
  [250, 100],
  ['99.9%', 99],
  [-5, null],
  ['-5%', null],
  ['12/100', null],
  ['almost', null],
  ['', null],
  [null, null],
  [undefined, null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
  [[37], null],
  [{}, null],
])('percent of %j is %j', (value, expected) => {
  expect(percent.parse(value)).toBe(expected);
});

const at = Date.UTC(2026, 8, 21, 14, 13, 30, 250);
test.each([
  [at / 1000, at],
  [Math.floor(at / 1000), at - 250],
  [at, at],
  [at * 1e3, at],
  [at * 1e6, at],
  [String(at / 1000), at],
  [String(at), at],
  ['2026-09-21T14:13:30.250Z', at],
  ['2026-09-21T14:13:30.250000123Z', at],
  ['2026-09-21T16:13:30.250+02:00', at],
  ['2026-09-21T14:13:30.250000', at],
  ['2026-09-21 14:13:30.250', at],
  [0, null],
  ['0', null],
  [-1, null],
  [1e30, null],
  [5, null],
  ['', null],
  ['soon', null],
  ['may 5', null],
  [null, null],
  [undefined, null],
  [true, null],
])('the moment %j, whatever its unit and the time zone here', (value, expected) => {
  expect(moment.parse(value)).toBe(expected);
});

test.each([
  [1, 1],
  [135.233, 135.23],
  [7200, 7200],
  ['135.2330158730159', 135.23],
  // Milliseconds.
  [135_233, 135.23],
  ['135233', 135.23],
  [7_200_000, 7200],
  // Forty hours, in seconds and in milliseconds: the first is two minutes in the other unit, the second is no length.
  [144_000, 144],
  [144_000_000, null],
  [7_200_001, null],
  [0.5, null],
  [0, null],
  ['-3', null],
  ['2 minutes', null],
  [null, null],
])('a song of %j is %j seconds long', (value, expected) => {
  expect(seconds.parse(value)).toBe(expected);
});

test('numbers may come as text, and noise is rounded away', () => {
  expect(seconds.parse('135.2330158730159')).toBe(135.23);
  expect(seconds.parse(0)).toBeNull();
  expect(seconds.parse('-3')).toBeNull();
  expect(amount.parse('30000')).toBe(30000);
  expect(amount.parse(0)).toBe(0);
  expect(amount.parse(-1)).toBeNull();
  expect(amount.parse('3 credits')).toBeNull();
});

test('text is made safe; what is no text is absent', () => {
  expect(line.parse('  two\nlines ')).toBe('two lines');
  expect(line.parse(1_490_770_667)).toBe('1490770667');
  expect(line.parse(' ')).toBeNull();
  expect(line.parse({})).toBeNull();
  expect(block.parse('a\r\nb\n')).toBe('a\nb');
  expect(block.parse(7)).toBeNull();
});

test('an address may hold a colon, but no secret of its own', () => {
  expect(url.parse('https://cdn.example/v/05a:1.mp4')).toBe('https://cdn.example/v/05a:1.mp4');
  expect(url.parse('https://user:pass@cdn.example/a.mp3')).toBe('https://cdn.example/a.mp3');
  expect(url.parse('任务超时（1440分钟）')).toBeNull();
});

test('only packed JSON is unpacked', () => {
  expect(unpack('{"a":1}')).toEqual({ a: 1 });
  expect(unpack('7')).toBe('7');
  expect(unpack('{a')).toBe('{a');
  expect(unpack(null)).toBeNull();
});

test.each([
  ['queued', ['NOT_START', 'submitted', 'Queued', 'queueing', 'pending', 'waiting', 'not-start', 'NOT START']],
  ['running', ['in_progress', 'processing', 'running', 'streaming', 'generating', 'text_success', 'FIRST_SUCCESS']],
  ['succeeded', ['success', 'succeeded', 'succeed', 'completed', 'complete', 'finished', ' done ']],
  [
    'failed',
    ['failure', 'failed', 'fail', 'error', 'cancelled', 'canceled', 'rejected', 'timeout', 'expired'].concat(
      'CREATE_TASK_FAILED',
      'GENERATE_AUDIO_FAILED',
      'SENSITIVE_WORD_ERROR',
    ),
  ],
  [null, ['UNKNOWN', 'constructor', '__proto__', 'something', '']],
])('every word for %s', (meaning, words) => {
  expect(words.map(parseStatus)).toEqual(words.map(() => meaning));
});
