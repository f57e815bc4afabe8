import { expect, test } from 'vitest';
import type { FileProgress } from '../../source/media/downloads.ts';
import { createUnsavedReport } from '../../source/output/unsaved.ts';
import { clip, task } from '../helpers/tasks.ts';

const two = task({ clips: [clip({ title: 'Day' }), clip({ title: 'Night' })] });
const file: FileProgress = {
  ...{ key: 'x', task: two.key, clip: 1, clipId: null, what: 'audio', state: 'failed' },
  ...{ path: '/x', bytes: 0, total: null, message: '403' },
};

/** What is told of these news, and what of it only at the end. */
function told(...news: readonly (readonly [Partial<FileProgress>, typeof two | undefined])[]) {
  const lines: string[] = [];
  const report = createUnsavedReport(line => lines.push(line));
  for (const [changes, task] of news) report.onFile({ ...file, ...changes }, task);
  const before = lines.length;
  report.end();
  return { atOnce: lines.slice(0, before), atEnd: lines.slice(before) };
}

test('a file that was given up is named by the title of its clip, with its kind and the reason', () => {
  expect(told([{}, two], [{ what: 'cover', clip: 0 }, two], [{}, undefined])).toEqual({
    atOnce: [...['Night was not saved: 403', 'cover of Day was not saved: 403'], `${two.key} was not saved: 403`],
    atEnd: [],
  });
});

test('nothing is said of a file that is waited for, or saved', () => {
  for (const state of ['waiting', 'started', 'saved'] as const)
    expect(told([{ state }, two])).toEqual({ atOnce: [], atEnd: [] });
});

test('files that a folder refuses are counted at the end, by folder and reason, but for those that are saved after all', () => {
  const full = { message: 'the disk is full', refusedBy: '/music' };
  const refused = (key: string, more: Partial<FileProgress> = full) => [{ key, ...more }, two] as const;
  expect(
    told(
      ...[refused('1'), refused('2'), refused('3'), refused('2'), refused('4')],
      refused('1', { state: 'saved', message: null, refusedBy: null }),
      refused('5', { ...full, message: 'permission denied' }),
    ),
  ).toEqual({
    atOnce: [],
    atEnd: ['3 files were not saved in /music: the disk is full', 'Night was not saved: permission denied'],
  });
});
