import { afterAll, expect, test, vi } from 'vitest';
import { formatClock, formatInterval, formatMoment, formatTime, parseDuration } from '../../source/text/duration.ts';

vi.stubEnv('TZ', 'Asia/Tokyo');
afterAll(() => vi.unstubAllEnvs());

test.each([
  ['5', 5000],
  ['5s', 5000],
  ['500ms', 500],
  ['1.5m', 90_000],
  ['1h30m', 5_400_000],
  [' 2H ', 7_200_000],
  ['1d', 86_400_000],
  ['0', 0],
  ['', null],
  ['s', null],
  ['-5', null],
  ['5 s', null],
  ['1e3', null],
  ['5x', null],
  ['1m foo', null],
  ['Infinity', null],
  ['9'.repeat(400), null],
])('the duration %j is %j ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each([
  [0, '0:00'],
  [-5000, '0:00'],
  [48_000, '0:48'],
  [59_600, '1:00'],
  [725_000, '12:05'],
  [3_723_000, '1:02:03'],
  [172_799_000, '47:59:59'],
  [183_600_000, '2d 3h'],
])('%i ms on a clock is %s', (milliseconds, expected) => {
  expect(formatClock(milliseconds)).toBe(expected);
});

test.each([
  [500, '500ms'],
  [999.6, '1s'],
  [1500, '1.5s'],
  [5000, '5s'],
  [9999, '10s'],
  [60_000, '1m'],
  [90_000, '1m30s'],
  [7_200_000, '2h'],
  [86_400_000, '1d'],
  [90_061_000, '1d1h'],
])('%d ms as an interval is %s', (milliseconds, expected) => {
  expect(formatInterval(milliseconds)).toBe(expected);
});

test('times are in the local time zone', () => {
  const at = Date.UTC(2026, 10, 21, 20, 1, 7);
  expect(formatTime(at)).toBe('05:01:07');
  expect(formatMoment(at)).toBe('2026-11-22 05:01:07');
});
