import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../source/screen/frame.ts';
import { hitAt, type Target } from '../../source/screen/hit.ts';
import type { State } from '../../source/store/state.ts';
import { tableSize } from '../../source/store/viewport.ts';
import { cellWidth } from '../../source/text/width.ts';
import { frameOptions, screenOf } from '../helpers/screen.ts';
import { after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const tasks = [
  task({ id: 'task_a', status: 'running', clips: [clip({ title: '雨の夜' })] }),
  task({ id: 'task_b', status: 'failed', error: { code: null, message: 'lyric too long' } }),
  task({ id: 'task_c', status: 'succeeded', clips: [clip({ title: 'One' }), clip({ title: 'Two' })] }),
];
const key = (index: number) => tasks[index]?.key ?? '';
const table = (overrides: Partial<State> = {}) => watching(tasks, { size: { columns: 100, rows: 16 }, ...overrides });

/** What is at the cell where a text on the screen begins. */
function at(text: string, state = table(), shift = 0): Target | null {
  const lines = screenOf(state);
  const y = lines.findIndex(line => line.includes(text));
  const line = lines[y] ?? '';
  return hitAt(frameOf(state, frameOptions), cellWidth(line.slice(0, line.indexOf(text))) + shift, y);
}

describe('a cell', () => {
  it('of a tab is for that tab, from its first cell to its last', () => {
    expect(at('[All')).toEqual({ kind: 'tab', tab: 'all' });
    expect(at('[All', table(), 6)).toEqual({ kind: 'tab', tab: 'all' });
    expect(at('[All', table(), 7)).toEqual({ kind: 'tab', tab: 'active' });
    expect(at('Done')).toEqual({ kind: 'tab', tab: 'done' });
    expect(at('Failed')).toEqual({ kind: 'tab', tab: 'failed' });
    expect(at('Failed', table(), 60)).toBeNull();
  });

  it('of a heading is for its column, and between two columns for none', () => {
    for (const column of ['status', 'title', 'id', 'time'])
      expect(at(column.toUpperCase())).toEqual({ kind: 'column', column });
    expect(at('STATUS', table(), 10)).toEqual({ kind: 'column', column: 'status' });
    expect(at('STATUS', table(), 11)).toBeNull();
    expect(at('STATUS', table(), -1)).toBeNull();
  });

  it('of a row is for that row, wherever in it, also for that of a clip', () => {
    expect(at('雨の夜')).toEqual({ kind: 'row', row: key(0) });
    expect(at('雨の夜', table(), 70)).toEqual({ kind: 'row', row: key(0) });
    expect(at('lyric')).toEqual({ kind: 'row', row: key(1) });
    expect(at('└ Two', table({ unfolded: new Set([key(2)]) }))).toEqual({ kind: 'row', row: `${key(2)} clip 1` });
  });

  it('of anything else is for nothing', () => {
    expect(at('cliptop')).toBeNull();
    expect(at('a add')).toBeNull();
    const frame = frameOf(table(), frameOptions);
    for (const [x, y] of [
      [0, 1],
      [0, 9],
      [5, 12],
      [500, 4],
      [0, 500],
    ] as const) {
      if (y !== 4) expect(hitAt(frame, x, y)).toBeNull();
    }
  });

  it('of the preview is for nothing, beside the rows and below them', () => {
    const wide = table({ size: { columns: 130, rows: 20 } });
    const frame = frameOf(wide, frameOptions);
    const { columns } = tableSize(wide);
    expect(columns).toBeLessThan(130);
    for (let y = 3; y < 20; y++) for (let x = columns; x < 130; x += 5) expect(hitAt(frame, x, y)).toBeNull();
    expect(at('lyric', wide)).toEqual({ kind: 'row', row: key(1) });
    expect(at('TIME', wide)).toEqual({ kind: 'column', column: 'time' });
    const high = table({ size: { columns: 80, rows: 40 } });
    const from = 4 + tableSize(high).rows;
    for (let y = from; y < 40; y++) expect(hitAt(frameOf(high, frameOptions), 5, y)).toBeNull();
  });

  it('under or beside an overlay is for nothing, tabs included', () => {
    for (const kind of ['help', 'log'] as const) {
      const state = after(table(), { type: 'open-overlay', overlay: { kind } });
      const frame = frameOf(state, frameOptions);
      for (let y = 0; y < 16; y++) for (let x = 0; x < 100; x += 7) expect(hitAt(frame, x, y)).toBeNull();
    }
  });

  it('is found in any pane, and a row is the one that is drawn there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 140 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(150),
        fc.nat(35),
        (columns, rows, x, y) => {
          const state = table({ size: { columns, rows } });
          const target = hitAt(frameOf(state, frameOptions), x, y);
          if (target?.kind !== 'row') return;
          const { body } = frameOf(state, frameOptions);
          const row = body?.kind === 'table' ? body.rows.find(each => each.key === target.row) : undefined;
          expect(screenOf(state)[y]).toBe(
            row?.line.segments
              .map(({ text }) => text)
              .join('')
              .trimEnd(),
          );
        },
      ),
    );
  });
});
