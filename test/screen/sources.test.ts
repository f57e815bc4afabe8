import { describe, expect, it } from 'vitest';
import { sourcesLine } from '../../source/screen/sources.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { textOf } from '../helpers/screen.ts';
import { after, health, watching } from '../helpers/state.ts';
import type { Task } from '../../source/task/task.ts';
import { task } from '../helpers/tasks.ts';

const size = (columns: number) => ({ size: { columns, rows: 24 } });

describe('the line of the sources', () => {
  const state = watching([task(), task({ source: 'xhuo/producer' })], size(80));
  const line = (each: typeof state) => textOf(sourcesLine(each, glyphsFor(false)));

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
    const away = { state: 'offline', message: 'no such host', since: 1, retryAt: 2 } as const;
    const troubled = after(
      watching(tasks, size(80)),
      health({}, 'ccapi/suno'),
      ...names.slice(0, 3).map(name => health(away, name)),
    );
    expect(line(troubled)).toMatch(/^ccapi, xhuo, acedata offline since [\d:]+, retrying at [\d:]+: no such host$/);
    expect(line({ ...troubled, ...size(120) })).toMatch(/no such host {3}ccapi\/suno ok$/);
    expect(line(after(troubled, health({ state: 'refused', message: '401' }, 'xhuo/producer')))).toMatch(
      /^xhuo refused {3}ccapi, acedata offline since/,
    );
  });
});

describe('a source that has not been asked yet', () => {
  const line = (tasks: readonly Task[], columns: number) =>
    textOf(sourcesLine(watching(tasks, size(columns)), glyphsFor(false)));
  const ended = task({ status: 'succeeded' });
  const elsewhere = task({ source: 'xhuo/producer', status: 'failed' });

  it('says so while there is something to ask', () => {
    expect(line([task()], 80)).toBe('ccapi not asked yet');
  });

  it('says that all has ended where it never will be', () => {
    expect(line([ended], 80)).toBe('all 1 ended · not polling');
    expect(line([ended, elsewhere], 80)).toBe('all 2 ended · not polling');
    const looking = watching([ended], { ...size(80), discovering: true });
    expect(textOf(sourcesLine(looking, glyphsFor(false)))).toBe('all 1 ended · looking for new tasks');
    expect(line([ended, task({ source: 'xhuo/producer' })], 80)).toBe('ccapi all ended   xhuo not asked yet');
    expect(line([ended, task({ id: 'b', source: 'ccapi/suno' })], 30)).toBe('0 of 1 sources ok');
  });
});

describe('the line of the sources in a narrow pane', () => {
  const names = ['ccapi/producer', 'xhuo/producer', 'ccapi/suno'];
  const tasks = names.map(source => task({ source, id: `task_${source}`, status: 'running' }));
  const line = (...actions: Parameters<typeof after>[1][]) => {
    const state = after(watching(tasks, size(32)), ...names.map(name => health({}, name)), ...actions);
    return textOf(sourcesLine(state, glyphsFor(false)));
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
