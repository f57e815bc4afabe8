import { describe, expect, it } from 'vitest';
import { unknownField } from '../../source/store/filter-terms.ts';
import {
  countByStatus,
  countByTab,
  selectedIndex,
  selectedRow,
  tableRows,
  tableWindow,
  visibleTasks,
} from '../../source/store/selectors.ts';
import type { Sort, State, Tab } from '../../source/store/state.ts';
import { statuses } from '../../source/task/task.ts';
import { after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const oneEach = statuses.map(status => task({ id: `task_${status}`, status }));
const ids = (state: State) => visibleTasks(state).map(({ id }) => id.replace('task_', ''));
const show = (state: State, text: string) => ids(after(state, { type: 'filter', text }));

describe('tabs', () => {
  const cases: readonly (readonly [Tab, readonly string[]])[] = [
    ['all', ['pending', 'queued', 'running', 'succeeded', 'partial', 'failed', 'missing']],
    ['active', ['pending', 'queued', 'running']],
    ['done', ['succeeded']],
    ['failed', ['partial', 'failed', 'missing']],
  ];

  it.each(cases)('%s', (tab, expected) => {
    expect(ids(after(watching(oneEach), { type: 'tab', tab }))).toEqual(expected);
  });

  it.each(cases)('%s has the count of what it shows', (tab, expected) => {
    expect(countByTab(oneEach)[tab]).toBe(expected.length);
  });

  it('count every task once, as the header does', () => {
    const shown = (['active', 'done', 'failed'] as const).flatMap(tab =>
      ids(after(watching(oneEach), { type: 'tab', tab })),
    );
    expect(shown.toSorted()).toEqual(ids(watching(oneEach)).toSorted());
  });
});

describe('the filter', () => {
  const state = watching([
    task({
      id: 'task_One',
      status: 'running',
      action: 'extend',
      rawStatus: 'IN_PROGRESS',
      clips: [clip({ title: '雨の夜', style: 'Lo-Fi', model: 'v5' }), clip({ title: 'Reprise' })],
    }),
    task({ id: 'task_Two', status: 'failed', rawStatus: 'SUCCESS', error: { code: 'E1', message: 'Lyric too long' } }),
    task({ id: 'task_Three', source: 'xhuo/suno', prompt: 'a song about trains', status: 'queued', stalled: true }),
  ]);
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['one', ['One']],
    ['雨', ['One']],
    ['夜 EXTEND', ['One']],
    ['reprise', ['One']],
    ['extend long', []],
    ['too long', ['Two']],
    ['trains', ['Three']],
    ['stalled', ['Three']],
    // A source by what the screen calls it,
    ['xhuo', ['Three']],
    ['/suno', ['Three']],
    ['producer', []],
    // and what is not shown is not matched,
    ['!succ', ['One', 'Three', 'Two']],
    ['progress', []],
    ['lo-fi', []],
    // but found by its name.
    ['source:xhuo', ['Three']],
    ['!source:xhuo', ['One', 'Two']],
    ['source:XHUO', ['Three']],
    ['source:', ['One', 'Three', 'Two']],
    ['status:failed', ['Two']],
    ['status:queued', ['Three']],
    ['title:雨', ['One']],
    ['title:trains', []],
    ['prompt:trains', ['Three']],
    ['id:two', ['Two']],
    ['style:lo-fi raw:in_', ['One']],
    ['model:v5', ['One']],
    ['error:', ['Two']],
    ['error:e1', ['Two']],
    ['trace:x', []],
    ['other:x', []],
    // Each term for itself,
    ['status:failed too', ['Two']],
    ['!status:failed', ['One', 'Three']],
    ['!extend !long', ['Three']],
    ['!extend long', ['Two']],
    ['status:queued !source:xhuo', []],
    // and blanks between quotes are part of it.
    ['"too long"', ['Two']],
    ['"long too"', []],
    ['error:"lyric too"', ['Two']],
    ['!error:"lyric too"', ['One', 'Three']],
    ['prompt:"a song', ['Three']],
    ['other:"x y"', []],
    ['!', ['One', 'Three', 'Two']],
    ['  ', ['One', 'Three', 'Two']],
    ['.*', []],
  ];

  it.each(cases)('"%s" shows %j', (text, expected) => {
    expect(show(state, text)).toEqual(expected);
  });

  it('does not take a reason for a status', () => {
    const partial = task({ id: 'task_Part', status: 'partial', error: { code: null, message: '1 of 2 clips failed' } });
    const both = watching([partial, task({ id: 'task_Bad', status: 'failed' })]);
    expect(show(both, 'failed')).toEqual(['Bad']);
    expect(show(both, '!failed')).toEqual(['Part']);
    expect(show(both, '"clips failed"')).toEqual(['Part']);
  });

  it('knows which fields there are', () => {
    expect(unknownField('status:failed "x y" title:')).toBeNull();
    expect(unknownField('satus:failed')).toBe(
      'no field satus: status, title, action, id, source, model, prompt, style, lyrics, error, raw, trace',
    );
  });

  it('matches the columns that are shown, and no others', () => {
    expect(show(after(state, { type: 'wide' }), 'xhuo')).toEqual(['Three']);
    expect(ids(after(state, { type: 'filter', text: 'xhuo' }, { type: 'wide' }))).toEqual(['Three']);
    expect(show({ ...state, columns: ['status', 'source'] }, 'xhuo')).toEqual(['Three']);
    expect(show({ ...state, columns: ['status', 'source'] }, 'two')).toEqual([]);
  });
});

describe('the order', () => {
  const sorted = (tasks: Parameters<typeof watching>[0], sort: Sort) =>
    ids(after(watching(tasks), { type: 'sort', sort }));

  it('is unfinished first as added, then the latest end on top', () => {
    const state = watching([
      task({ id: 'early', status: 'succeeded', finishedAt: 10 }),
      task({ id: 'second', status: 'queued' }),
      task({ id: 'late', status: 'failed', finishedAt: 20 }),
      task({ id: 'third', status: 'running' }),
    ]);
    expect(ids(state)).toEqual(['second', 'third', 'late', 'early']);
  });

  it('leaves what is unknown last in either direction', () => {
    const tasks = [task({ id: 'x' }), task({ id: 'two', cost: 2 }), task({ id: 'one', cost: 1 })];
    expect(sorted(tasks, { column: 'cost', descending: false })).toEqual(['one', 'two', 'x']);
    expect(sorted(tasks, { column: 'cost', descending: true })).toEqual(['two', 'one', 'x']);
  });

  it('sorts numbers in titles by value', () => {
    const tasks = ['Song 10', 'song 9', 'Song 1'].map(title => task({ id: title, clips: [clip({ title })] }));
    expect(sorted(tasks, { column: 'title', descending: false })).toEqual(['Song 1', 'song 9', 'Song 10']);
  });
});

describe('rows', () => {
  const clips = [clip({ id: '1' }), clip({ id: '2' })];
  const tasks = Array.from({ length: 30 }, (_, index) => task({ id: `task_${index}`, clips }));
  const base = watching(tasks, { size: { columns: 80, rows: 12 } });

  it('include the clips of an unfolded task', () => {
    const rows = tableRows(after(base, { type: 'fold' }));
    expect(rows.slice(0, 4).map(row => row.clip?.id ?? row.task.id)).toEqual(['task_0', '1', '2', 'task_1']);
    expect(tableRows(after(base, { type: 'fold' }, { type: 'fold' }))).toHaveLength(30);
  });

  it('move as little as possible to hold the selection', () => {
    const first = tableWindow(base);
    expect([first.top, first.rows.length]).toEqual([0, 7]);
    const down = after(base, { type: 'move', by: 8 });
    expect(tableWindow(down).top).toBe(2);
    expect(tableWindow(after(down, { type: 'move', by: -3 })).top).toBe(2);
  });

  it('bring the clips of the selected task onto the screen with it', () => {
    const last = after(base, { type: 'move-to', place: 'last' }, { type: 'fold' });
    expect(
      tableWindow(last)
        .rows.slice(-3)
        .map(row => row.clip?.id ?? row.task.id),
    ).toEqual(['task_29', '1', '2']);
  });

  it.each(['with folded tasks', 'with an unfolded one'])('on the screen are some of all rows, %s', how => {
    const start = how === 'with folded tasks' ? base : after(base, { type: 'fold' });
    for (const by of [0, 3, 9, 40, -5]) {
      const state = after(start, { type: 'move', by });
      const [all, { top, rows, count }] = [tableRows(state), tableWindow(state)];
      expect(count).toBe(all.length);
      expect(rows).toEqual(all.slice(top, top + rows.length));
      expect(all[selectedIndex(state)]).toEqual(selectedRow(state));
    }
  });

  it('hold the task itself when it has more clips than there are lines', () => {
    const large = task({ id: 'large', clips: Array.from({ length: 40 }, () => clip()) });
    const state = after(
      watching([...tasks, large], { size: base.size }),
      { type: 'move-to', place: 'last' },
      { type: 'fold' },
    );
    expect(tableWindow(state).rows[0]).toEqual({ task: large, clip: null });
  });
});

it('counts every status', () => {
  expect(countByStatus(oneEach)).toEqual(Object.fromEntries(statuses.map(status => [status, 1])));
});
