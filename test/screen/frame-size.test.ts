import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultKeymap } from '../../source/keymap.ts';
import type { Action } from '../../source/store/reduce.ts';
import type { Overlay } from '../../source/store/state.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { statuses } from '../../source/task/task.ts';
import { cellWidth } from '../../source/text/width.ts';
import { frameOf } from '../../source/screen/frame.ts';
import { cursorOf, linesOf, textOf } from '../helpers/screen.ts';
import { answer, after, health, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';
import { anyTitle } from '../helpers/titles.ts';

const anyTask = fc
  .record({
    title: fc.option(anyTitle),
    status: fc.constantFrom(...statuses),
    progress: fc.option(fc.integer({ min: 0, max: 100 })),
    words: anyTitle,
    clips: fc.nat(3),
    took: fc.nat(1e9),
  })
  .map(({ title, status, progress, words, clips, took }) => ({
    status,
    progress,
    action: words,
    prompt: words,
    error: status === 'failed' ? { code: 'x', message: words } : null,
    submittedAt: 0,
    finishedAt: took,
    clips: Array.from({ length: clips }, () =>
      clip({ title, lyrics: words, style: words, audioUrl: `https://cdn.example/${'a'.repeat(words.length)}.mp3` }),
    ),
  }));

const key = 'ccapi/producer:task_0';
const overlays: readonly Overlay[] = [
  { kind: 'details', key, raw: false },
  { kind: 'details', key, raw: true },
  { kind: 'help', filter: '' },
  { kind: 'help', filter: 'clip' },
  { kind: 'log' },
  { kind: 'text', title: 'select it', lines: [`https://cdn.example/${'b'.repeat(300)}`] },
];

const anyAction = (words: string): fc.Arbitrary<Action> =>
  fc.oneof(
    fc.constantFrom(...overlays).map(overlay => ({ type: 'open-overlay' as const, overlay })),
    fc.constant({
      type: 'open-overlay' as const,
      overlay: { kind: 'choose' as const, title: words, choices: [words] },
    }),
    fc
      .constantFrom('add' as const, 'filter' as const, 'player' as const)
      .map(kind => ({ type: 'open-prompt' as const, kind, text: words })),
    fc.constant({ type: 'flash' as const, flash: { level: 'error' as const, text: words } }),
    fc.constant({ type: 'filter' as const, text: words }),
    fc.constantFrom({ type: 'wide' as const }, { type: 'fold' as const }, { type: 'mark-all' as const }),
    fc.nat(50).map(top => ({ type: 'scroll' as const, top })),
    fc.constant(health({ state: 'offline', message: words, since: 1, retryAt: 2 })),
    fc.constant({ type: 'sort' as const, sort: { column: 'title', descending: true } }),
  );

const anyScreen = fc.record({
  columns: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 25, max: 45 })),
  rows: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 4, max: 14 })),
  tasks: fc.array(anyTask, { maxLength: 12 }),
  actions: anyTitle.chain(words => fc.array(anyAction(words), { maxLength: 4 })),
  ascii: fc.boolean(),
  fill: fc.boolean(),
});

describe('a frame, whatever is on the list and whatever is open', () => {
  it('never has more lines than the terminal, nor one that is wider', () => {
    fc.assert(
      fc.property(anyScreen, ({ columns, rows, tasks, actions, ascii, fill }) => {
        const list = tasks.map((each, index) => task({ ...each, id: `task_${index}` }));
        const state = after(watching(list, { size: { columns, rows } }), answer([], { at: 1e9 }), ...actions);
        const frame = frameOf(state, { glyphs: glyphsFor(ascii), keymap: defaultKeymap, fill });
        const [lines, cursor] = [linesOf(frame), cursorOf(frame)];
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) {
          expect(cellWidth(textOf(line))).toBeLessThanOrEqual(columns);
          expect(textOf(line)).not.toMatch(/[\r\n]/);
        }
        if (cursor !== null) {
          expect(cursor.y).toBe(lines.length - 1);
          expect(cursor.x).toBeLessThan(columns);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('fills the terminal exactly when it has it to itself', () => {
    for (let rows = 6; rows <= 60; rows++) {
      for (const count of [0, 1, 3, 100]) {
        const tasks = Array.from({ length: count }, (_, index) => task({ id: `task_${index}` }));
        const state = watching(tasks, { size: { columns: 80, rows } });
        const help = after(state, { type: 'open-overlay', overlay: { kind: 'help', filter: '' } });
        const options = { glyphs: glyphsFor(false), keymap: defaultKeymap };
        expect(linesOf(frameOf(state, { ...options, fill: true }))).toHaveLength(rows);
        expect(linesOf(frameOf(help, { ...options, fill: true }))).toHaveLength(rows);
        expect(linesOf(frameOf(state, { ...options, fill: false })).length).toBeLessThanOrEqual(rows);
      }
    }
  });
});
