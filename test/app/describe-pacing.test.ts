import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describePacing } from '../../source/app/describe-pacing.ts';
import { openJournal } from '../../source/journal/journal.ts';
import { parseOptions } from '../../source/options/options.ts';
import { task } from '../helpers/tasks.ts';

test('a fixed interval is all there is to say', () => {
  expect(describePacing(parseOptions(['-n', '7']), '/nowhere')).toEqual(['every 7s']);
});

test('a learned one says its limits, and what the saved list has taught', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-pacing-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { journal } = openJournal({ folder, name: 'last', fresh: true });
  const ended = [30, 31, 33, 36, 39, 41, 44].map((seconds, index) =>
    task({ id: `t${index}`, status: 'succeeded', action: 'music', submittedAt: 0, finishedAt: seconds * 1000 }),
  );
  const cover = task({ id: 'c', status: 'succeeded', action: 'cover', submittedAt: 0, finishedAt: 9000 });
  journal.add([...ended, cover]);
  journal.finish([...ended, cover]);
  journal.close();
  expect(describePacing(parseOptions([]), folder)).toEqual([
    'auto: 1s to 15s, 5s while nothing is known',
    'ccapi/producer music: 0:30–0:45, 7 of the saved list have ended',
    'ccapi/producer cover: not known yet, 1 of the saved list has ended',
  ]);
  expect(describePacing(parseOptions(['--session', 'other']), folder)).toHaveLength(1);
});
