import { describe, expect, it } from 'vitest';
import { headerLine } from '../../source/screen/header.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { statuses } from '../../source/task/task.ts';
import { formatTime } from '../../source/text/duration.ts';
import { cellWidth } from '../../source/text/width.ts';
import { textOf } from '../helpers/screen.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const size = (columns: number) => ({ size: { columns, rows: 24 } });
const header = (state: ReturnType<typeof watching>) => textOf(headerLine(state, glyphsFor(false)));
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
    expect(header(after(state, { type: 'pause', paused: true }))).toContain(`paused · every 5s · ${formatTime(at)}`);
  });

  it('gives up the pace, then the time, then the words where there is no room', () => {
    const lines = [100, 90, 84, 76, 40, 30].map(columns => header({ ...state, ...size(columns) }));
    for (const [index, line] of lines.entries())
      expect(cellWidth(line)).toBeLessThanOrEqual([100, 90, 84, 76, 40, 30][index] ?? 0);
    expect(lines.some(line => line.includes(formatTime(at)) && !line.includes('every'))).toBe(true);
    expect(lines.at(-1)).toMatch(/^cliptop ▸3 /);
  });

  it('says longer than anything else that it is paused', () => {
    const few = after(watching([task({ status: 'running' })]), answer([], { at }), { type: 'pause', paused: true });
    const right = [80, 40, 36, 29].map(columns =>
      header({ ...few, ...size(columns) }).replace(/^cliptop {2}1 running +/, ''),
    );
    expect(right).toEqual([`paused · every 5s · ${formatTime(at)}`, `paused · ${formatTime(at)}`, 'paused', 'paused']);
  });

  it('says when it is only a demo', () => {
    expect(header(watching([], { demo: true }))).toMatch(/^cliptop demo/);
  });
});
