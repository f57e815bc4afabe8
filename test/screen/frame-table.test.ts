import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { State } from '../../source/store/state.ts';
import { cellWidth } from '../../source/text/width.ts';
import { frameOf } from '../../source/screen/frame.ts';
import { createPainter } from '../../source/screen/paint.ts';
import { themeFor } from '../../source/screen/themes.ts';
import { frameOptions, linesOf, screenOf, textOf } from '../helpers/screen.ts';
import { answer, after, health, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const weekend = task({
  id: 'task_weekend01',
  status: 'running',
  progress: 62,
  clips: [clip({ title: 'Weekend Morning' })],
});
const rain = task({
  id: 'task_rain',
  status: 'running',
  progress: 20,
  clips: [clip({ title: '雨の夜に走る電車と猫' })],
});
const long = task({ id: 'task_long', status: 'failed', error: { code: null, message: 'lyric too long' } });
const away = task({
  id: '1a6ac2ad',
  source: 'xhuo/producer',
  status: 'succeeded',
  progress: 100,
  clips: [clip({ title: 'First light' })],
});
const open = task({ id: '2b7bd3be', source: 'xhuo/producer', status: 'running', clips: [clip({ title: 'Slow' })] });
const tasks = [weekend, rain, open, long, away];
const sized = (columns: number, rows: number, overrides: Partial<State> = {}) =>
  after(watching(tasks, { size: { columns, rows }, ...overrides }), answer([]), health());
const lineWith = (state: State, words: string) =>
  linesOf(frameOf(state, frameOptions)).find(line => textOf(line).includes(words));

describe('the table', () => {
  it('shows counts, sources, titles, rows and keys', () => {
    const lines = screenOf(sized(80, 24));
    expect(lines[0]).toMatch(/^cliptop {2}██▒░░░░░ {2}2 of 5 · 56% {2}3 running {2}1 done {2}1 failed .*~4:00 left$/);
    expect(lines[1]).toMatch(/^ccapi ok 42ms {3}xhuo not asked yet/);
    expect(lines[2]).toBe('[All 5] Active 3  Done 1  Failed 1');
    expect(lines[3]).toMatch(/^ {2}STATUS +TITLE +ID +PROGRESS +TIME$/);
    expect(lines[4]).toMatch(/^> ▸ running +Weekend Morning +task_weeke?….* 62%/);
    expect(lines.at(-1)).toBe('a add   y copy   o open   / filter   p pause   : commands   ? help');
  });

  it('gives a failed row its reason', () => {
    expect(screenOf(sized(80, 24)).find(line => line.includes('✗ failed'))).toMatch(/^ {2}✗ failed +lyric too long /);
  });

  it('shows whole ids, sources and lengths unasked in 200 columns', () => {
    const song = { ...away, key: away.key, clips: [clip({ title: 'First light', duration: 192, model: 'FUZZ-2.0' })] };
    const state = after(
      watching([{ ...weekend, id: 'task_'.padEnd(37, 'x') }, song], {
        size: { columns: 200, rows: 24 },
        preview: false,
      }),
    );
    const rows = screenOf(state).slice(4, 6);
    expect(rows[0]).toMatch(/ccapi +task_x{32} /);
    expect(rows[1]).toMatch(/First light +xhuo +1a6ac2ad +FUZZ-2.0 +3:12 +100%/);
  });

  it('still shows status, title and percent in 40 columns', () => {
    const row = screenOf(sized(40, 24)).find(line => line.includes('Weekend'));
    expect(row).toMatch(/^> ▸ running +Weekend Morni(ng|…) +62%$/);
    expect(screenOf(sized(40, 24)).find(line => line.includes('雨'))).toMatch(/雨の夜.* 20%$/);
  });

  it('says in one line that the pane is too small, in fewer words where they do not fit', () => {
    expect(screenOf(sized(80, 5))).toEqual(['cliptop needs 30 × 6, this is 80 × 5']);
    expect(screenOf(sized(29, 24))).toEqual(['cliptop needs 30 × 6']);
    expect(screenOf(sized(33, 5))).toEqual(['cliptop needs 30 × 6']);
    expect(screenOf(sized(19, 24))).toEqual(['needs 30 × 6']);
    expect(screenOf(sized(11, 24))).toEqual(['30 × 6']);
    expect(screenOf(sized(1, 1))).toEqual(['c']);
    expect(screenOf(sized(30, 6))).toHaveLength(6);
  });

  it('starts every column in the same cell of every row, wide letters or not', () => {
    const lines = screenOf(sized(80, 24));
    const start = (line: string | undefined, words: string) =>
      cellWidth((line ?? '').slice(0, (line ?? '').indexOf(words)));
    const id = start(lines[3], 'ID');
    expect(start(lines[4], 'task_week')).toBe(id);
    expect(start(lines[5], 'task_rain')).toBe(id);
    expect(start(lines[6], '2b7bd3be')).toBe(id);
  });

  it('draws the selected row over the whole width, inverse', () => {
    const line = lineWith(sized(80, 24), 'Weekend');
    expect(line?.segments.map(({ inverse }) => inverse)).not.toContain(undefined);
    expect(cellWidth(textOf(line ?? { segments: [] }))).toBe(80);
  });

  it('keeps the colours of its bar in the selected row, where exchanged ones are a hole', () => {
    const line = lineWith(sized(80, 24), 'Weekend');
    const bar = line?.segments.filter(({ blocks }) => blocks) ?? [];
    expect(bar).toMatchObject([{ text: '████▉', style: 'accent' }]);
    const others = lineWith(sized(80, 24), '雨')?.segments ?? [];
    expect(others.filter(({ blocks }) => blocks)).toEqual([]);
    const { select, paint } = createPainter(new Chalk({ level: 3 }));
    const block = paint({ text: '█', style: 'accent' });
    expect(select(block, true)).toBe(block);
    // Where the selected row has a background of its own, so has what is left of a bar.
    const dusk = createPainter(new Chalk({ level: 3 }), themeFor('dusk', {}, 3));
    expect(dusk.select(' ', true)).toBe(dusk.select(' '));
  });

  it('dims what is only the last known of a source that does not answer', () => {
    const state = after(sized(80, 24), health({ state: 'offline', since: 5 }, 'xhuo/producer'));
    const styles = (each: State, words: string) => new Set(lineWith(each, words)?.segments.map(({ style }) => style));
    expect(styles(state, 'Slow')).toEqual(new Set(['muted']));
    expect(styles(sized(80, 24), 'Slow')).not.toEqual(new Set(['muted']));
    expect(styles(state, '雨')).not.toEqual(new Set(['muted']));
    expect(styles(state, 'First light')).toContain('success');
  });

  it('shows unknown progress as …, and as an estimate once such a task has ended', () => {
    expect(textOf(lineWith(sized(80, 24), 'Slow') ?? { segments: [] })).toContain('   …');
    const ended = task({ ...away, key: away.key, submittedAt: 0, finishedAt: 100_000 });
    const state = after(
      watching([{ ...open, submittedAt: 10_000 }, ended], { size: { columns: 80, rows: 24 } }),
      answer([], { at: 60_000 }),
    );
    expect(textOf(lineWith(state, 'Slow') ?? { segments: [] })).toContain('~50%');
  });

  it('unfolds the clips of a task below it', () => {
    const two = task({
      clips: [clip({ title: 'One', duration: 61 }), clip({ title: 'Two', duration: 90 })],
      status: 'succeeded',
    });
    const lines = screenOf(after(watching([two]), { type: 'fold' }));
    expect(lines[4]).toContain('One +1');
    expect(lines[5]).toMatch(/└ One .* 1:01$/);
    expect(lines[6]).toMatch(/└ Two .* 1:30$/);
  });

  it('says what to do when there is nothing to show', () => {
    expect(screenOf(watching([])).join('\n')).toMatch(/No tasks yet\.[\s\S]*a adds ids/);
    expect(screenOf(after(sized(80, 24), { type: 'filter', text: 'zzz' })).join('\n')).toContain(
      'Esc drops the filter',
    );
  });

  it('keeps its lines where nothing changed, so that nothing is drawn for them', () => {
    const state = sized(80, 24);
    const later = after(state, answer([], { at: 60_000 }));
    expect(later).not.toBe(state);
    expect(frameOf(later, frameOptions)).toEqual(frameOf(state, frameOptions));
  });
});
