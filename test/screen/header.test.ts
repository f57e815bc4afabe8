import { describe, expect, it } from 'vitest';
import { headerLine } from '../../source/screen/header.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { statuses } from '../../source/task/task.ts';
import { formatTime } from '../../source/text/duration.ts';
import { cellWidth } from '../../source/text/width.ts';
import { textOf } from '../helpers/screen.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const size = (columns: number) => ({ size: { columns, rows: 24 } });
const header = (state: ReturnType<typeof watching>) => textOf(headerLine(state, glyphsFor(false)));
const at = 1_760_000_000_000;

describe('the header', () => {
  const tasks = statuses.flatMap((status, index) =>
    Array.from({ length: index + 1 }, (_, number) => task({ id: `${status}${number}`, status })),
  );
  const state = after(watching(tasks, size(120)), answer([], { at }));

  it('says how far the list is, and counts every status that occurs', () => {
    const wide = header({ ...state, ...size(160) });
    expect(wide).toMatch(
      /^cliptop {2}██▓▓▓▒▒▒▒▒▒▒░░·· {2}22 of 28 · 78% {2}3 running {2}2 queued {2}1 pending {2}4 done {2}/,
    );
    expect(wide).toContain('5 partial  6 failed  7 missing');
    expect(header(watching([]))).toMatch(/^cliptop {2,}every 5s$/);
  });

  it('ends at the edge with the pace and the time of the last answer', () => {
    const wide = { ...state, ...size(160) };
    expect(header(wide)).toMatch(new RegExp(`every 5s · ${formatTime(at)}$`));
    expect(cellWidth(header(wide))).toBe(160);
    expect(header(after(wide, { type: 'pause', paused: true }))).toContain(`paused · every 5s · ${formatTime(at)}`);
  });

  it('gives up the time, the pace and the percent, then the words, then the bar where there is no room', () => {
    const widths = [160, 128, 110, 100, 60, 40, 30];
    const lines = widths.map(columns => header({ ...state, ...size(columns) }));
    for (const [index, line] of lines.entries()) expect(cellWidth(line)).toBeLessThanOrEqual(widths[index] ?? 0);
    expect(lines.some(line => line.includes('every') && !line.includes(formatTime(at)))).toBe(true);
    expect(lines.some(line => line.includes(formatTime(at)) && !line.includes('every'))).toBe(false);
    expect(lines[4]).toMatch(/^cliptop {2}█▓▒▒▒▒░· {2}22 of 28 ▸3 /);
    expect(lines.at(-1)).toMatch(/▸3 .*◧5 ✗6/);
  });

  it('says longer than anything else that it is paused', () => {
    const few = after(watching([task({ status: 'running' })]), answer([], { at }), { type: 'pause', paused: true });
    for (const columns of [80, 60, 40, 36, 29]) expect(header({ ...few, ...size(columns) })).toMatch(/paused/);
  });

  it('calls no video and no picture a song', () => {
    const ended = [
      task({ id: 'a', source: 'acedata/luma', status: 'succeeded' }),
      task({ id: 'b', status: 'succeeded' }),
    ];
    const state = after(watching(ended, size(80)), answer([], { at }));
    expect(header(state)).toMatch(/^cliptop {2}2 ended: 2 done +\d\d:\d\d:\d\d$/);
  });

  it('says in one sentence what a list that has ended came to', () => {
    const song = { submittedAt: 0, finishedAt: 34_000, clips: [clip({ duration: 120 }), clip({ duration: 30 })] };
    const ended = [
      task({ id: 'a', status: 'succeeded', ...song }),
      task({ id: 'b', status: 'succeeded', ...song, submittedAt: 10_000 }),
      task({ id: 'c', status: 'partial' }),
      task({ id: 'd', status: 'failed' }),
    ];
    const line = (columns: number) => header(after(watching(ended, size(columns)), answer([], { at })));
    expect(line(120)).toMatch(
      /^cliptop {2}4 ended: 2 songs, 1 in part, 1 failed, 5:00 of audio, in 0:34 +\d\d:\d\d:\d\d$/,
    );
    expect(line(54)).toBe('cliptop  4 ended: 2 songs, 1 in part, 1 failed');
    expect(line(40)).toBe('4 ended: 2 songs, 1 in part, 1 failed');
    expect(line(30)).toBe('cliptop ✓2 ◧1 ✗1');
  });

  it('says when it is only a demo', () => {
    expect(header(watching([], { demo: true }))).toMatch(/^cliptop demo/);
  });
});
