// Pictures of the built program in pseudo-terminals. `npm run picture` looks at it: 20 files in `pictures/`, five sizes
// of the demo at four moments. `npm run picture -- docs` writes what the README shows, into `docs/`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { animatedSvg } from './picture/animation.ts';
import { hasConverter, writePng } from './picture/png.ts';
import { screenAt } from './picture/recording.ts';
import { demoEnd, recordDemo, recordTrouble, troubleEnd } from './picture/runs.ts';
import { stillSvg } from './picture/svg.ts';

const sizes = [
  { columns: 200, rows: 50 },
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
  { columns: 60, rows: 15 },
  { columns: 44, rows: 12 },
];
/** Milliseconds from the start of the program. */
const moments = { start: 4000, middle: 16_000, end: demoEnd } as const;

async function look(): Promise<void> {
  if (!hasConverter()) {
    throw new Error(
      'rsvg-convert is missing, which makes the PNG files: apt install librsvg2-bin, brew install librsvg',
    );
  }
  const folder = 'pictures';
  mkdirSync(folder, { recursive: true });
  const save = (name: string, svg: string) => {
    const path = join(folder, `${name}.png`);
    writePng(svg, path);
    console.log(path);
  };
  const nameOf = ({ columns, rows }: (typeof sizes)[number]) => `${columns}x${rows}`;
  await Promise.all(
    sizes.map(async size => {
      const name = nameOf(size);
      const demo = await recordDemo(size);
      for (const [moment, at] of Object.entries(moments)) {
        save(`${name}-${moment}`, stillSvg(screenAt(demo, at), `${name}, ${moment}`));
      }
    }),
  );
  await Promise.all(
    sizes.map(async size => {
      const name = nameOf(size);
      save(`${name}-trouble`, stillSvg(screenAt(await recordTrouble(size), troubleEnd), `${name}, trouble`));
    }),
  );
}

/** What the person in the moving picture does: looks at two tasks, copies the address of a song, looks at the log. */
const acts = [
  { at: 6000, do: 'gj' },
  { at: 9000, do: 'j' },
  { at: 19_000, do: 'G' },
  { at: 20_500, do: 'y' },
  { at: 25_000, do: 'g' },
  { at: 29_000, do: 'e' },
  { at: 32_500, do: 'e' },
];
/** What the one in the still has done: found a song by its title. */
const found = [
  { at: 19_000, do: 'g' },
  { at: 20_000, do: '/' },
  { at: 20_300, do: 'first light' },
  { at: 20_600, do: '\r' },
  { at: 21_000, do: '\u001b' },
];

async function show(): Promise<void> {
  const [moving, wide] = await Promise.all([
    recordDemo({ columns: 120, rows: 24 }, acts),
    recordDemo({ columns: 160, rows: 24 }, found, 26_000),
  ]);
  const label = 'cliptop watching the twelve tasks of its demo';
  // An empty window at the start would be the whole picture where it is drawn only once.
  const from = moving.find(({ screen }) => screen.lines.some(runs => runs.length > 0))?.at ?? 0;
  writeFileSync('docs/demo.svg', animatedSvg(moving, { label, from, to: demoEnd, still: 22_000 }));
  writeFileSync('docs/wide.svg', stillSvg(screenAt(wide, 25_000), `${label} in a wide pane`));
}

try {
  await (process.argv[2] === 'docs' ? show() : look());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
