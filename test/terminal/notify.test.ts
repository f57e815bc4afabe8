import { expect, test } from 'vitest';

import { notification, notificationProtocol } from '../../source/terminal/notify.ts';
import { createProgressBar } from '../../source/terminal/progress.ts';
import { createTitle } from '../../source/terminal/title.ts';

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
