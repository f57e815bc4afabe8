// Block and box characters as rectangles: no font draws them so that neighbours meet.

/** A rectangle as parts of a cell, and how much of its colour covers the ground. */
type Part = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly opacity?: number;
};

const eighths = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
const lowerEighths = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const shades = ['░', '▒', '▓'];
/** The width of a line of a box, in widths of a cell and in heights. */
const [thin, flat] = [0.14, 0.06];

const parts = new Map<string, readonly Part[]>([
  ...lowerEighths.map((sign, index): [string, Part[]] => [
    sign,
    [{ x: 0, y: (7 - index) / 8, width: 1, height: (index + 1) / 8 }],
  ]),
  ...eighths.map((sign, index): [string, Part[]] => [sign, [{ x: 0, y: 0, width: (index + 1) / 8, height: 1 }]]),
  ...shades.map((sign, index): [string, Part[]] => [
    sign,
    [{ x: 0, y: 0, width: 1, height: 1, opacity: (index + 1) / 4 }],
  ]),
  ['▀', [{ x: 0, y: 0, width: 1, height: 0.5 }]],
  ['▐', [{ x: 0.5, y: 0, width: 0.5, height: 1 }]],
  ['▕', [{ x: 7 / 8, y: 0, width: 1 / 8, height: 1 }]],
  ['│', [{ x: 0.5 - thin / 2, y: 0, width: thin, height: 1 }]],
  ['─', [{ x: 0, y: 0.5 - flat / 2, width: 1, height: flat }]],
]);

/** The rectangles of a sign; null: it is drawn as a letter. */
export const blockParts = (sign: string): readonly Part[] | null => parts.get(sign) ?? null;
