import { describe, expect, it } from 'vitest';
import { defaultTemplate as template, fileKinds } from '../../source/media/choices.ts';
import type { FileProgress } from '../../source/media/downloads.ts';
import type { FilesLeft } from '../../source/media/time-left.ts';
import { plannedFiles } from '../../source/media/plan.ts';
import { filesPhrase } from '../../source/screen/phrases.ts';
import { allFileTotals, filesOf, hasFiles } from '../../source/store/files.ts';
import { entryText } from '../../source/store/log-entries.ts';
import { screenOf } from '../helpers/screen.ts';
import { after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const moon = task({ id: 'task_moon', status: 'succeeded', clips: [clip({ title: 'Moon' })] });

const file = (overrides: Partial<FileProgress> = {}): FileProgress => ({
  ...{ key: 'k', task: moon.key, clip: 0, clipId: 'c', what: 'audio', state: 'started', path: '/music/Moon.mp3' },
  ...{ bytes: 0, total: null, message: null },
  ...overrides,
});

const withFiles = (files: readonly FileProgress[], rate: number | null = null, left: FilesLeft | null = null) =>
  after(watching([moon], { size: { columns: 110, rows: 20 }, preview: false }), {
    ...{ type: 'files', at: 1, files, rate, left },
  });

const row = (files: readonly FileProgress[]) => screenOf(withFiles(files)).find(line => line.includes('Moon')) ?? '';

describe('the FILE column', () => {
  it('is there only when files are saved', () => {
    expect(screenOf(watching([moon])).join()).not.toContain('FILE');
    expect(screenOf(withFiles([file()])).join()).toContain('FILE');
  });

  it.each([
    ['…', [file()]],
    [' 62% ', [file({ bytes: 62, total: 100 })]],
    [' saved ', [file({ state: 'saved', bytes: 9, total: 9 })]],
    [' 1/2 ', [file({ state: 'saved' }), file({ key: 'l', state: 'waiting' })]],
    [' no: 403 ', [file({ state: 'failed', message: '403' }), file({ key: 'l', state: 'saved' })]],
  ])('says %s', (text, files) => {
    expect(row(files)).toContain(text);
  });
});

describe('a file that could not be saved', () => {
  const message = 'the server says no (403): the address may have expired';
  const failed = file({ state: 'failed', message });

  it('has its reason in the row, over what stands behind it', () => {
    expect(row([failed])).toMatch(/Moon +task_moon +no: the server says no \(403\): the…$/);
    const short = file({ state: 'failed', message: 'broke off' });
    expect(row([short])).toMatch(/ no: broke off +$|no: broke off$/);
  });

  it('says why in the preview, each reason once', () => {
    const files = [failed, file({ key: 'l', what: 'cover', state: 'failed', message }), file({ key: 'm', clip: 1 })];
    const state = { ...withFiles(files), preview: true, size: { columns: 160, rows: 20 } };
    const words = screenOf(state).map(line => line.split('╎')[1]?.trim());
    expect(words.join(' ')).toContain(`audio, cover not saved: ${message}`);
  });

  it.each([
    [[failed], `Moon was not saved: ${message}`],
    [[failed, file({ key: 'l', what: 'cover', state: 'failed', message })], `2 files were not saved: ${message}`],
    [[failed, file({ key: 'l', state: 'failed', message: 'broke off' })], '2 files were not saved · e shows why'],
    // The folder is at fault, and that has been said.
    [[file({ state: 'failed', message, refusedBy: '/music' })], undefined],
  ])('is a message as well, for a pane too narrow for the column', (files, text) => {
    expect(withFiles(files).flash?.text).toBe(text);
  });

  it('is told once, not of earlier runs, and takes the place of no other error', () => {
    const told = after(withFiles([failed]), { type: 'flash', flash: null });
    const again = { type: 'files', at: 2, files: [{ ...failed }], rate: null } as const;
    expect(after(told, again).flash).toBeNull();
    expect(after(watching([moon]), { ...again, earlier: true }).flash).toBeNull();
    expect(after(watching([moon]), { ...again, hushed: true }).flash).toBeNull();
    const second = { ...again, files: [file({ key: 'l', state: 'failed', message })] };
    expect(after(withFiles([failed]), second).flash?.text).toBe(`2 files were not saved: ${message}`);
    const error = { level: 'error', text: 'the disk is full' } as const;
    expect(after(watching([moon], { flash: error }), again).flash).toBe(error);
  });
});

describe('files in the state', () => {
  it('are logged when they are saved or given up, once', () => {
    const saved = file({ state: 'saved' });
    const state = after(withFiles([file(), saved]), { type: 'files', at: 2, files: [saved], rate: null });
    const failed = after(state, {
      type: 'files',
      at: 3,
      files: [file({ key: 'l', state: 'failed', message: '403' })],
      rate: null,
    });
    expect(failed.log.map(entryText)).toEqual(['Moon  saved /music/Moon.mp3', 'Moon  audio not saved: 403']);
  });

  it('are logged with the time at which they were saved, however late that is told', () => {
    const noted = after(withFiles([]), { type: 'note', at: 9, text: 'a hook' });
    const files = [
      { ...file({ state: 'saved' }), at: 7 },
      { ...file({ key: 'l', state: 'failed', message: '403' }), at: 9 },
    ];
    const state = after(noted, { type: 'files', at: 12, files, rate: null });
    expect(state.log.map(({ at, text }) => [at, text])).toEqual([
      [7, 'saved /music/Moon.mp3'],
      [9, 'a hook'],
      [9, 'audio not saved: 403'],
    ]);
  });

  it('are the same state when nothing is new', () => {
    const state = withFiles([file()]);
    expect(after(state, { type: 'files', at: 2, files: [], rate: null })).toBe(state);
    expect(filesOf(state, moon.key)).toBe(filesOf(state, moon.key));
    expect(allFileTotals(state.files)).toBe(allFileTotals(state.files));
  });
});

it('a task has something to save exactly where the downloads plan a file', () => {
  const address = 'https://x.example/y';
  const clips = [
    ...[clip(), clip({ audioUrl: address }), clip({ imageUrl: address }), clip({ videoUrl: address })],
    ...[clip({ fileUrl: address }), clip({ lyrics: 'la' })],
  ];
  const tasks = [task({ status: 'failed' }), ...clips.map(each => task({ status: 'succeeded', clips: [each] }))];
  for (const kind of fileKinds) {
    const planned = tasks.map(each => plannedFiles(each, { what: [kind], template }).length > 0);
    expect([kind, tasks.map(each => hasFiles(each, [kind]))]).toEqual([kind, planned]);
  }
  expect(hasFiles(task({ status: 'running', clips }), fileKinds)).toBe(false);
});

describe('the line of totals', () => {
  const two = [file({ bytes: 4e6, total: 10e6 }), file({ key: 'l', state: 'saved' })];
  it.each([
    [[file({ bytes: 50, total: 100 })], null, null, '0 of 1 files'],
    [two, 3_100_000, { left: 1935, guess: false }, '1 of 2 files, 3.1 MB/s, about 0:05 left'],
    [two, 3_100_000, { left: 65_000, guess: true }, '1 of 2 files, 3.1 MB/s, ~1:05 left'],
    [two, 1, null, '1 of 2 files, 1 B/s'],
    [[...two, file({ key: 'm', state: 'failed' })], 1, null, '1 of 3 files, 1 not saved, 1 B/s'],
    [[file({ bytes: 1, total: null })], 812_000, null, '0 of 1 files, 812 kB/s'],
    [[file({ state: 'saved' }), file({ key: 'l', state: 'failed' })], null, null, '1 file saved, 1 not'],
  ])('says how far, how fast and how long', (files, rate, left, text) => {
    expect(filesPhrase(withFiles(files, rate, left))).toBe(text);
  });
});
