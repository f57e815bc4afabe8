import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns } from '../../source/screen/columns.ts';
import { headingSegments, rowSegments } from '../../source/screen/layout.ts';
import { plainText } from '../../source/screen/segments.ts';
import { chosenColumns, placeColumns, tableColumns } from '../../source/screen/placement.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { statuses } from '../../source/task/task.ts';
import { cellWidth } from '../../source/text/width.ts';
import type { State } from '../../source/store/state.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';
import { anyTitle } from '../helpers/titles.ts';

const usual = chosenColumns({ columns: null, wide: false, downloading: false });
const names = (cells: number, chosen = usual) => placeColumns(chosen, cells).map(({ column }) => column.id);
const total = (placed: ReturnType<typeof placeColumns>) => placed.reduce((sum, { width }) => sum + width + 2, -2);

describe('columns', () => {
  it('drop by priority while the pane gets narrower', () => {
    expect(names(78)).toEqual(['status', 'title', 'action', 'id', 'progress', 'time']);
    expect(names(58)).not.toContain('action');
    expect(names(48)).toEqual(['status', 'title', 'progress', 'time']);
    expect(names(38)).toEqual(['status', 'title', 'progress']);
    expect(names(28)).toEqual(['status', 'title']);
    expect(names(12)).toEqual(['status']);
  });

  it('never come back when there is less room', () => {
    for (let cells = 2; cells < 200; cells++) {
      for (const chosen of [usual, columns])
        expect(names(cells, chosen)).toEqual(expect.arrayContaining(names(cells - 1, chosen)));
    }
  });

  it('fill the line exactly while a title takes what is left, and never more', () => {
    for (let cells = 1; cells < 250; cells++) {
      expect(total(placeColumns(columns, cells))).toBeLessThanOrEqual(cells);
      // From 123 cells on a title of 60 leaves some over.
      if (cells >= 25 && cells <= 122) expect(total(placeColumns(usual, cells))).toBe(cells);
    }
  });

  it('become more by themselves in a wide pane, while the title stays ample and no wider than 60 cells', () => {
    const two = watching([task(), task({ source: 'xhuo/producer' })]);
    const shown = (cells: number, state = two) => tableColumns(state, cells).map(({ column }) => column.id);
    const width = (id: string, cells: number) =>
      tableColumns(two, cells).find(({ column }) => column.id === id)?.width ?? 0;
    expect(shown(100)).toEqual(names(100));
    expect(shown(116)).toEqual(['status', 'title', 'action', 'source', 'id', 'progress', 'time']);
    expect(shown(130)).toContain('model');
    expect(shown(138)).toEqual(['status', 'title', 'action', 'source', 'id', 'model', 'length', 'progress', 'time']);
    expect([width('id', 164), width('id', 165)]).toEqual([10, 37]);
    expect(width('title', 198)).toBe(60);
    for (let cells = 100; cells <= 300; cells++) {
      expect(total(tableColumns(two, cells))).toBeLessThanOrEqual(cells);
      expect(width('title', cells)).toBeGreaterThanOrEqual(38);
      expect(width('title', cells)).toBeLessThanOrEqual(60);
      expect(shown(cells)).toEqual(expect.arrayContaining(shown(cells - 1)));
    }
    // With one source every row would say the same.
    expect(shown(200, watching([task()]))).not.toContain('source');
    expect(shown(200, { ...two, columns: ['id', 'title'] })).toEqual(['id', 'title']);
    expect(shown(200, { ...two, wide: true })).toContain('submitted');
  });

  it('are those asked for by name, in that order, and all in the wide table', () => {
    expect(chosenColumns({ columns: ['id', 'cost'], wide: false, downloading: false }).map(({ id }) => id)).toEqual([
      'id',
      'cost',
    ]);
    expect(chosenColumns({ columns: ['id'], wide: true, downloading: true })).toEqual(columns);
    expect(chosenColumns({ columns: null, wide: false, downloading: false }).some(({ wide }) => wide)).toBe(false);
  });
});

describe('a row', () => {
  const text = (segments: readonly { text: string }[]) => segments.map(part => part.text).join('');

  it('starts each column in the same cell, whatever the titles are', () => {
    const words = fc.tuple(anyTitle, anyTitle, anyTitle);
    fc.assert(
      fc.property(
        words,
        fc.constantFrom(...statuses),
        fc.integer({ min: 28, max: 200 }),
        ([title, action, model], status, cells) => {
          const song = clip({ title, model, status: action, duration: 90 });
          const each = task({ status, action, submittedAt: 0, finishedAt: 5000, clips: [song, song], cost: 12 });
          const state = watching([each]);
          const context = { state, glyphs: glyphsFor(false) };
          const placed = placeColumns(columns, cells);
          for (const row of [
            { task: each, clip: null },
            { task: each, clip: song },
          ]) {
            const line = text(rowSegments(row, placed, context));
            expect(cellWidth(line)).toBe(total(placed) + 2);
            let start = 2;
            for (const { width } of placed) {
              // The line up to a column is as wide as all before it: no cell leaks into the next.
              expect(widthOfStart(line, start)).toBe(start);
              start += width + 2;
            }
          }
        },
      ),
    );
  });

  it('shows what is selected and what is marked', () => {
    const each = task();
    const state = watching([each]);
    const context = (marked: boolean, selected: boolean) => ({
      glyphs: glyphsFor(false),
      state: { ...state, marks: new Set(marked ? [each.key] : []), selected: selected ? each.key : 'another' },
    });
    const start = (marked: boolean, selected: boolean) =>
      text(rowSegments({ task: each, clip: null }, placeColumns(usual, 78), context(marked, selected))).slice(0, 3);
    const shown = [start(false, false), start(false, true), start(true, false), start(true, true)];
    expect(new Set(shown).size).toBe(4);
  });

  it('keeps the colour of its status, and no other, when it is selected', () => {
    const each = task({ status: 'succeeded', clips: [clip({ title: 'One', duration: 60 })] });
    const styles = (selected: string) =>
      rowSegments({ task: each, clip: null }, placeColumns(usual, 78), {
        glyphs: glyphsFor(false),
        state: { ...watching([each]), selected },
      }).flatMap(({ style, text: words }) => (style === 'success' ? [words.trim()] : []));
    expect(styles('another')).toEqual(['✓ succeeded', 'length 1:00']);
    expect(styles(each.key)).toEqual(['✓ succeeded']);
  });

  it('stands out while its status has changed with the last answer of its source', () => {
    const start = (state: State, selected = 'another') =>
      text(
        rowSegments({ task: state.tasks[0] ?? task(), clip: null }, placeColumns(usual, 78), {
          glyphs: glyphsFor(false),
          state: { ...state, selected },
        }),
      ).slice(0, 3);
    const at = (seconds: number, status: 'running' | 'succeeded', source = 'ccapi/producer') =>
      answer([snapshot({ status })], { at: seconds * 1000, source });
    const first = after(watching([task()]), at(1, 'running'));
    expect(start(first)).toBe('  ▸');
    const ended = after(first, at(3, 'running'), at(5, 'succeeded'));
    expect(start(ended)).toBe('▐ ✓');
    expect(start(ended, ended.tasks[0]?.key)).toBe('>▐✓');
    // The reply to another batch of the same round takes nothing away, nor does another source.
    expect(start(after(ended, answer([], { at: 5300 }), answer([], { at: 9000, source: 'xhuo/producer' })))).toBe(
      '▐ ✓',
    );
    expect(start(after(ended, answer([], { at: 6000 })))).toBe('  ✓');
  });
});

describe('the heading', () => {
  const heading = (cells: number, column: string | null, descending = false) => {
    const sort = column === null ? null : { column, descending };
    return plainText({
      segments: headingSegments(placeColumns(columns, cells), {
        state: { ...watching([]), sort },
        glyphs: glyphsFor(false),
      }),
    });
  };

  it('is no wider than the rows', () => {
    for (let cells = 28; cells < 250; cells++)
      expect(cellWidth(heading(cells, 'title'))).toBeLessThanOrEqual(cells + 2);
  });

  it('shows by which column it is sorted, and in which direction', () => {
    expect(heading(78, 'title')).toContain('TITLE ▴');
    expect(heading(78, 'title', true)).toContain('TITLE ▾');
    expect(heading(78, null)).not.toMatch(/[▴▾]/);
  });

  it.each(columns.map(({ id }) => id))('shows the direction also over %s', id => {
    expect(heading(220, id)).toContain('▴');
  });
});

/** How many cells the longest start of a line takes that is at most so wide. */
function widthOfStart(line: string, cells: number): number {
  let used = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)) {
    const width = cellWidth(segment);
    if (used + width > cells) break;
    used += width;
  }
  return used;
}
