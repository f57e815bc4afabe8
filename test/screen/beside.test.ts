import { describe, expect, it } from 'vitest';
import { frameOf } from '../../source/screen/frame.ts';
import type { State } from '../../source/store/state.ts';
import { tableSize } from '../../source/store/viewport.ts';
import { cellWidth, take } from '../../source/text/width.ts';
import { frameOptions, linesOf, screenOf, textOf } from '../helpers/screen.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const error = { code: 'x', message: 'the lyric is too long' };
const tasks = [
  task({
    id: 'task_a',
    status: 'running',
    progress: 62,
    submittedAt: 30_000,
    clips: [clip({ title: 'Weekend Morning' })],
  }),
  task({
    id: 'task_b',
    status: 'running',
    progress: 20,
    clips: [clip({ title: '雨の夜に走る電車と猫', lyrics: '雨' })],
  }),
  task({ id: 'task_c', status: 'failed', error }),
  task({ id: 'task_d' }),
];
const sized = (columns: number, rows: number, overrides: Partial<State> = {}) =>
  after(watching(tasks, { size: { columns, rows }, ...overrides }), answer([]));
/** What stands left of the preview, and right of the line before it. */
const leftOf = (state: State) => screenOf(state).map(line => take(line, tableSize(state).columns).trimEnd());
const hasDivider = (state: State) => screenOf(state).some(line => /[╎╌]/.test(line.replace(/ ╌╌ /, '')));

describe('the table with the preview', () => {
  it('has it at its right from 110 columns on, from heading to footer', () => {
    const lines = screenOf(sized(120, 40));
    expect(lines).toHaveLength(40);
    expect(lines.slice(3, -1).every(line => line.slice(-200).includes('╎'))).toBe(true);
    expect(lines[3]).toMatch(/^ {2}STATUS +TITLE +PROGRESS +TIME +╎ Weekend Morning$/);
    expect(lines[4]).toMatch(/^> ▸ running +Weekend Morning +█+▉? +62% +0:30 +╎ ▸ running · ccapi$/);
    expect(lines[6]).toMatch(/^ {2}◌ pending +task_d +╎/);
  });

  it('has it below from 30 lines on where it is narrower', () => {
    const lines = screenOf(sized(109, 30));
    expect(lines).toHaveLength(30);
    const rule = lines.findIndex(line => /^╌{109}$/.test(line));
    expect(lines.length - rule).toBe(11);
    expect(lines[rule + 1]).toBe('Weekend Morning');
  });

  it.each([
    [200, 50, true],
    [120, 40, true],
    [110, 12, true],
    [109, 30, true],
    [109, 29, false],
    [80, 24, false],
    [60, 15, false],
    [44, 12, false],
  ])('at %d × %d: %s', (columns, rows, has) => {
    const state = sized(columns, rows);
    expect(hasDivider(state)).toBe(has);
    expect(hasDivider(sized(columns, rows, { preview: false }))).toBe(false);
    const lines = linesOf(frameOf(state, frameOptions)).map(textOf);
    expect(lines).toHaveLength(rows);
    expect(Math.max(...lines.map(cellWidth))).toBeLessThanOrEqual(columns);
  });

  it('has the share of the width that was set, and leaves the table 50 columns', () => {
    const width = (columns: number, previewWidth: number) =>
      columns - tableSize(sized(columns, 30, { previewWidth })).columns;
    expect([width(120, 40), width(200, 25), width(120, 20), width(110, 70)]).toEqual([48, 50, 30, 60]);
  });

  it('takes no more than it needs of a wide pane, where nobody has set a share', () => {
    const width = (columns: number) => columns - tableSize(sized(columns, 40)).columns;
    expect([110, 130, 150].map(width)).toEqual([44, 52, 60]);
    expect([170, 200, 240].map(width)).toEqual([60, 60, 60]);
    // Where the table has room for all, the rest is the preview's.
    expect([260, 400].map(width)).toEqual([80, 160]);
  });

  it('leaves the table of a wide pane whole ids, sources, models and lengths', () => {
    const id = 'task_'.padEnd(37, 'x');
    const song = clip({ title: 'First light', model: 'FUZZ-2.0 Pro', duration: 192 });
    const both = [task({ id }), task({ id: 'other', source: 'xhuo/producer', status: 'succeeded', clips: [song] })];
    const state = (columns: number) => after(watching(both, { size: { columns, rows: 50 } }), answer([]));
    const heading = (columns: number) => leftOf(state(columns))[3]?.trim().split(/ +/) ?? [];
    const usual = ['STATUS', 'TITLE', 'SOURCE', 'ID', 'MODEL', 'PROGRESS', 'TIME'];
    expect(heading(200)).toEqual(usual);
    expect(leftOf(state(200))[4]).toContain(` ${id}`);
    expect(leftOf(state(200))[5]).toMatch(/First light +xhuo +other +FUZZ-2.0 Pro +length 3:12/);
    expect(heading(220)).toEqual([...usual.slice(0, 5), 'LENGTH', ...usual.slice(5)]);
    for (let columns = 111; columns < 300; columns++)
      expect(heading(columns), String(columns)).toEqual(expect.arrayContaining(heading(columns - 1)));
  });

  it('is the selected task, inverse in the table alone', () => {
    const state = after(sized(120, 40), { type: 'move', by: 1 });
    const line = linesOf(frameOf(state, frameOptions)).find(each => textOf(each).startsWith('>'));
    const inverse = line?.segments.filter(segment => segment.inverse).map(({ text }) => text) ?? [];
    expect(line?.inverse).toBeUndefined();
    expect(cellWidth(inverse.join(''))).toBe(tableSize(state).columns);
    expect(screenOf(state)[3]).toContain('╎ 雨の夜に走る電車と猫');
  });

  it('moves the divider for no letter, however wide', () => {
    const at = (line: string) => cellWidth(line.slice(0, line.indexOf('╎')));
    expect(new Set(screenOf(sized(120, 40)).slice(3, -1).map(at)).size).toBe(1);
  });

  it('takes no more lines than the longer of them without the alternate screen', () => {
    const right = screenOf(sized(120, 40), { fill: false });
    expect(right.length).toBe(3 + 1 + 4 + 1);
    const below = screenOf(sized(100, 40), { fill: false });
    expect(below.findIndex(line => line.startsWith('╌╌╌'))).toBe(3 + 1 + 4);
  });

  it('stands in plain signs with --ascii', () => {
    const state = sized(120, 40);
    const lines = screenOf(state, { glyphs: { ...frameOptions.glyphs, ascii: true, divider: '|', dash: '-' } });
    expect(lines.at(-2)).toMatch(/^ +\|$/);
  });

  it('leaves the whole width to an invitation to add tasks', () => {
    expect(screenOf(watching([], { size: { columns: 120, rows: 40 } })).join('')).not.toContain('╎');
  });

  it('has the rows of a low table scrolled so that the selected one shows', () => {
    const many = Array.from({ length: 60 }, (_, index) => task({ id: `task_${index}` }));
    const state = after(watching(many, { size: { columns: 100, rows: 30 } }), { type: 'move-to', place: 'last' });
    const lines = leftOf(state);
    expect(lines.find(line => line.startsWith('>'))).toContain('task_59');
    expect(lines[2]).toContain(`${60 - tableSize(state).rows + 1}–60/60`);
  });
});
