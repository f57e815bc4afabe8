import { expect, test } from 'vitest';
import { createFileReporter } from '../../source/app/file-reporter.ts';
import type { FileProgress } from '../../source/media/downloads.ts';
import { filesPhrase } from '../../source/screen/phrases.ts';
import { Store } from '../../source/store/store.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

const file: FileProgress = {
  ...{
    key: 'k',
    task: 'ccapi/producer:task_1',
    clip: 0,
    clipId: null,
    what: 'audio',
    state: 'started',
    path: '/m/1.mp3',
  },
  ...{ bytes: 0, total: null, message: null },
};

/** What the screen says after each 5 s of a file of a megabyte that comes at so many bytes a second. */
async function said(speed: number, { from = 0, seconds = 20 } = {}) {
  const clock = new FakeClock();
  const store = new Store({ interval: 5000 });
  const report = createFileReporter({ store, clock, quiet: true });
  report.add(file);
  await clock.advance(1000);
  report.add({ ...file, bytes: from, total: 1_000_000 });
  const lines: string[] = [];
  for (let second = 1; second <= seconds; second++) {
    await clock.advance(1000);
    report.add({ ...file, bytes: from + second * speed, total: 1_000_000 });
    if (second % 5 === 0) lines.push(filesPhrase(store.getState()));
  }
  report.stop();
  return lines;
}

test('a host that sends a byte a second is not asked how long that takes', async () => {
  expect(new Set(await said(1, { seconds: 60 }))).toEqual(new Set(['0 of 1 files, 1 B/s']));
  expect((await said(1, { from: 990_000, seconds: 60 })).at(-1)).toBe('0 of 1 files, 1 B/s');
});

test('a steady pace is told with the rate, once it has been seen for some seconds', async () => {
  const lines = await said(20_000);
  expect(lines[0]).not.toContain('left');
  expect(lines.at(-1)).toMatch(/^0 of 1 files, 20 kB\/s, about 0:3[05] left$/);
});

test('a file that is told with the next answer was saved when it was saved', async () => {
  const clock = new FakeClock();
  const store = new Store({ interval: 5000 });
  const report = createFileReporter({ store, clock, quiet: true });
  report.add(file);
  await clock.advance(1000);
  const saved = clock.wall();
  report.add({ ...file, state: 'saved' });
  await clock.advance(6000);
  report.stop();
  expect(store.getState().log.map(({ at, text }) => [at, text])).toEqual([[saved, 'saved /m/1.mp3']]);
});
