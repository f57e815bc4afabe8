import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewLines } from '../../source/screen/preview.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import type { State } from '../../source/store/state.ts';
import { statuses, type Task } from '../../source/task/task.ts';
import { cellWidth } from '../../source/text/width.ts';
import { textOf } from '../helpers/screen.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';
import { anyTitle } from '../helpers/titles.ts';

const glyphs = glyphsFor(false);
const at = (time: string) => new Date(`2026-11-21T${time}`).getTime();
const audio = 'https://cdn.example/first.mp3';

/** The words of the preview of a task at the time of an answer. */
const preview = (each: Task, { columns = 45, rows = 20, now = at('20:01:00') } = {}) =>
  linesOf(stateOf(each, now), columns, rows);
const stateOf = (each: Task, now: number): State => after(watching([each]), answer([], { at: now }));
const linesOf = (state: State, columns = 45, rows = 20) =>
  previewLines(state, glyphs, { columns, rows }).map(line => textOf(line).trimEnd());

const running = task({
  id: 'task_weekend',
  status: 'running',
  action: 'music',
  submittedAt: at('20:00:00'),
  startedAt: at('20:00:04'),
  clips: [clip({ title: 'Weekend Morning', audioUrl: audio, lyrics: '[Verse]\nsunlight on\n\nthe window' })],
});

describe('the preview', () => {
  it('shows title, state, life, links and lyrics of the selected task', () => {
    expect(preview(running, { now: at('20:00:35') })).toEqual([
      'Weekend Morning',
      '▸ running · music · ccapi',
      'task_weekend',
      'queued 0:04 ╌╌ running 0:31',
      '',
      'preview',
      '',
      '[Verse]',
      'sunlight on',
      '',
      'the window',
    ]);
  });

  it('lists the clips with their lengths and with words that are links', () => {
    const clips = [
      clip({ title: 'First light', duration: 135, audioUrl: audio, videoUrl: 'https://cdn.example/first.mp4' }),
      clip({ title: '雨の夜に走る電車と猫と長い題名', duration: 61, audioUrl: 'https://cdn.example/rain.mp3' }),
      clip({ id: 'clip-3' }),
    ];
    const done = { ...running, status: 'succeeded', finishedAt: at('20:00:30'), clips } as const;
    const state = stateOf(done, at('20:01:00'));
    expect(linesOf(state).slice(3)).toEqual([
      'queued 0:04 ╌╌ running 0:26 ╌╌ ended 20:00:30',
      '',
      '1 First light              2:15  audio  video',
      '2 雨の夜に走る電車と猫と…  1:01  audio',
      '3 clip-3',
    ]);
    const links = previewLines(state, glyphs, { columns: 45, rows: 20 }).flatMap(({ segments }) =>
      segments.flatMap(({ text, link }) => (link === undefined ? [] : [[text, link]])),
    );
    expect(links).toEqual([
      ['audio', audio],
      ['video', 'https://cdn.example/first.mp4'],
      ['audio', 'https://cdn.example/rain.mp3'],
    ]);
  });

  it('gives an error in whole, wrapped', () => {
    const message = 'the lyric has 5,212 characters where the model takes 5,000 at most, so nothing was made of it';
    const failed = { ...running, status: 'failed', clips: [], error: { code: 'lyric_too_long', message } } as const;
    const lines = preview({ ...failed, finishedAt: at('20:00:10') }, { columns: 30 });
    expect(lines.join(' ')).toContain(`lyric_too_long: ${message}`);
    expect(Math.max(...lines.map(cellWidth))).toBeLessThanOrEqual(30);
  });

  it('shows the lyrics of the selected clip', () => {
    const clips = [clip({ title: 'One', lyrics: 'of one' }), clip({ title: 'Two', lyrics: 'of two' })];
    const state = after(stateOf({ ...running, clips }, at('20:01:00')), { type: 'fold' }, { type: 'move', by: 2 });
    expect(linesOf(state)[0]).toBe('Two');
    expect(linesOf(state).at(-1)).toBe('of two');
  });

  it('cuts a long title after two lines', () => {
    const lines = preview({ ...running, clips: [clip({ title: 'word '.repeat(60) })] }, { columns: 20 });
    expect(lines.slice(0, 3)).toEqual(['word word word word', 'word word word word…', '▸ running · music ·…']);
  });

  it('has nothing to say where nothing is selected', () => {
    expect(linesOf(watching([]))).toEqual([]);
    expect(linesOf(after(stateOf(running, 0), { type: 'filter', text: 'zzz' }))).toEqual([]);
  });

  it('says the same after an answer that brought nothing new about a task that waits for none', () => {
    for (const status of ['pending', 'missing', 'succeeded', 'failed'] as const) {
      const each = { ...running, status, finishedAt: at('20:00:30') };
      expect(preview(each, { now: at('20:05:00') })).toEqual(preview(each, { now: at('20:06:00') }));
    }
  });

  it('never has more lines nor cells than it was given, whatever is selected', () => {
    const anyTask = fc.record({
      title: fc.option(anyTitle),
      words: anyTitle,
      status: fc.constantFrom(...statuses),
      clips: fc.nat(4),
    });
    fc.assert(
      fc.property(anyTask, fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 40 }), (given, columns, rows) => {
        const { title, words, status } = given;
        const clips = Array.from({ length: given.clips }, () =>
          clip({ title, lyrics: `${words}\n${words}`, audioUrl: audio, duration: 61 }),
        );
        const each = task({
          status,
          clips,
          action: words,
          rawStatus: words,
          prompt: words,
          error: { code: null, message: words },
        });
        const lines = linesOf(stateOf(each, 1000), columns, rows);
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 300 },
    );
  });
});
