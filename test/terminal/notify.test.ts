import { expect, test } from 'vitest';

import { cellWidth } from '../../source/text/width.ts';
import { notification, notificationProtocol, summarise } from '../../source/terminal/notify.ts';
import { createProgressBar } from '../../source/terminal/progress.ts';
import { createTitle } from '../../source/terminal/title.ts';

type Ended = Parameters<typeof summarise>[0];
const ended = (counts: Partial<Ended>): Ended => ({ succeeded: 0, partial: 0, failed: 0, missing: 0, ...counts });

test('many tasks that ended make one line', () => {
  expect(summarise(ended({ succeeded: 7, failed: 1 }))).toBe('7 finished, 1 failed');
  expect(summarise(ended({ partial: 1, missing: 2 }))).toBe('1 finished in part, 2 not found');
  expect(summarise(ended({}))).toBe('');
});

test('a single task is called by its title', () => {
  expect(summarise(ended({ succeeded: 1 }), ['Weekend Morning'])).toBe('Weekend Morning finished');
  expect(summarise(ended({ failed: 1 }), ['Weekend Morning'])).toBe('Weekend Morning failed');
  expect(summarise(ended({ failed: 1 }), [null])).toBe('1 failed');
  expect(summarise(ended({ failed: 1 }), ['\u001b\u0007'])).toBe('1 failed');
});

test('a long title gives way to the verb', () => {
  const line = summarise(ended({ succeeded: 1 }), ['雨の夜に走る電車と猫'.repeat(20)]);
  expect(line).toMatch(/… finished$/);
  expect(cellWidth(line)).toBeLessThanOrEqual(60);
});

test('the flag chooses the protocol', () => {
  expect(notificationProtocol('auto', 'osc9')).toBe('osc9');
  expect(notificationProtocol('bell', 'osc9')).toBe('bell');
  expect(notificationProtocol('off', 'osc9')).toBe('off');
});

test('nothing is sent for an empty text, or with notifications off', () => {
  expect(notification('7 finished', 'off')).toBe('');
  expect(notification('', 'bell')).toBe('');
});

test('each protocol has its own form, and is wrapped for the multiplexer', () => {
  const text = '7 finished, 1 failed';
  expect(notification(text, 'bell', 'tmux')).toBe('\u0007');
  expect(notification(text, 'osc9')).toBe(`\u001b]9;cliptop: ${text}\u001b\\`);
  expect(notification(text, 'osc777')).toBe(`\u001b]777;notify;cliptop;${text}\u001b\\`);
  expect(notification(text, 'osc99')).toBe(`\u001b]99;i=cliptop;cliptop: ${text}\u001b\\`);
  expect(notification(text, 'osc9', 'tmux')).toBe(`\u001bPtmux;\u001b\u001b]9;cliptop: ${text}\u001b\u001b\\\u001b\\`);
  expect(notification(text, 'osc9', 'screen')).toBe(`\u001bP\u001b]9;cliptop: ${text}\u0007\u001b\\`);
});

const recorder = (): { readonly written: string[]; readonly write: (bytes: string) => void } => {
  const written: string[] = [];
  return { written, write: bytes => written.push(bytes) };
};

test('a title is written when it changes, and the old one restored once', () => {
  const { written, write } = recorder();
  const title = createTitle(write);
  title.close();
  title.set('cliptop 1 running');
  title.set('cliptop 1 running');
  title.set('cliptop 1 done');
  title.close();
  title.close();
  expect(written).toEqual([
    '\u001b[22;2t\u001b]2;cliptop 1 running\u001b\\',
    '\u001b]2;cliptop 1 done\u001b\\',
    '\u001b[23;2t',
  ]);
  title.set('cliptop 1 done');
  expect(written.at(-1)).toBe('\u001b[22;2t\u001b]2;cliptop 1 done\u001b\\');
});

test('progress is sent again at every poll, and removed once', () => {
  const { written, write } = recorder();
  const bar = createProgressBar(write);
  bar.close();
  bar.update({ percent: 40, failed: false });
  bar.update({ percent: 40, failed: false });
  bar.update({ percent: null, failed: false });
  bar.update({ percent: 50, failed: true });
  bar.update(null);
  bar.close();
  expect(written.map(bytes => bytes.slice(2, -2))).toEqual(['9;4;1;40', '9;4;1;40', '9;4;3;0', '9;4;2;50', '9;4;0;0']);
});
