import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultKeymap } from '../../source/keymap.ts';
import { frameOf } from '../../source/screen/frame.ts';
import { paletteEntries } from '../../source/screen/palette.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { cellWidth } from '../../source/text/width.ts';
import { cursorOf, frameOptions, linesOf, screenOf, textOf } from '../helpers/screen.ts';
import { after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const palette = (columns: number, rows: number, filter = '', selected = 0) =>
  after(
    watching([task({ id: 'task_a' })], { size: { columns, rows } }),
    { type: 'open-overlay', overlay: { kind: 'palette', filter, selected } },
    { type: 'open-prompt', kind: 'palette', text: filter },
  );
const found = (query: string) =>
  paletteEntries(query, palette(80, 24, query), defaultKeymap).map(({ binding }) => binding.command);

const sizes = [
  [200, 50],
  [120, 40],
  [80, 24],
  [60, 15],
  [44, 12],
] as const;

describe('the palette', () => {
  it.each(sizes)('fits %i × %i: a title, a chosen row over the whole line, the line being typed', (columns, rows) => {
    const state = palette(columns, rows, 'cop');
    const lines = linesOf(frameOf(state, frameOptions));
    const screen = screenOf(state);
    expect(lines).toHaveLength(rows);
    for (const line of lines) expect(cellWidth(textOf(line))).toBeLessThanOrEqual(columns);
    const row = lines.find(({ inverse }) => inverse === true);
    expect(row === undefined ? 0 : cellWidth(textOf(row))).toBe(columns);
    expect(row === undefined ? '' : textOf(row)).toMatch(/^> y.* +copy the audio URL\(s\)/);
    expect(screen.find(line => line.startsWith('commands'))).toBeDefined();
    expect(screen.at(-1)).toBe(':cop');
    expect(cursorOf(frameOf(state, frameOptions))).toEqual({ x: 4, y: rows - 1 });
  });

  it.each(sizes)('marks what was found, at %i × %i', (columns, rows) => {
    const lines = linesOf(frameOf(palette(columns, rows, 'savef'), frameOptions));
    const matched = lines.map(({ segments }) =>
      segments.filter(({ style }) => style === 'match').map(({ text }) => text),
    );
    expect(matched.find(texts => texts.length > 0)).toEqual(['save', 'f']);
  });

  it('shows a reason beside a command that cannot act, in a narrow pane behind it', () => {
    expect(screenOf(palette(80, 24, 'unmark')).join('\n')).toMatch(/U +clear the marks +nothing is marked\n/);
    expect(screenOf(palette(44, 12, 'unmark')).join('\n')).toMatch(/U +clear the marks: nothing is ma/);
    const [row] = linesOf(frameOf(palette(80, 24, 'mark', 1), frameOptions)).filter(line =>
      /unmark|clear/.test(textOf(line)),
    );
    expect(new Set(row?.segments.map(({ style }) => style))).not.toContain('accent');
  });

  it('has plain signs only where those are wanted', () => {
    for (const line of screenOf(palette(80, 60), { glyphs: glyphsFor(true) }).slice(3))
      expect(line).toMatch(/^[\x20-\x7e]*$/);
  });

  it('begins with what is done to a task, and says on which rows of the list one is', () => {
    const screen = screenOf(palette(80, 24));
    expect(screen[3]).toMatch(/^commands +type to find one, Enter runs it, Esc closes +1-19 of \d+$/);
    expect(screen[4]).toMatch(/^> y c +copy the audio/);
  });

  it.each([
    ['pause', 'pause'],
    ['quit', 'quit'],
    ['log', 'log'],
    ['details', 'details'],
    ['qs', 'quit-silently'],
    ['sort', 'sort'],
    ['copy', 'copy-url'],
    ['R', 'refresh-all'],
    ['r', 'refresh'],
    ['?', 'help'],
    ['Del', 'remove'],
  ])('finds for %s first %s', (query, command) => {
    expect(found(query)[0]).toBe(command);
  });

  it('puts first, of those found as well as each other, what the query is the most of', () => {
    expect(found('prev').slice(0, 2)).toEqual(['preview', 'previous-song']);
  });

  it('finds each command by its whole name among the first three', () => {
    for (const { command } of defaultKeymap.filter(each => each.command !== 'palette'))
      expect([command, found(command).slice(0, 3)]).toEqual([command, expect.arrayContaining([command])]);
  });

  it('stays on the screen whatever is typed and chosen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 60 }),
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.nat(80),
        (columns, rows, query, selected) => {
          const lines = linesOf(frameOf(palette(columns, rows, query, selected), frameOptions));
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const line of lines) {
            expect(cellWidth(textOf(line))).toBeLessThanOrEqual(columns);
            expect(textOf(line)).not.toMatch(/[\r\n]/);
          }
        },
      ),
    );
  });
});
