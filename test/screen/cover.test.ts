import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Cover } from '../../source/media/covers.ts';
import { coverLines } from '../../source/screen/cover.ts';
import { frameOf } from '../../source/screen/frame.ts';
import { createPainter } from '../../source/screen/paint.ts';
import { placedCover } from '../../source/screen/placed-cover.ts';
import type { State } from '../../source/store/state.ts';
import { tableSize } from '../../source/store/viewport.ts';
import { cellWidth } from '../../source/text/width.ts';
import { frameOptions, linesOf, screenOf, textOf } from '../helpers/screen.ts';
import { after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const url = 'https://cdn.example/cover.png';
/** Two pixels above, two below: red and green, blue and white. */
const rgb = Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
const cover: Cover = { url, picture: { width: 2, height: 2, rgb, png: null }, message: null };
const drawn: Cover = { url, picture: { width: 320, height: 320, rgb: new Uint8Array(0), png: rgb }, message: null };
const song = task({ status: 'succeeded', clips: [clip({ title: 'Rain', imageUrl: url, lyrics: 'one\n'.repeat(60) })] });
const others = Array.from({ length: 3 }, (_, index) => task({ id: `task_${index}` }));

const sized = (columns: number, rows: number, more: Partial<State> = {}) =>
  watching([song, ...others], {
    size: { columns, rows },
    images: { way: 'blocks', fromColumns: 80 },
    cover,
    selected: song.key,
    ...more,
  });
const blocksIn = (state: State) => screenOf(state).filter(line => line.includes('▀')).length;
const pixels = { way: 'pixels', fromColumns: 80 } as const;

describe('a cover as blocks', () => {
  it('has two pixels in each cell', () => {
    const lines = coverLines({ task: song }, sized(120, 40), { columns: 40, rows: 4 });
    expect(lines).toHaveLength(4);
    expect(lines.map(line => cellWidth(textOf(line)))).toEqual([8, 8, 8, 8]);
    expect(lines[0]?.segments).toEqual([
      { text: '▀▀▀▀', colors: { foreground: [255, 0, 0], background: [255, 0, 0] } },
      { text: '▀▀▀▀', colors: { foreground: [0, 255, 0], background: [0, 255, 0] } },
    ]);
    expect(lines[2]?.segments[1]?.colors?.background).toEqual([255, 255, 255]);
  });

  it('is the same lines as long as nothing about it changes, so that none is drawn again', () => {
    const size = { columns: 40, rows: 4 };
    expect(coverLines({ task: song }, sized(120, 40), size)).toBe(coverLines({ task: song }, sized(130, 40), size));
  });

  it('is painted in as many colours as the terminal has', () => {
    const [segment] = coverLines({ task: song }, sized(120, 40), { columns: 40, rows: 4 })[0]?.segments ?? [];
    const paint = (level: 2 | 3) => createPainter(new Chalk({ level })).paint(segment ?? { text: '' });
    expect(paint(3)).toBe('\u001b[38;2;255;0;0m\u001b[48;2;255;0;0m▀▀▀▀\u001b[49m\u001b[39m');
    expect(paint(2)).toBe('\u001b[38;5;196m\u001b[48;5;196m▀▀▀▀\u001b[49m\u001b[39m');
  });

  it('keeps its proportions in whatever room there is', () => {
    const wide: Cover = {
      url,
      picture: { width: 300, height: 100, rgb: new Uint8Array(90_000), png: null },
      message: null,
    };
    const lines = coverLines({ task: song }, sized(120, 40, { cover: wide }), { columns: 30, rows: 12 });
    expect([lines.length, cellWidth(textOf(lines[0] ?? { segments: [] }))]).toEqual([5, 30]);
    expect(coverLines({ task: song }, sized(120, 40), { columns: 40, rows: 3 })).toEqual([]);
    expect(coverLines({ task: song }, sized(120, 40), { columns: 7, rows: 12 })).toEqual([]);
  });
});

describe.each([
  [200, 50, 12],
  [120, 40, 12],
  [80, 40, 12],
  [80, 24, 0],
  [60, 15, 0],
  [44, 12, 0],
])('at %d × %d', (columns, rows, high) => {
  it(`the preview has a cover of ${high} lines`, () => {
    const state = sized(columns, rows);
    expect(blocksIn(state)).toBe(high);
    for (const line of screenOf(state)) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
    expect(screenOf(state)).toHaveLength(rows);
  });

  it('its place is empty until it has come, and nothing moves then', () => {
    const words = (state: State) =>
      screenOf(state).map(line => line.replace(/▀+/, blocks => ' '.repeat(blocks.length)).trimEnd());
    expect(words(sized(columns, rows, { cover: null }))).toEqual(words(sized(columns, rows)));
  });

  it('a terminal that draws it is told where', () => {
    const place = placedCover(frameOf(sized(columns, rows, { images: pixels, cover: drawn }), frameOptions));
    expect(place === null).toBe(high === 0);
    if (place === null) return;
    expect(place.columns).toBe(2 * place.rows);
    const lines = linesOf(frameOf(sized(columns, rows, { images: pixels, cover: drawn }), frameOptions)).map(textOf);
    const under = lines.slice(place.y, place.y + place.rows).map(line => line.slice(place.x, place.x + place.columns));
    expect(under.join('').trim()).toBe('');
  });
});

describe('a cover in cells of another shape', () => {
  it.each([
    [2, 24],
    [2.5, 30],
    [1.8, 22],
  ])('%d times as high as wide is %d cells wide', (cellRatio, wide) => {
    const state = sized(120, 40, { images: pixels, cover: drawn, cellRatio });
    expect(placedCover(frameOf(state, frameOptions))).toMatchObject({ columns: wide, rows: 12 });
  });
});

describe('no cover', () => {
  it('is a dim line that says why', () => {
    const state = sized(120, 40, {
      cover: { url, picture: null, message: 'a picture of 40 megapixels, too large to show' },
    });
    expect(screenOf(state).join('\n')).toMatch(/╎ cover: a picture of 40 megapixels, too large\n.*╎ to show/);
    expect(blocksIn(state)).toBe(0);
  });

  it.each<[string, Partial<State>]>([
    ['where covers are off', { images: { way: 'off', fromColumns: 80 } }],
    ['in a pane that is too narrow for them', { images: { way: 'blocks', fromColumns: 130 } }],
    ['of another clip', { cover: { ...cover, url: 'https://cdn.example/other.png' } }],
    ['where the preview is off', { preview: false }],
  ])('is drawn %s', (_, more) => {
    expect(blocksIn(sized(120, 40, more))).toBe(0);
    expect(placedCover(frameOf(sized(120, 40, { ...more, images: more.images ?? pixels }), frameOptions))).toBeNull();
  });
});

describe('the details', () => {
  const details = { type: 'open-overlay', overlay: { kind: 'details', key: song.key, raw: false } } as const;

  it('show the cover, also in a pane without a preview', () => {
    expect(blocksIn(after(sized(100, 28), details))).toBe(9);
    expect(blocksIn(after(sized(79, 28), details))).toBe(0);
  });

  it('leave no picture where a part of its place is scrolled away', () => {
    const state = after(sized(100, 28, { images: pixels, cover: drawn }), details);
    const place = (top: number) => placedCover(frameOf(after(state, { type: 'scroll', top }), frameOptions));
    expect(place(0)).toMatchObject({ x: 0, columns: 18, rows: 9 });
    const { y = 0 } = place(0) ?? {};
    expect(place(1)?.y).toBe(y - 1);
    expect(place(y)).toBeNull();
  });
});

it('the table has the width that it has without a cover', () => {
  expect(tableSize(sized(120, 40))).toEqual(tableSize(sized(120, 40, { images: { way: 'off', fromColumns: 80 } })));
});
