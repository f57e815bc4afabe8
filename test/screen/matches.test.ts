import { describe, expect, it } from 'vitest';
import { frameOf } from '../../source/screen/frame.ts';
import { reuse } from '../../source/screen/reuse.ts';
import { plainText, withMatches } from '../../source/screen/segments.ts';
import type { State } from '../../source/store/state.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { frameOptions, linesOf, screenOf } from '../helpers/screen.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const tasks = [
  task({ id: 'task_rain1', status: 'running', action: 'music', clips: [clip({ title: 'Rain and More Rain' })] }),
  task({
    id: 'task_0002',
    status: 'running',
    action: 'music',
    clips: [clip({ title: '雨の夜、Rain' }), clip({ title: 'B' })],
  }),
  task({ id: 'task_0003', status: 'failed', prompt: 'rain', error: { code: null, message: 'quota: no rain' } }),
];
const size = { columns: 120, rows: 20 };

/** What is marked on the screen, line by line. */
const marked = (filter: string, state: Partial<State> = {}): readonly (readonly string[])[] =>
  linesOf(
    frameOf(after(watching(tasks, { size, preview: false, ...state }), { type: 'filter', text: filter }), frameOptions),
  )
    .map(({ segments }) => segments.filter(({ style }) => style === 'match').map(({ text }) => text))
    .filter(texts => texts.length > 0);

describe('what the filter found', () => {
  it('is marked wherever a row shows it, in any case, also in the selected row', () => {
    expect(marked('rain')).toEqual([['Rain', 'Rain', 'rain'], ['Rain'], ['rain', 'rain']]);
    expect(marked('RAIN music')).toEqual([
      ['Rain', 'Rain', 'music', 'rain'],
      ['Rain', 'music'],
    ]);
    expect(marked('夜')).toEqual([['夜']]);
  });

  it('is marked where it was sought, when a column is named', () => {
    expect(marked('title:rain')).toEqual([['Rain', 'Rain'], ['Rain']]);
    expect(marked('status:fail')).toEqual([['fail']]);
    // No column shows them as such.
    expect(marked('error:quota')).toEqual([]);
    expect(marked('prompt:rain')).toEqual([]);
  });

  it('is nothing without a filter, and when something is not to be there', () => {
    expect(marked('')).toEqual([]);
    expect(marked('!rain')).toEqual([]);
    expect(marked('!status:failed')).toEqual([]);
  });

  it('is not what nobody sought in: sources are, in the wide table', () => {
    expect(marked('ccapi')).toEqual([]);
    expect(marked('ccapi', { wide: true })).toHaveLength(3);
  });

  it('is marked while the filter is being typed, and in rows that are dim', () => {
    const typing = after(
      watching(tasks, { size, unfolded: new Set([tasks[1]?.key ?? '']) }),
      { type: 'open-prompt', kind: 'filter', text: '' },
      { type: 'filter', text: 'rain' },
    );
    const clipLine = linesOf(frameOf(typing, frameOptions)).find(line => plainText(line).includes('└ 雨の夜'));
    expect(clipLine?.segments.map(({ text, style }) => [text.trim(), style])).toContainEqual(['Rain', 'match']);
  });

  it('is drawn again only in the rows that a poll changes', () => {
    const state = after(watching(tasks, { size }), answer([]), { type: 'filter', text: 'rain' });
    const before = frameOf(state, frameOptions);
    const polled = after(state, answer([snapshot({ id: 'task_rain1', progress: 50, clips: tasks[0]?.clips ?? [] })]));
    const next = reuse(before, frameOf(polled, frameOptions));
    const lines = ({ body }: typeof before) => (body?.kind === 'table' ? body.rows.map(({ line }) => line) : []);
    expect(lines(next).map((line, index) => line === lines(before)[index])).toEqual([false, true, true]);
  });

  it('stands where it stood: words and cells of a row are the same', () => {
    const state = watching(tasks, { size });
    const line = (lines: readonly string[]) => lines.find(each => each.includes('雨の夜'));
    expect(line(screenOf(after(state, { type: 'filter', text: 'rain' })))).toBe(line(screenOf(state)));
  });
});

it('a segment keeps its address, and its style where nothing was found', () => {
  const segment = { text: 'a rainy day', style: 'link', link: 'https://x.example' } as const;
  expect(withMatches(segment, [])).toEqual([segment]);
  expect(withMatches(segment, ['snow'])).toEqual([segment]);
  expect(withMatches(segment, ['rain', 'day'])).toEqual([
    { ...segment, text: 'a ' },
    { ...segment, text: 'rain', style: 'match' },
    { ...segment, text: 'y ' },
    { ...segment, text: 'day', style: 'match' },
  ]);
});
