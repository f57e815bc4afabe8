// What a terminal emulator shows, as runs of cells that look alike.
import type { IBufferCell, Terminal } from '@xterm/headless';

/** How a cell is drawn; a colour is a number of the palette, `#rrggbb`, or null for the terminal's own. */
export type Look = {
  readonly ink: number | string | null;
  readonly ground: number | string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
};

/** Neighbouring cells of one look. Letters of ASCII run on, and the same block; any other sign is a run of its own. */
export type Run = { readonly x: number; readonly cells: number; readonly text: string; readonly look: Look };

/** The screen at one moment. */
export type Screen = {
  readonly columns: number;
  readonly rows: number;
  readonly lines: readonly (readonly Run[])[];
};

export function screenOf(terminal: Terminal): Screen {
  const { cols: columns, rows } = terminal;
  const { active } = terminal.buffer;
  const lines = Array.from({ length: rows }, (_, row) => {
    const line = active.getLine(active.baseY + row);
    const runs: Run[] = [];
    for (let x = 0; x < columns; x++) {
      const cell = line?.getCell(x);
      // Width 0: the second half of a wide character.
      if (cell !== undefined && cell.getWidth() > 0) addCell(runs, x, cell);
    }
    return runs.filter(({ text, look }) => text.trim() !== '' || look.inverse || look.ground !== null);
  });
  return { columns, rows, lines };
}

/** Whether two runs can be one: letters of ASCII, or the same block again and again. */
const canJoin = (a: string, b: string): boolean =>
  (/^[ -~]*$/.test(a) && /^[ -~]$/.test(b)) || (/^[\u2500-\u259f]$/.test(b) && a === b.repeat(a.length));

function addCell(runs: Run[], x: number, cell: IBufferCell): void {
  const text = cell.getChars() === '' ? ' ' : cell.getChars();
  const look = lookOf(cell);
  const last = runs.at(-1);
  const continues = last !== undefined && canJoin(last.text, text) && sameLook(last.look, look);
  if (continues) runs[runs.length - 1] = { ...last, text: last.text + text, cells: last.cells + 1 };
  else runs.push({ x, text, cells: cell.getWidth(), look });
}

const lookOf = (cell: IBufferCell): Look => ({
  ink: cell.isFgDefault() ? null : colorOf(cell.getFgColor(), cell.isFgRGB()),
  ground: cell.isBgDefault() ? null : colorOf(cell.getBgColor(), cell.isBgRGB()),
  bold: cell.isBold() !== 0,
  dim: cell.isDim() !== 0,
  underline: cell.isUnderline() !== 0,
  inverse: cell.isInverse() !== 0,
});

const colorOf = (color: number, isRgb: boolean): number | string =>
  isRgb ? `#${color.toString(16).padStart(6, '0')}` : color;

const sameLook = (a: Look, b: Look): boolean => JSON.stringify(a) === JSON.stringify(b);
