import { describe, expect, it } from 'vitest';
import { rowKey } from '../../source/screen/table.ts';
import { selectedRow, tableWindow } from '../../source/store/selectors.ts';
import type { State } from '../../source/store/state.ts';
import { cellWidth } from '../../source/text/width.ts';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const tasks = Array.from({ length: 40 }, (_, index) =>
  task({
    id: `task_${String(index).padStart(2, '0')}`,
    status: index % 2 === 0 ? 'running' : 'succeeded',
    clips: [clip({ title: `Song ${index}` }), clip({ title: 'B-side' })],
  }),
);

function newUser(count = 40, overrides: Partial<State> = {}) {
  const user = createTestUser(tasks.slice(0, count), { size: { columns: 100, rows: 16 }, ...overrides });
  /** Clicks where a text begins on the screen. */
  const click = (text: string) => {
    const lines = user.screen();
    const y = lines.findIndex(line => line.includes(text));
    expect(y, `${text} is on the screen`).toBeGreaterThanOrEqual(0);
    const line = lines[y] ?? '';
    user.mouse({ kind: 'click', x: cellWidth(line.slice(0, line.indexOf(text))), y });
  };
  const wheel = (kind: 'wheel-up' | 'wheel-down') => user.mouse({ kind, x: 10, y: 8 });
  const overlay = () => user.state().overlays.at(-1)?.kind ?? null;
  return { ...user, click, wheel, overlay };
}

describe('a click', () => {
  it('selects a row, and a second one on it opens the details', () => {
    const user = newUser();
    user.click('Song 4 ');
    expect([user.selected(), user.overlay()]).toEqual(['task_04', null]);
    user.click('Song 4 ');
    expect(user.state().overlays).toEqual([{ kind: 'details', key: tasks[4]?.key, raw: false }]);
  });

  it('on a row that a key has selected selects it, until it comes again', () => {
    const user = newUser();
    user.press('j');
    user.click('Song 2 ');
    expect(user.overlay()).toBeNull();
    user.click('Song 4 ');
    user.click('Song 2 ');
    expect([user.selected(), user.overlay()]).toEqual(['task_02', null]);
    user.click('Song 2 ');
    expect(user.overlay()).toBe('details');
  });

  it('selects the row of a clip', () => {
    const user = newUser(4);
    user.press('t');
    user.click('└ B-side');
    expect(rowKey(selectedRow(user.state()) ?? { task: task(), clip: null })).toBe(`${tasks[0]?.key} clip 1`);
  });

  it('chooses a tab, and says when it is that one already', () => {
    const user = newUser();
    user.click('Done');
    expect(user.state().tab).toBe('done');
    user.click('[Done');
    expect(user.flash()).toBe('that tab is shown already');
  });

  it('orders by a column, and again the other way round', () => {
    const user = newUser();
    user.click('TITLE');
    expect(user.state().sort).toEqual({ column: 'title', descending: false });
    expect(user.flash()).toBe('sorted by title');
    user.click('TITLE');
    expect(user.state().sort).toEqual({ column: 'title', descending: true });
    user.click('TITLE');
    expect(user.state().sort).toEqual({ column: 'title', descending: false });
  });

  it('on a column without an order says so', () => {
    const user = newUser(4, { downloading: true });
    user.click('FILE');
    expect([user.state().sort, user.flash()]).toEqual([null, 'there is no order by file']);
  });

  it('beside everything does nothing at all, and so does one beside or in an overlay', () => {
    const user = newUser(3);
    user.press('?');
    const covered = user.state();
    for (let y = 0; y < 16; y++) user.mouse({ kind: 'click', x: 20, y });
    expect(user.state()).toBe(covered);
    user.press('?');
    const before = user.state();
    for (const [x, y] of [
      [0, 0],
      [90, 2],
      [0, 1],
      [3, 9],
      [50, 15],
      [999, 999],
    ] as const)
      user.mouse({ kind: 'click', x, y });
    expect(user.state()).toBe(before);
  });

  it('does nothing while something is typed', () => {
    const user = newUser(3);
    user.press('a');
    const before = user.state();
    user.click('Song 2');
    expect(user.state()).toBe(before);
  });

  it('takes a flash away, as a key does', () => {
    const user = newUser(3);
    user.run('mouse');
    expect(user.flash()).toMatch(/^mouse on/);
    user.click('Song 2');
    expect(user.flash()).toBeNull();
    user.run('mouse');
    expect(user.flash()).toMatch(/^mouse off/);
  });
});

describe('the wheel', () => {
  const top = (user: ReturnType<typeof newUser>) => tableWindow(user.state()).top;

  it('scrolls the rows; the selection stays until it would leave the screen', () => {
    const user = newUser();
    user.press('j', 'j', 'j', 'j');
    const chosen = user.selected();
    user.wheel('wheel-down');
    expect([top(user), user.selected()]).toEqual([3, chosen]);
    user.wheel('wheel-down');
    expect(top(user)).toBe(6);
    expect(user.selected()).not.toBe(chosen);
    for (let step = 0; step < 20; step++) user.wheel('wheel-down');
    const { count, rows } = tableWindow(user.state());
    expect(top(user)).toBe(count - rows.length);
    for (let step = 0; step < 20; step++) user.wheel('wheel-up');
    expect(top(user)).toBe(0);
  });

  it('does nothing where all rows are on the screen', () => {
    const user = newUser(3);
    const before = user.state();
    user.wheel('wheel-down');
    user.wheel('wheel-up');
    expect(user.state()).toBe(before);
  });

  it('scrolls an overlay, and moves in the list of commands', () => {
    const user = newUser();
    user.press('?');
    user.wheel('wheel-down');
    user.wheel('wheel-down');
    user.wheel('wheel-up');
    expect(user.state().scroll).toBe(3);
    user.press('?', ':');
    user.wheel('wheel-down');
    expect(user.state().overlays.at(-1)).toMatchObject({ kind: 'palette', selected: 3 });
  });

  it('parts two clicks', () => {
    const user = newUser(5);
    user.click('Song 2');
    user.wheel('wheel-down');
    user.click('Song 2');
    expect(user.overlay()).toBeNull();
  });
});
