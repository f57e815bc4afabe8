import { describe, expect, it } from 'vitest';
import type { Health } from '../../source/poll/events.ts';
import {
  cutSegments,
  headerLine,
  healthPhrase,
  justify,
  shortSource,
  sourcesLine,
} from '../../source/screen/header.ts';
import { unicodeGlyphs, type Segment } from '../../source/screen/theme.ts';
import { statuses } from '../../source/task/task.ts';
import { formatTime } from '../../source/text/duration.ts';
import { cellWidth } from '../../source/text/width.ts';
import { answer, after, health, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const text = (segments: readonly Segment[]) => segments.map(part => part.text).join('');
const size = (columns: number) => ({ size: { columns, rows: 24 } });
const header = (state: ReturnType<typeof watching>) => text(headerLine(state, unicodeGlyphs));
const at = 1_760_000_000_000;

describe('the header', () => {
  const tasks = statuses.flatMap((status, index) =>
    Array.from({ length: index + 1 }, (_, number) => task({ id: `${status}${number}`, status })),
  );
  const state = after(watching(tasks, size(120)), answer([], { at }));

  it('counts every status that occurs', () => {
    expect(header(state)).toMatch(
      /^cliptop {2}3 running {2}2 queued {2}1 pending {2}4 done {2}5 partial {2}6 failed {2}7 missing {2}/,
    );
    expect(header(watching([task({ status: 'running' })]))).toMatch(/^cliptop {2}1 running {2,}every 5s$/);
  });

  it('ends at the edge with the pace and the time of the last answer', () => {
    expect(header(state)).toMatch(new RegExp(`every 5s · ${formatTime(at)}$`));
    expect(cellWidth(header(state))).toBe(120);
    expect(header(after(state, { type: 'pause', paused: true }))).toContain(`paused · ${formatTime(at)}`);
  });

  it('gives up the pace, then the time, then the words where there is no room', () => {
    const lines = [100, 90, 84, 76, 40, 30].map(columns => header({ ...state, ...size(columns) }));
    for (const [index, line] of lines.entries())
      expect(cellWidth(line)).toBeLessThanOrEqual([100, 90, 84, 76, 40, 30][index] ?? 0);
    expect(lines.some(line => line.includes(formatTime(at)) && !line.includes('every'))).toBe(true);
    expect(lines.at(-1)).toMatch(/^cliptop ▸3 /);
  });

  it('says when it is only a demo', () => {
    expect(header(watching([], { demo: true }))).toMatch(/^cliptop demo/);
  });
});

describe('the line of the sources in a narrow pane', () => {
  const names = ['ccapi/producer', 'xhuo/producer', 'ccapi/suno'];
  const tasks = names.map(source => task({ source, id: `task_${source}`, status: 'running' }));
  const line = (...actions: Parameters<typeof after>[1][]) => {
    const state = after(watching(tasks, size(32)), ...names.map(name => health({}, name)), ...actions);
    return sourcesLine(state, unicodeGlyphs)
      .map(({ text }) => text)
      .join('');
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

describe('a source in words', () => {
  const phrase = (overrides: Partial<Health>, latency: number | null = null) => {
    const state = { state: 'ok', message: null, retryAt: null, since: null, ...overrides } as const;
    return healthPhrase({ name: 'xhuo/producer', health: state, latency, answeredAt: null, skew: 0 });
  };
  const retryAt = at + 8000;

  it('is its name alone for the usual service', () => {
    expect([shortSource('ccapi/producer'), shortSource('ccapi/suno')]).toEqual(['ccapi', 'ccapi/suno']);
  });

  it('tells how it is, since when, what is wrong and when it is asked again', () => {
    expect(phrase({ state: 'new' })).toBe('xhuo not asked yet');
    expect(phrase({})).toBe('xhuo ok');
    expect(phrase({}, 142)).toBe('xhuo ok 142ms');
    expect(phrase({ state: 'retrying', message: '429 too many requests', retryAt, since: at })).toBe(
      `xhuo retrying at ${formatTime(retryAt)}: 429 too many requests`,
    );
    expect(phrase({ state: 'offline', message: 'no such host', retryAt, since: at })).toBe(
      `xhuo offline since ${formatTime(at)}, retrying at ${formatTime(retryAt)}: no such host`,
    );
    expect(phrase({ state: 'refused', message: '401 invalid token', since: at })).toBe(
      'xhuo refused, r asks again: 401 invalid token',
    );
  });
});

describe('the line of the sources', () => {
  const state = watching([task(), task({ source: 'xhuo/producer' })], size(80));
  const line = (each: typeof state) => text(sourcesLine(each, unicodeGlyphs));

  it('names those in trouble first', () => {
    const troubled = after(state, health(), health({ state: 'offline', message: 'gone', since: at }, 'xhuo/producer'));
    expect(line(state)).toMatch(/^ccapi .*xhuo /);
    expect(line(troubled)).toMatch(/^xhuo offline .*ccapi ok/);
  });

  it('says at its end what of the table is shown', () => {
    const shown = after(
      state,
      { type: 'mark-all' },
      { type: 'tab', tab: 'active' },
      { type: 'filter', text: 'ccapi' },
      { type: 'sort', sort: { column: 'title', descending: false } },
    );
    expect(line(shown)).toMatch(/2 marked {2}active {2}\/ccapi {2}by title {2}1 of 2$/);
    expect(line(state)).not.toMatch(/ of |marked/);
  });
});

describe('two ends of a line', () => {
  const ends = (left: string, right: string, cells: number) =>
    text(justify([{ text: left }], right === '' ? [] : [{ text: right }], cells, unicodeGlyphs));

  it('meet with at least two blanks between them', () => {
    expect(ends('left', 'right', 20)).toBe('left           right');
    expect(ends('a long left end', 'right', 20)).toBe('a long left…   right');
    expect(ends('left', 'a long right', 16)).toBe('left');
  });

  it('are cut with a sign only where something is missing', () => {
    const cut = (cells: number) => text(cutSegments([{ text: 'abc' }, { text: 'def' }], cells, unicodeGlyphs));
    expect([cut(7), cut(6), cut(5), cut(3), cut(1)]).toEqual(['abcdef', 'abcdef', 'abcd…', 'ab…', '…']);
  });
});
