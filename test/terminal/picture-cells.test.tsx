import xterm from '@xterm/headless';
import { render, Text } from 'ink';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../source/simulator/random.ts';
import { compactStream } from '../../source/terminal/compact-stream.ts';
import type { PlacedPicture } from '../../source/terminal/picture-layer.ts';
import { createPictures } from '../../source/terminal/pictures.ts';
import { take } from '../../source/text/width.ts';
import { TerminalStream } from '../helpers/terminal-stream.ts';

const size = { columns: 60, rows: 16 };
const words = ['Quiet Pier', '雨の夜に走る', 'Paper 🏮', '👩‍👩‍👧 trio', 'לילה', 'กำลัง', '⣿⣿⣀⣀ 42%', '', 'x'.repeat(40)];
/** What an emulator without pictures shows in the cells of one. */
const ink = '#';

/** The picture as text, so that the emulator holds it in its cells, as iTerm2 does. */
const asCells = (bytes: string): string =>
  bytes.replace(/\u001b\]1337;File=[^:]*width=(\d+);height=(\d+)[^\u0007]*\u0007/g, (_, columns, rows) =>
    `${ink.repeat(Number(columns))}\u001b[${columns}D\u001b[B`.repeat(Number(rows)),
  );

describe('a picture in the cells of iTerm2', () => {
  it('is whole after each of many frames, and nothing of it is left elsewhere', { timeout: 20_000 }, async () => {
    const random = randomFrom('pictures');
    const below = (limit: number) => Math.floor(random() * limit);
    const terminal = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
    const stream = new TerminalStream(bytes => terminal.write(asCells(bytes).replaceAll('\n', '\r\n')), size);
    const pictures = createPictures(stream as unknown as NodeJS.WriteStream, 'iterm2', 5);
    let place: PlacedPicture | null = null;
    const line = (): string => words[below(words.length)] ?? '';
    let left = Array.from({ length: size.rows }, line);
    /** Beside a picture a text, and elsewhere two. */
    const frame = () =>
      left.map((text, y) => {
        const isBeside = place !== null && y >= place.y && y < place.y + place.rows;
        return isBeside ? take(text, Math.max(0, (place?.x ?? 0) - 8)) : `${text} · ${words[y % words.length]}`;
      });
    const draw = () => <Text>{frame().join('\n')}</Text>;
    const app = render(draw(), {
      stdout: compactStream(pictures.stream),
      ...{ interactive: true, patchConsole: false, incrementalRendering: true, alternateScreen: true, maxFps: 1000 },
    });
    const wrong: string[] = [];
    for (let round = 0; round < 200; round++) {
      left = left.map(text => (below(3) === 0 ? line() : text));
      if (below(3) === 0) {
        const [columns, rows] = [8, 4];
        const png = new Uint8Array([round]);
        place = below(3) === 0 ? null : { png, x: below(40), y: below(size.rows - rows), columns, rows };
      }
      pictures.want(place);
      app.rerender(draw());
      await app.waitUntilRenderFlush();
      await new Promise<void>(resolve => terminal.write('', resolve));
      const buffer = terminal.buffer.active;
      for (let y = 0; y < size.rows; y++) {
        const shown = buffer.getLine(y)?.translateToString() ?? '';
        const isRow = place !== null && y >= place.y && y < place.y + place.rows;
        const expected = isRow ? ink.repeat(8) : '';
        if (shown.replace(/[^#]/g, '') !== expected) wrong.push(`${round}: ${y}: ${shown}`);
      }
    }
    app.unmount();
    expect(wrong).toEqual([]);
  });
});
