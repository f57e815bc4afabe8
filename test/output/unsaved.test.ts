import { expect, test } from 'vitest';
import type { FileProgress } from '../../source/media/downloads.ts';
import { unsavedLine } from '../../source/output/unsaved.ts';
import { clip, task } from '../helpers/tasks.ts';

const two = task({ clips: [clip({ title: 'Day' }), clip({ title: 'Night' })] });
const file: FileProgress = {
  ...{ key: 'x', task: two.key, clip: 1, clipId: null, what: 'audio', state: 'failed' },
  ...{ path: '/x', bytes: 0, total: null, message: '403' },
};

test('a file that was given up is named by the title of its clip, with its kind and the reason', () => {
  expect(unsavedLine(file, two)).toBe('Night was not saved: 403');
  expect(unsavedLine({ ...file, what: 'cover', clip: 0 }, two)).toBe('cover of Day was not saved: 403');
  expect(unsavedLine(file, undefined)).toBe(`${two.key} was not saved: 403`);
});

test('nothing is said of a file that is waited for, or saved', () => {
  for (const state of ['waiting', 'started', 'saved'] as const) expect(unsavedLine({ ...file, state }, two)).toBeNull();
});
