import { describe, expect, it } from 'vitest';
import type { State } from '../../source/store/state.ts';
import { cellWidth } from '../../source/text/width.ts';
import { frameOf } from '../../source/screen/frame.ts';
import { frameOptions, screenOf, textOf } from '../helpers/screen.ts';
import { fiveSizes } from '../helpers/sizes.ts';
import { after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const tasks = Array.from({ length: 60 }, (_, index) => task({ id: `task_${index}`, prompt: `song ${index}` }));
const base = watching(tasks);
const saying = (text: string, state: State = base) => after(state, { type: 'flash', flash: { level: 'error', text } });
const message = (state: State) => frameOf(state, frameOptions).message.map(textOf);
const long = `xhuo refused: ${'the token has expired, '.repeat(20)}ask for another one`;

describe('a message', () => {
  it.each(fiveSizes)('stands on a line of its own, above the keys: $columns × $rows', size => {
    const lines = screenOf(saying('copied 3 URLs', { ...base, size }));
    expect(lines).toHaveLength(size.rows);
    expect(lines.at(-2)).toBe('copied 3 URLs');
    expect(lines.at(-1)).toMatch(/\? help$/);
  });

  it.each(fiveSizes)('that is long is wrapped, or loses some of its middle: $columns × $rows', size => {
    const lines = message(saying(long, { ...base, size }));
    expect(lines.length).toBeLessThanOrEqual(Math.max(1, Math.min(3, Math.floor(size.rows / 6))));
    for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(size.columns);
    expect(lines.join(' ')).toMatch(/^xhuo refused: .*…?.*ask for another one$/);
    if (size.columns < 200) expect(lines.join(' ')).toContain('…');
    else expect(lines.join(' ')).toBe(long);
  });

  it('leaves the selected row on the screen', () => {
    const last = after(base, { type: 'move', by: 18 });
    expect(screenOf(last).at(-2)).toMatch(/^>/);
    expect(screenOf(saying('copied 3 URLs', last)).at(-3)).toMatch(/^>/);
  });

  it('has no line ends and no controls, whatever was said', () => {
    expect(message(saying('tmux said:\nno server\u0007 running'))).toEqual(['tmux said: no server  running']);
  });

  it('is gone without a trace', () => {
    expect(screenOf(after(saying('copied'), { type: 'flash', flash: null }))).toEqual(screenOf(base));
  });
});
