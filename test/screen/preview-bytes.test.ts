import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../source/screen/frame.ts';
import { createPainter } from '../../source/screen/paint.ts';
import type { StyledLine } from '../../source/screen/segments.ts';
import type { State } from '../../source/store/state.ts';
import { hyperlink } from '../../source/terminal/osc.ts';
import lineUpdate from '../../source/terminal/line-update.ts';
import { frameOptions, linesOf } from '../helpers/screen.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const { paint, select } = createPainter(new Chalk({ level: 3 }));
const painted = ({ segments, inverse: all = false }: StyledLine) => {
  const words = segments.map(({ text, style = 'text', link, inverse = false }) => {
    const each = paint({ style, text: link === undefined ? text : hyperlink(text, link) });
    return inverse ? select(each) : each;
  });
  return (all ? select(words.join('')) : words.join('')).trimEnd();
};
const screen = (state: State) => linesOf(frameOf(state, frameOptions)).slice(3).map(painted);

/** Bytes of the body from one state to the next. */
function bytesBetween(before: State, next: State): number {
  const [from, to] = [screen(before), screen(next)];
  return to.reduce(
    (sum, line, y) => sum + (line === from[y] ? 0 : Buffer.byteLength(lineUpdate(from[y] ?? '', line, 120))),
    0,
  );
}

const count = 36;
const ids = Array.from({ length: count }, (_, index) => `task_${index}`);
const clips = [
  clip({ title: 'Weekend Morning', duration: 61, audioUrl: 'https://cdn.example/a.mp3', lyrics: 'one\ntwo' }),
];
/** The first poll, in which `changing` of the rows then change in the second, from the last row upwards. */
function poll(preview: boolean, changing: number): number {
  const reply = (progress: (index: number) => number) =>
    answer(ids.map((id, index) => snapshot({ id, progress: progress(index), clips })));
  const first = after(
    watching(
      ids.map(id => task({ id })),
      { size: { columns: 120, rows: 41 }, preview },
    ),
    reply(() => 10),
  );
  return bytesBetween(
    first,
    after(
      first,
      reply(index => (index >= count - changing ? 62 : 10)),
    ),
  );
}

describe('with the preview on', () => {
  it.each([1, 5, 35])('a poll that changes %d rows sends what it sends without', changing => {
    expect(poll(true, changing)).toBeGreaterThan(0);
    expect(poll(true, changing)).toBeLessThanOrEqual(poll(false, changing));
  });

  it('a poll that changes all 36 rows sends one number more at most', () => {
    expect(poll(true, 36)).toBeLessThanOrEqual(poll(false, 36) + 20);
  });

  it('a poll without news sends nothing', () => {
    expect(poll(true, 0)).toBe(0);
  });
});
