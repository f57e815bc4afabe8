import { describe, expect, it } from 'vitest';
import type { State } from '../../source/store/state.ts';
import { cellWidth } from '../../source/text/width.ts';
import { screenOf } from '../helpers/screen.ts';
import { fiveSizes } from '../helpers/sizes.ts';
import { after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const songs = Array.from(
  { length: 60 },
  (_, index) => `雨の夜に走る電車と猫 ${'and more of it '.repeat(index % 12)}(${index})`,
);
const choosing = (choices: readonly string[], overrides: Partial<State> = {}, selected = 0, filter = '') =>
  after(watching([task()], overrides), {
    type: 'open-overlay',
    overlay: { kind: 'choose', title: 'open which?', choices, selected, filter },
  });

describe('the chooser', () => {
  it.each(fiveSizes)('lists the choices with their numbers, within the pane: $columns × $rows', size => {
    for (const count of [2, 12, 60]) {
      const lines = screenOf(choosing(songs.slice(0, count), { size }));
      expect(lines).toHaveLength(size.rows);
      for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(size.columns);
      expect(lines.find(line => line.startsWith('>'))).toMatch(/^> 1 +雨の夜/);
      expect(lines.at(-1)).toMatch(/^Esc back {3}.*\? help$/);
    }
  });

  it.each(fiveSizes)('shows the chosen row, wherever it is: $columns × $rows', size => {
    for (const selected of [0, 30, 59, 60]) {
      const chosen = screenOf(choosing(songs, { size }, selected)).filter(line => line.startsWith('>'));
      expect(chosen).toEqual([expect.stringMatching(selected === 60 ? /^> a {3}all 60/ : `^> ${selected + 1} `)]);
    }
  });

  it.each(fiveSizes)('says in its title what the keys do, where there is room: $columns × $rows', size => {
    const title = screenOf(choosing(songs, { size })).find(line => line.startsWith('open which?')) ?? '';
    expect(title.includes('Enter or its digit, a for all, Esc closes')).toBe(size.columns >= 80);
  });

  it('keeps the numbers where a filter hides some, and says where it hides all', () => {
    expect(screenOf(choosing(['One', 'Two'], {}, 0, 'two')).join('\n')).toMatch(/\/two\n> 2 {2}Two\n\n/);
    expect(screenOf(choosing(['One', 'Two'], {}, 0, 'x')).join('\n')).toContain('nothing here for "x": Esc shows all');
  });
});
