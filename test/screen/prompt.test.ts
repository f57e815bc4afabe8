import { describe, expect, it } from 'vitest';
import { frameOf } from '../../source/screen/frame.ts';
import type { Prompt, State } from '../../source/store/state.ts';
import { cellWidth } from '../../source/text/width.ts';
import { cursorOf, frameOptions, screenOf } from '../helpers/screen.ts';
import { fiveSizes } from '../helpers/sizes.ts';
import { after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const tasks = Array.from({ length: 60 }, (_, index) => task({ id: `task_${index}` }));
const typing = (kind: Prompt['kind'], text: string, overrides: Partial<State> = {}) =>
  after(watching(tasks, overrides), { type: 'open-prompt', kind, text });
const note = '2 ids for ccapi, 1 for xhuo · no id in 12 lines, such as "HTTP/1.1 200 OK" · Enter add  Esc cancel';

describe('a prompt', () => {
  it.each(fiveSizes)('stands on the last line, the keys for it above: $columns × $rows', size => {
    const lines = screenOf(typing('add', '', { size }));
    expect(lines).toHaveLength(size.rows);
    expect(lines.slice(-2)).toEqual(['Enter add  Esc cancel', 'add ids:']);
    expect(cursorOf(frameOf(typing('add', 'x', { size }), frameOptions))).toEqual({ x: 10, y: size.rows - 1 });
  });

  it.each(fiveSizes)('has what is said of a paste above it, whole: $columns × $rows', size => {
    const state = after(typing('add', 'task_1', { size }), {
      type: 'prompt-note',
      note: { level: 'warning', text: note },
    });
    const lines = screenOf(state);
    expect(lines).toHaveLength(size.rows);
    for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(size.columns);
    const said = lines.slice(-4, -1).join(' ').replace(/ +/g, ' ');
    expect(said).toContain('2 ids for ccapi, 1 for xhuo');
    expect(said).toMatch(/Enter add Esc cancel$/);
    if (size.columns > 44) expect(said).toContain('no id in 12 lines, such as "HTTP/1.1 200 OK"');
  });

  it.each(fiveSizes)('for a filter takes no line but the last: $columns × $rows', size => {
    const before = screenOf(watching(tasks, { size }));
    const lines = screenOf(typing('filter', 'task', { size }));
    expect(lines.at(-1)).toBe('/task');
    expect(lines.slice(0, -1)).toEqual(before.slice(0, -1));
  });
});

it('draws a name that is only offered dim, until something is done to it', () => {
  const offered = after(watching(tasks), { type: 'open-prompt', kind: 'export', text: 'songs.m3u8', offered: true });
  const styleOf = (state: State) => {
    const { bottom } = frameOf(state, frameOptions);
    return bottom?.kind === 'prompt' ? bottom.line.segments.at(-1) : undefined;
  };
  expect(styleOf(offered)).toEqual({ text: 'songs.m3u8', style: 'muted' });
  expect(styleOf(after(offered, { type: 'edit', edit: { type: 'end' } }))).toEqual({ text: 'songs.m3u8' });
});
