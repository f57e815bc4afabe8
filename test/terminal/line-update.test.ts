import xterm from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridOf } from '../../bench/segment-diff.ts';
import lineUpdate from '../../source/terminal/line-update.ts';
import { cellWidth } from '../../source/text/width.ts';

const columns = 40;

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
const inverse = (text: string) => `\u001b[7m${text}\u001b[27m`;
const link = (text: string) => `\u001b]8;;https://media.example/a.mp3\u001b\\${text}\u001b]8;;\u001b\\`;

const word = fc.constantFrom('Quiet Pier', '雨の夜に', '새벽', '⣿⣿⣀ 42%', '  ', '0:48', '│ ', '1', '12', '', 'é', '‥');
const paint = fc.constantFrom(
  (text: string) => text,
  red,
  inverse,
  link,
  (text: string) => red(inverse(text)),
);
const line = fc
  .array(fc.tuple(word, paint), { maxLength: 6 })
  .map(pieces => pieces.map(([text, brush]) => brush(text)).join(''))
  .filter(text => cellWidth(text) <= columns);

/** The screen of a terminal to which these bytes were written. */
async function screenOf(...bytes: readonly string[]) {
  const terminal = new xterm.Terminal({ cols: columns, rows: 2, allowProposedApi: true });
  for (const text of bytes) terminal.write(text);
  await new Promise<void>(resolve => terminal.write('', resolve));
  const { cursorY } = terminal.buffer.active;
  const grid = gridOf(terminal);
  terminal.dispose();
  return { grid, cursorY };
}

describe('the update of a line', () => {
  it('leaves the screen that the whole line makes, whatever stood there', async () => {
    await fc.assert(
      fc.asyncProperty(line, line, async (before, after) => {
        const update = lineUpdate(before, after, columns);
        expect(await screenOf(before, update)).toEqual(await screenOf(after));
      }),
      { numRuns: 400 },
    );
  });

  it('writes nothing but the cells that differ, before and behind what stays', () => {
    expect(lineUpdate('> running  62%  0:48 │ lyrics', '> running  63%  0:59 │ lyrics', 80)).toBe('\u001b[13G3%  0:59');
    expect(lineUpdate('a long title here │ 0:48 · x', 'b long title here │ 0:49 · x', 80)).toBe(
      '\u001b[1Gb\u001b[24G9',
    );
  });

  it('leaves a link alone that did not change', () => {
    expect(lineUpdate(`62% │ ${link('audio')}`, `63% │ ${link('audio')}`, 80)).toBe('\u001b[2G3');
  });

  it('writes a link whose address changed although its text did not', () => {
    expect(lineUpdate(link('audio'), link('audio').replace('a.mp3', 'b.mp3'), 80)).toBe(
      link('audio').replace('a.mp3', 'b.mp3').replace(/^/, '\u001b[1G'),
    );
  });

  it('erases what a shorter line leaves behind', () => {
    // The blank behind the word is one already.
    expect(lineUpdate('lyric too long', 'lyric', 80)).toBe('\u001b[7G\u001b[K');
    expect(lineUpdate('12%', '1', 80)).toBe('\u001b[2G  ');
  });

  it('never ends in half a wide character', async () => {
    for (const [before, after] of [
      ['猫猫', 'a猫b'],
      ['a猫b', '猫猫'],
      ['猫x', '犬x'],
      ['xx猫', '猫xx'],
    ] as const) {
      expect(await screenOf(before, lineUpdate(before, after, columns))).toEqual(await screenOf(after));
    }
  });

  it('writes anew all that follows a character whose width terminals disagree about', () => {
    expect(lineUpdate('👩‍👩‍👧 trio 62% │ x', '👩‍👩‍👧 trio 63% │ x', 80)).toBe('\u001b[10G\u001b[K3% │ x');
  });

  it('writes the whole line where it holds a control, is too wide, or the screen has no width', () => {
    expect(lineUpdate('a\tb', 'a\tc', 80)).toBe('\u001b[1G\u001b[Ka\tc');
    expect(lineUpdate('abcdef', 'abcdeg', 4)).toBe('\u001b[1G\u001b[Kabcdeg');
    expect(lineUpdate('abcdef', 'abcdeg')).toBe('\u001b[1G\u001b[Kabcdeg');
  });
});
