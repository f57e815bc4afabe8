// Screens as SVG, without a script and without anything from elsewhere.
import { blockParts } from './blocks.ts';
import type { Look, Run, Screen } from './cells.ts';

/** Pixels. The width is what the usual fonts of a terminal have at this size. */
const cell = { width: 8.43, height: 18 };
const fontSize = 14;
const margin = 12;
/** Pixels above the first line, for the three lights of a window. */
const top = 40;
/** Pixels from the upper edge of a line to the foot of its letters. */
const foot = 13.5;

const ground = '#0d1117';
const ink = '#d6dde6';
const palette = [
  ...['#484f58', '#ff7b72', '#3fb950', '#d29922', '#58a6ff', '#bc8cff', '#39c5cf', '#b1bac4'],
  ...['#6e7681', '#ffa198', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#ffffff'],
];

/** The colour of a cell: by its number among 256, as it is, or the terminal's own. */
function rgb(color: number | string | null, own: string): string {
  if (color === null) return own;
  if (typeof color === 'string') return color;
  if (color < 16) return palette[color] ?? own;
  const gray = (level: number) => level.toString(16).padStart(2, '0').repeat(3);
  if (color >= 232) return `#${gray(8 + 10 * (color - 232))}`;
  const steps = [0, 95, 135, 175, 215, 255];
  const [red, green, blue] = [Math.floor((color - 16) / 36), Math.floor((color - 16) / 6) % 6, (color - 16) % 6];
  return `#${[red, green, blue].map(step => (steps[step] ?? 0).toString(16).padStart(2, '0')).join('')}`;
}

/** Both colours of a look. */
function colorsOf(look: Look): { readonly front: string; readonly back: string | null } {
  const front = rgb(look.ink, ink);
  const back = rgb(look.ground, ground);
  if (look.inverse) return { front: back, back: front };
  return { front, back: look.ground === null ? null : back };
}

const number = (value: number): string => String(Math.round(value * 100) / 100);
const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const left = (x: number): number => margin + x * cell.width;
const rect = (x: number, y: number, width: number, height: number, fill: string, more = ''): string =>
  `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" fill="${fill}"${more}/>`;

/** One line of a screen, with its upper edge at `y`: its grounds, and the signs that stand upon them. */
export const drawLine = (
  runs: readonly Run[],
  y: number,
): { readonly grounds: readonly string[]; readonly signs: readonly string[] } => ({
  grounds: joined(runs).map(({ x, cells, fill }) => rect(left(x), y, cells * cell.width, cell.height, fill)),
  signs: runs.flatMap(run => drawRun(run, y)),
});

/** Neighbouring grounds of one colour as one. */
function joined(
  runs: readonly Run[],
): readonly { readonly x: number; readonly cells: number; readonly fill: string }[] {
  const all: { x: number; cells: number; fill: string }[] = [];
  for (const { x, cells, look } of runs) {
    const { back } = colorsOf(look);
    if (back === null) continue;
    const last = all.at(-1);
    if (last?.fill === back && last.x + last.cells === x) last.cells += cells;
    else all.push({ x, cells, fill: back });
  }
  return all;
}

function drawRun({ x, cells, text, look }: Run, y: number): readonly string[] {
  if (text.trim() === '') return [];
  const { front } = colorsOf(look);
  const faint = look.dim ? ' opacity=".6"' : '';
  const blocks = blockParts(text.slice(0, 1));
  if (blocks !== null) {
    const whole = blocks.every(part => part.width === 1);
    // Those that meet are one, so that no seam shows.
    const places = whole
      ? [{ at: x, span: cells }]
      : Array.from({ length: cells }, (_, at) => ({ at: x + at, span: 1 }));
    return places
      .flatMap(({ at, span }) => blocks.map(part => ({ ...part, at, span })))
      .map(({ at, span, x: dx, y: dy, width, height, opacity }) => {
        const share = (opacity ?? 1) * (look.dim ? 0.6 : 1);
        const seen = share === 1 ? '' : ` opacity="${number(share)}"`;
        return rect(left(at + dx), y + dy * cell.height, span * width * cell.width, height * cell.height, front, seen);
      });
  }
  const style = `${look.bold ? ' font-weight="bold"' : ''}${look.underline ? ' text-decoration="underline"' : ''}${faint}`;
  const fill = front === ink ? '' : ` fill="${front}"`;
  // Browsers make one blank of several, and would stretch the letters to fill the length: each part has its own place.
  return [...text.matchAll(/[^ ]+(?: [^ ]+)*/g)].map(({ index, 0: part }) => {
    const span = cells === text.length ? part.length : cells;
    const length = span < 2 ? '' : ` textLength="${number(span * cell.width)}"`;
    return `<text x="${number(left(x + index))}" y="${number(y + foot)}"${length}${fill}${style}>${escape(part)}</text>`;
  });
}

/** The upper edge of a line, counted from 0. */
export const lineTop = (row: number): number => top + row * cell.height;

/** A window with what is drawn in it. `style` is a style sheet, `label` what the picture shows, in words. */
export function windowSvg(
  { columns, rows }: Pick<Screen, 'columns' | 'rows'>,
  { body, label, style = '' }: { readonly body: string; readonly label: string; readonly style?: string },
): string {
  const width = Math.ceil(2 * margin + columns * cell.width);
  const height = Math.ceil(top + rows * cell.height + margin);
  const lights = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, index) => `<circle cx="${20 + index * 20}" cy="20" r="6" fill="${fill}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(label).replaceAll('"', '&quot;')}">
<rect width="${width}" height="${height}" rx="10" fill="${ground}"/>
${lights.join('')}
${style === '' ? '' : `<style>${style}</style>\n`}<g font-family="'DejaVu Sans Mono','JetBrains Mono',Menlo,Consolas,'Noto Sans Mono CJK JP',monospace" font-size="${fontSize}" fill="${ink}" shape-rendering="crispEdges">
${body}
</g>
</svg>
`;
}

/** One screen as a picture. */
export function stillSvg(screen: Screen, label: string): string {
  const body = screen.lines.flatMap((runs, row) => {
    const { grounds, signs } = drawLine(runs, lineTop(row));
    return [...grounds, ...signs];
  });
  return windowSvg(screen, { body: body.join('\n'), label });
}
