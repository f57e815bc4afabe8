// Writes docs/screen.svg: the screen of the built program in a pseudo-terminal, watching its demo.
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const columns = 96;
const rows = 19;
/** Milliseconds from the start of the program to the picture. */
const pictureAt = 17_500;

const home = await mkdtemp(join(tmpdir(), 'cliptop-picture-'));
const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
const child = spawn(process.execPath, ['dist/cli.js', '--demo', '--no-title'], {
  cols: columns,
  rows,
  name: 'xterm-256color',
  env: { PATH: process.env.PATH ?? '', HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
});
child.onData(data => terminal.write(data));
await new Promise(resolve => setTimeout(resolve, pictureAt - 4000));
// Mark one task and select another.
child.write('gj jj');
await new Promise(resolve => setTimeout(resolve, 4000));

const cell = { width: 8.4, height: 18 };
const colors = { 1: '#ff7b72', 2: '#7ee787', 5: '#d2a8ff', 6: '#79c0ff' };
const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Groups neighbouring ASCII cells of the same style into one run; wide characters are runs of their own. */
function runsOf(line) {
  const runs = [];
  for (let x = 0; x < columns; x++) {
    const at = line?.getCell(x);
    if (at === undefined || at.getWidth() === 0) continue;
    const color = at.isFgPalette() ? at.getFgColor() : -1;
    const styleKey = [at.isInverse(), at.isBold(), at.isDim(), color].join();
    const text = at.getChars() || ' ';
    const last = runs.at(-1);
    if (last !== undefined && last.styleKey === styleKey && last.plain && /^[ -~]$/.test(text)) {
      last.text += text;
      last.cells += 1;
    } else {
      const style = { inverse: at.isInverse() !== 0, bold: at.isBold() !== 0, dim: at.isDim() !== 0, color };
      runs.push({ x, styleKey, text, cells: at.getWidth(), plain: /^[ -~]$/.test(text), ...style });
    }
  }
  return runs;
}

const backgrounds = [];
const texts = [];
for (let y = 0; y < rows; y++) {
  const base = 44 + (y + 1) * cell.height - 5;
  const runs = runsOf(terminal.buffer.active.getLine(y));
  const inverse = runs.filter(run => run.inverse);
  if (inverse.length > 0) {
    const cells = inverse.reduce((sum, run) => sum + run.cells, 0);
    const place = `x="${12 + inverse[0].x * cell.width}" y="${base - 13}" width="${(cells * cell.width).toFixed(1)}"`;
    backgrounds.push(`<rect ${place} height="${cell.height}" fill="#c9d1d9"/>`);
  }
  for (const run of runs) {
    const text = run.text.trimEnd();
    if (text.trim() === '') continue;
    const fill = run.inverse ? '#0d1117' : (colors[run.color] ?? (run.dim ? '#8b949e' : '#c9d1d9'));
    const cells = run.cells - (run.text.length - text.length);
    const left = (12 + run.x * cell.width).toFixed(1);
    const size = `textLength="${(cells * cell.width).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
    texts.push(
      `<text x="${left}" y="${base}" fill="${fill}"${run.bold ? ' font-weight="bold"' : ''} ${size}>${escape(text)}</text>`,
    );
  }
}
const width = Math.ceil(24 + columns * cell.width);
const height = Math.ceil(56 + rows * cell.height);
const lights = ['#ff5f57', '#febc2e', '#28c840'].map(
  (fill, index) => `<circle cx="${20 + index * 20}" cy="20" r="6" fill="${fill}"/>`,
);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="cliptop watching twelve tasks">
<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>
${lights.join('')}
<g font-family="'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,'Noto Sans Mono CJK JP',monospace" font-size="14" xml:space="preserve">
${backgrounds.join('\n')}
${texts.join('\n')}
</g>
</svg>
`;
await writeFile('docs/screen.svg', svg);
child.write('Q');
setTimeout(() => process.exit(0), 500);
