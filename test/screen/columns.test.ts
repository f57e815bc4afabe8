import { describe, expect, it } from 'vitest';
import { columns } from '../../source/screen/columns.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { statuses, type Task } from '../../source/task/task.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

/** What the column of that name says about a task. */
function segment(
  id: string,
  each: Task,
  { width = 13, others = [] as readonly Task[], glyphs = glyphsFor(false), showsId = true } = {},
) {
  const state = after(watching([each, ...others]), answer([], { at: 100_000 }));
  const content = columns.find(column => column.id === id)?.cell(each, { state, glyphs, showsId }, width);
  if (typeof content === 'string' || content === undefined) return { text: content ?? '' };
  const segments = 'text' in content ? [content] : content;
  return { text: segments.map(({ text }) => text).join(''), style: segments[0]?.style };
}

const cell = (...parameters: Parameters<typeof segment>) => segment(...parameters).text;

const running = (overrides: Partial<Task> = {}) => task({ status: 'running', submittedAt: 40_000, ...overrides });
const done = task({ id: 'done', status: 'succeeded', submittedAt: 0, finishedAt: 120_000 });

describe('the status', () => {
  it('has a word and a shape of its own, in both sets of signs', () => {
    const texts = statuses.map(status => cell('status', task({ status })));
    const ascii = statuses.map(status => cell('status', task({ status }), { glyphs: glyphsFor(true) }));
    for (const [index, status] of statuses.entries()) expect(texts[index]).toContain(status);
    expect(new Set(texts.map(text => text[0])).size).toBe(statuses.length);
    expect(new Set(ascii.map(text => text[0])).size).toBe(statuses.length);
    expect(ascii.join('')).toMatch(/^[\x20-\x7e]*$/);
  });

  it('of a task that stopped moving says so', () => {
    expect(cell('status', running({ stalled: true }))).toBe('▸ stalled');
  });
});

describe('the title', () => {
  it('counts the further clips', () => {
    expect(cell('title', running({ clips: [clip({ title: 'One' }), clip(), clip()] }))).toBe('One +2');
  });

  it('of a task that nobody knows is its id where no column shows that, with the reason where there is room', () => {
    const error = { code: null, message: 'no such id' };
    const unknown = task({ id: 'task_0123456789', status: 'missing', error });
    expect(cell('title', unknown, { width: 40 })).toBe('no such id');
    expect(cell('title', unknown, { width: 40, showsId: false })).toBe('task_0123456789: no such id');
    expect(cell('title', unknown, { width: 20, showsId: false })).toBe('task_0123456789');
    expect(cell('title', task({ id: 'task_0123456789' }), { showsId: false })).toBe('task_0123456789');
  });

  it('of a failed task gives the reason, after the name where there is one', () => {
    const error = { code: 'x', message: 'lyric too long' };
    expect(cell('title', task({ status: 'failed', error }))).toBe('lyric too long');
    expect(cell('title', task({ status: 'failed', error, clips: [clip({ title: 'One' })] }))).toBe(
      'One: lyric too long',
    );
  });

  it('keeps enough of a name to tell songs apart, rather than a sign behind it', () => {
    const clips = [clip({ title: 'Letters to the Lighthouse', audioUrl: 'https://a.example/1' }), clip()];
    expect(cell('title', running({ clips }), { width: 20 })).toBe('Letters t… · preview');
    expect(cell('title', running({ clips }), { width: 27 })).toBe('Letters to th… +1 · preview');
    expect(cell('title', running({ clips }), { width: 18 })).toBe('Letters to the… +1');
    expect(cell('title', running({ clips: clips.slice(0, 1) }), { width: 40 })).toMatch(/Lighthouse · preview$/);
  });

  it('falls back to the first sung line, then to what was asked for', () => {
    const lyrics = '\n[Verse 1]\n\nUnder the bridge\nat night';
    expect(cell('title', running({ clips: [clip({ lyrics })], prompt: 'a song' }), { width: 20 })).toBe(
      'Under the bridge',
    );
    expect(cell('title', running({ prompt: 'a song' }))).toBe('a song');
    expect(cell('title', running())).toBe('');
    expect(cell('title', done)).toBe('untitled');
  });
});

describe('the progress', () => {
  it('is a bar to the eighth of a cell and a number, or the number alone where there is no room', () => {
    expect(cell('progress', running({ progress: 62 }))).toBe('████▉     62%');
    expect(cell('progress', running({ progress: 100 }))).toBe('████████ 100%');
    expect(cell('progress', running({ progress: 62 }), { width: 4 })).toBe(' 62%');
    expect(cell('progress', running({ progress: 62 }), { glyphs: glyphsFor(true) })).toBe('####----  62%');
  });

  it('of a finished task is the length of its song, and no bar', () => {
    const sung = (duration: number | null) => ({ ...done, clips: [clip({ duration })] });
    expect(cell('progress', sung(192))).toBe('  length 3:12');
    expect(cell('progress', sung(725))).toBe(' length 12:05');
    expect(cell('progress', sung(7200))).toBe('    length 2h');
    // Where there is no room for the word, the number is what says that it is a percentage.
    expect(cell('progress', sung(192), { width: 4 })).toBe('100%');
    expect(cell('progress', sung(null))).toBe('         100%');
  });

  it('has the colour of its state, and an estimate a lighter one', () => {
    expect(segment('progress', running({ progress: 62 })).style).toBe('accent');
    expect(segment('progress', running(), { others: [done] }).style).toBe('muted');
    expect(segment('progress', done).style).toBe('success');
    expect(segment('progress', { ...done, status: 'partial' }).style).toBe('warning');
  });

  it('that is unknown is an honest …', () => {
    expect(cell('progress', running()).trim()).toBe('…');
    expect(cell('progress', running(), { width: 4 })).toBe('   …');
    expect(cell('progress', running(), { glyphs: glyphsFor(true) }).trim()).toBe('...');
  });

  it('that is estimated carries a ~', () => {
    expect(cell('progress', running(), { others: [done] })).toBe('████     ~50%');
    expect(cell('progress', running(), { others: [done], width: 4 })).toBe('~50%');
  });

  it.each(['pending', 'queued', 'failed', 'missing'] as const)('is left blank for %s', status => {
    expect(cell('progress', task({ status })).trim()).toBe('');
  });
});

describe('the time', () => {
  it('is a clock, and of an ended task says so where there is room', () => {
    expect(cell('time', running())).toBe('1:00');
    expect(cell('time', done, { width: 10 })).toBe('took 2:00');
    expect(cell('time', done, { width: 6 })).toBe('2:00');
  });

  it('fits its column for as long as a task may take', () => {
    const hours = [0.2, 0.99, 1, 3.5, 12, 23.999, 30, 47.999, 48, 99, 2400, 24_000];
    for (const took of hours) {
      const text = cell('time', task({ status: 'succeeded', submittedAt: 0, finishedAt: took * 3_600_000 }), {
        width: 6,
      });
      expect(text).not.toBe('');
      expect(text.length, text).toBeLessThanOrEqual(6);
    }
  });

  it('of more than an hour is still read as one', () => {
    expect(cell('time', task({ status: 'failed', submittedAt: 0, finishedAt: 3_723_000 }), { width: 6 })).toBe('1h2m');
  });
});

it('an id too long for its column is cut with a sign', () => {
  expect(cell('id', task({ id: 'task_BE5vfLZq0nG7' }), { width: 10 })).toBe('task_BE5v…');
});

it('is headed by the name that asks for it', () => {
  expect(columns.map(({ title }) => title)).toEqual(columns.map(({ id }) => id.toUpperCase()));
});
