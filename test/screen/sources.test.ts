import { describe, expect, it } from 'vitest';
import { sourcesLines } from '../../source/screen/sources.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { screenOf, textOf } from '../helpers/screen.ts';
import { answer, after, health, watching } from '../helpers/state.ts';
import type { State } from '../../source/store/state.ts';
import { bodyHeight } from '../../source/store/viewport.ts';
import type { Task } from '../../source/task/task.ts';
import { formatTime } from '../../source/text/duration.ts';
import { cellWidth } from '../../source/text/width.ts';
import { task } from '../helpers/tasks.ts';

const size = (columns: number, rows = 24) => ({ size: { columns, rows } });
const shown = (state: State) => sourcesLines(state, glyphsFor(false)).map(textOf);

describe('the line of the sources', () => {
  const state = watching([task(), task({ source: 'xhuo/producer' })], size(80));
  const line = (each: typeof state) => shown(each).join('\n');

  it('names those in trouble first', () => {
    const troubled = after(state, health(), health({ state: 'offline', message: 'gone', since: 1 }, 'xhuo/producer'));
    expect(line(state)).toMatch(/^ccapi .*xhuo /);
    expect(line(troubled)).toMatch(/^xhuo offline .*ccapi ok/);
  });

  it('says at its end what of the table is shown, where the pane is too low for tabs', () => {
    const low = { ...state, size: { columns: 120, rows: 10 } };
    const shown = after(
      low,
      { type: 'mark-all' },
      { type: 'tab', tab: 'active' },
      { type: 'filter', text: 'source:ccapi' },
      { type: 'sort', sort: { column: 'title', descending: false } },
    );
    expect(line(shown)).toMatch(/active {2}\/source:ccapi {2}1 of 2 {2}by title$/);
    expect(line(low)).not.toMatch(/ of |marked/);
  });

  it('has one sentence for those that fail alike, and drops those that are well first', () => {
    const names = ['ccapi/producer', 'xhuo/producer', 'acedata/producer', 'ccapi/suno'];
    const tasks = names.map(source => task({ source, id: source }));
    // Each began to fail at a moment of its own: they fail alike all the same.
    const away = (index: number) =>
      ({ state: 'offline', message: 'no such host', since: 5000 * index, retryAt: 60_000 + 3000 * index }) as const;
    const troubled = after(
      watching(tasks, size(80)),
      health({}, 'ccapi/suno'),
      ...names.slice(0, 3).map((name, index) => health(away(index), name)),
    );
    const times = `since ${formatTime(0)}, retrying at ${formatTime(60_000)}`;
    expect(line(troubled)).toBe(`ccapi, xhuo, acedata offline ${times}: no such host`);
    expect(line({ ...troubled, ...size(120) })).toMatch(/no such host {3}ccapi\/suno ok$/);
    expect(line(after(troubled, health({ state: 'refused', message: '401' }, 'xhuo/producer')))).toMatch(
      /^ccapi, acedata offline since .*no such host\nxhuo refused, r asks again: 401$/,
    );
  });

  it('leaves what the vendor numbers its errors with to the log, where each has another', () => {
    const failing = (trace: string) =>
      ({ state: 'retrying', message: '503 overloaded', trace, since: 0, retryAt: 60_000 }) as const;
    const two = [task({ source: 'ccapi/producer' }), task({ source: 'xhuo/producer', id: 'b' })];
    const troubled = after(
      watching(two, size(80)),
      health(failing('2026A'), 'ccapi/producer'),
      health(failing('9f-b'), 'xhuo/producer'),
    );
    expect(line(troubled)).toBe(`ccapi, xhuo retrying at ${formatTime(60_000)}: 503 overloaded`);
    const later = after(troubled, health(failing('2026B'), 'ccapi/producer'));
    expect(later.log.map(({ text }) => text)).toEqual([
      'retrying 503 overloaded (trace 2026A)',
      'retrying 503 overloaded (trace 9f-b)',
    ]);
  });

  it('has room for what to do about a token in a pane of 44 columns and 12 lines', () => {
    const message = '401 Invalid token · CCAPI_API_KEY is wrong, expired, disabled or out of quota';
    const refused = health({ state: 'refused', message, retryAt: null, since: 0 }, 'ccapi/producer');
    expect(line(after(watching([task()], size(44, 12)), refused))).toBe(
      'ccapi refused, r asks again: 401 Invalid\n  token · CCAPI_API_KEY is wrong, expired,\n  disabled or out of quota',
    );
  });
});

describe('a source that has not been asked yet', () => {
  const line = (tasks: readonly Task[], columns: number) => shown(watching(tasks, size(columns))).join('\n');
  const ended = task({ status: 'succeeded' });
  const elsewhere = task({ source: 'xhuo/producer', status: 'failed' });

  it('says so while there is something to ask', () => {
    expect(line([task()], 80)).toBe('ccapi not asked yet');
  });

  it('says that all has ended where it never will be', () => {
    expect(line([ended], 80)).toBe('all 1 ended · not polling');
    expect(line([ended, elsewhere], 80)).toBe('all 2 ended · not polling');
    const looking = watching([ended], { ...size(80), discovering: true });
    expect(shown(looking).join('\n')).toBe('all 1 ended · looking for new tasks');
    expect(line([ended, task({ source: 'xhuo/producer' })], 80)).toBe('ccapi all ended   xhuo not asked yet');
    expect(line([ended, task({ id: 'b', source: 'ccapi/suno' })], 30)).toBe('1 source not asked yet');
  });
});

describe('the line of the sources in a narrow pane', () => {
  const names = ['ccapi/producer', 'xhuo/producer', 'ccapi/suno'];
  const tasks = names.map(source => task({ source, id: `task_${source}`, status: 'running' }));
  const line = (...actions: Parameters<typeof after>[1][]) => {
    const state = after(watching(tasks, size(32)), ...names.map(name => health({}, name)), ...actions);
    return shown(state).join('\n');
  };

  it('sums up what is well', () => {
    expect(line()).toBe('3 sources ok');
    expect(line(health({ state: 'new' }, 'xhuo/producer'))).toBe('2 of 3 sources ok');
  });

  it('names what is in trouble', () => {
    expect(line(health({ state: 'offline', message: 'connection refused' }, 'xhuo/producer'))).toContain(
      'xhuo offline',
    );
  });
});

describe('a source that refuses', () => {
  const message = 'xhuo has no token: set XHUOAPI_API_KEY, or "token" for it in the config file, and start again';
  const tasks = ['a', 'b', 'c'].map(id => task({ id, source: 'xhuo/producer', status: 'running' }));
  const refused = (columns: number, rows: number) =>
    after(
      watching(tasks, { size: { columns, rows } }),
      health({ state: 'refused', message, since: 1 }, 'xhuo/producer'),
    );

  it.each([
    [44, 24],
    [60, 18],
    [80, 40],
  ])('says the way out on as many lines as that takes, in %i columns', (columns, rows) => {
    const lines = shown(refused(columns, rows));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.map(line => line.trimStart()).join(' ')).toBe(`xhuo refused, r asks again: ${message}`);
    expect(lines[0]).toMatch(/^xhuo/);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {2}\S/);
    for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
  });

  it('takes them from the table, which keeps its last line', () => {
    const state = refused(44, 24);
    expect(bodyHeight(state)).toBe(bodyHeight(watching(tasks, size(44))) - shown(state).length + 1);
    expect(screenOf(state)).toHaveLength(24);
    expect(screenOf(state).at(-1)).toMatch(/^a add/);
  });

  it('takes no more of a low pane than it has to give', () => {
    expect(shown(refused(44, 12))).toHaveLength(3);
    expect(shown(refused(34, 12))).toHaveLength(3);
    expect(shown(refused(34, 12))[2]).toMatch(/…$/);
    expect(shown(refused(44, 11))).toHaveLength(1);
  });

  it('says so in the rows it owns, dimmed, and nowhere else', () => {
    const other = task({ id: 'd', status: 'running' });
    const ended = task({ id: 'e', source: 'xhuo/producer', status: 'succeeded' });
    const state = after(
      watching([other, ...tasks, ended], size(80)),
      health({ state: 'refused', message, since: 1 }, 'xhuo/producer'),
    );
    expect(screenOf(state).filter(line => line.includes('▸ refused'))).toHaveLength(3);
    expect(screenOf(state).filter(line => /▸ running|✓ succeeded/.test(line))).toHaveLength(2);
    const away = after(state, health({ state: 'offline', since: 1 }, 'xhuo/producer'));
    expect(screenOf(away).filter(line => line.includes('▸ offline'))).toHaveLength(3);
    const failing = after(state, health({ state: 'retrying', since: 1 }, 'xhuo/producer'));
    expect(screenOf(failing).filter(line => line.includes('▸ running'))).toHaveLength(4);
  });
});

describe('a source that is back', () => {
  const down = health({ state: 'offline', message: 'no such host', since: 29_000, retryAt: 59_000 });
  const tasks = [task({ status: 'running' }), task({ id: 'b', source: 'xhuo/producer', status: 'running' })];
  const back = (columns: number) =>
    after(watching(tasks, size(columns)), down, health({}, 'xhuo/producer'), health(), answer([], { at: 60_000 }));

  it('says for how long it was away, until its next answer', () => {
    expect(shown(back(80))).toEqual(['ccapi back after 0:31   xhuo ok']);
    // Other batches of the same round are no next answer.
    expect(shown(after(back(80), answer([], { at: 60_300 })))).toEqual(['ccapi back after 0:31   xhuo ok']);
    expect(shown(after(back(80), answer([], { at: 65_000 })))).toEqual(['ccapi ok 42ms   xhuo ok']);
  });

  it('says so in a narrow pane, too', () => {
    expect(shown(back(30))).toEqual(['ccapi back after 0:31']);
  });
});
