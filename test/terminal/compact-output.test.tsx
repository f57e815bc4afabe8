import xterm from '@xterm/headless';
import chalk from 'chalk';
import { Box, render, Text } from 'ink';
import { describe, expect, it } from 'vitest';
import { gridOf } from '../../bench/segment-diff.ts';
import { randomFrom } from '../../source/simulator/random.ts';
import { compact } from '../../source/terminal/compact-output.ts';
import { compactStream } from '../../source/terminal/compact-stream.ts';
import { TerminalStream } from '../helpers/terminal-stream.ts';

type Headless = InstanceType<typeof xterm.Terminal>;

const words = [
  'Quiet Pier',
  '雨の夜に走る電車と猫',
  'Paper 🏮',
  '새벽의',
  'לילה',
  '⣿⣿⣀⣀ 42%',
  '0:48',
  '',
  '👩‍👩‍👧 trio',
  'x'.repeat(58),
];
const styles = [{}, { bold: true }, { dimColor: true }, { color: 'green' }, { color: '#ff8800', bold: true }] as const;

type Line = { readonly pieces: readonly { text: string; style: (typeof styles)[number] }[]; readonly inverse: boolean };

const Frame = ({ lines }: { readonly lines: readonly Line[] }) => (
  <Box flexDirection="column">
    {lines.map(({ pieces, inverse }, index) => (
      <Text key={index} wrap="truncate" inverse={inverse}>
        {' '}
        {pieces.map(({ text, style }, place) => (
          <Text key={place} {...style}>
            {text}
          </Text>
        ))}
      </Text>
    ))}
  </Box>
);

const settled = (terminal: Headless): Promise<void> => new Promise(resolve => terminal.write('', resolve));

/** Draws random frames and compares, after each, the screen of Ink's own bytes with that of the compact ones. */
async function compare(frames: number, fullScreen: boolean): Promise<{ own: number; compact: number; wrong: number }> {
  const random = randomFrom(`compact ${fullScreen}`);
  const below = (limit: number) => Math.floor(random() * limit);
  const plain = new xterm.Terminal({ cols: 60, rows: 12, allowProposedApi: true });
  const terse = new xterm.Terminal({ cols: 60, rows: 12, allowProposedApi: true });
  const count = { own: 0, compact: 0, wrong: 0 };
  const target = new TerminalStream(bytes => {
    count.compact += bytes.length;
    terse.write(bytes.replaceAll('\n', '\r\n'));
  });
  const wrapped = compactStream(target as unknown as NodeJS.WriteStream);
  const tee = new TerminalStream(bytes => {
    count.own += bytes.length;
    plain.write(bytes.replaceAll('\n', '\r\n'));
    wrapped.write(bytes);
  });
  const newLine = (): Line => ({
    pieces: Array.from({ length: 1 + below(4) }, () => ({
      text: words[below(words.length)] ?? '',
      style: styles[below(styles.length)] ?? {},
    })),
    inverse: below(6) === 0,
  });
  let lines = Array.from({ length: 12 }, newLine);
  const options = { stdout: tee as unknown as NodeJS.WriteStream, alternateScreen: fullScreen, maxFps: 1000 };
  const app = render(<Frame lines={lines} />, {
    ...options,
    interactive: true,
    patchConsole: false,
    incrementalRendering: true,
  });
  for (let frame = 0; frame < frames; frame++) {
    const height = fullScreen ? tee.rows : 1 + below(tee.rows - 1);
    lines = Array.from({ length: height }, (_, index) => (below(3) === 0 ? newLine() : (lines[index] ?? newLine())));
    if (below(12) === 0) {
      tee.columns = target.columns = 30 + below(60);
      tee.rows = target.rows = 6 + below(14);
      for (const terminal of [plain, terse]) terminal.resize(tee.columns, tee.rows);
      lines = lines.slice(0, tee.rows);
      tee.emit('resize');
    }
    app.rerender(<Frame lines={lines} />);
    await app.waitUntilRenderFlush();
    await Promise.all([settled(plain), settled(terse)]);
    const [{ cursorX, cursorY }, other] = [plain.buffer.active, terse.buffer.active];
    const sameCursor = cursorX === other.cursorX && cursorY === other.cursorY;
    if (!sameCursor || JSON.stringify(gridOf(plain)) !== JSON.stringify(gridOf(terse))) count.wrong++;
  }
  app.unmount();
  return count;
}

describe('compact', () => {
  chalk.level = 3;

  it.each([
    ['the whole screen', true],
    ['a part of the screen', false],
  ])('gives the same screens as the bytes it replaces, over %s', { timeout: 20_000 }, async (_, fullScreen) => {
    const { own, compact: terse, wrong } = await compare(process.env.CLIPTOP_SOAK === '1' ? 2000 : 150, fullScreen);
    expect(wrong).toBe(0);
    expect(terse).toBeLessThan(own);
  });

  it('skips unchanged lines with one sequence that counts them', () => {
    expect(compact('\u001b[E\u001b[E\u001b[Ex\u001b[E', 80)).toBe('\u001b[3Ex\u001b[E');
  });

  it('does not erase what is written up to the last column', () => {
    expect(compact('\u001b[76G\u001b[K 0:48\n', 80)).toBe('\u001b[76G 0:48\n');
    expect(compact('\u001b[76G\u001b[K0:48\n', 80)).toBe('\u001b[76G\u001b[K0:48\n');
    expect(compact('\u001b[78G\u001b[K猫x\n', 80)).toBe('\u001b[78G\u001b[K猫x\n');
  });

  it('changes nothing of the stream but its write', () => {
    const stream = new TerminalStream(() => undefined);
    const wrapped = compactStream(stream as unknown as NodeJS.WriteStream);
    let resizes = 0;
    const onResize = () => (resizes += 1);
    wrapped.on('resize', onResize);
    stream.columns = 99;
    stream.emit('resize');
    wrapped.off('resize', onResize);
    stream.emit('resize');
    expect({ resizes, columns: wrapped.columns, isTTY: wrapped.isTTY, left: stream.listenerCount('resize') }).toEqual({
      resizes: 1,
      columns: 99,
      isTTY: true,
      left: 0,
    });
  });
});

describe('fewer styles', () => {
  it.each([
    ['nothing drawn in between', '\u001b[1m\u001b[22mx', 'x'],
    ['one sequence for several', '\u001b[1m\u001b[32mx\u001b[39m\u001b[22m', '\u001b[1;32mx\u001b[m'],
    ['the same style again', '\u001b[2mx\u001b[22m\u001b[2my\u001b[22m', '\u001b[2mxy\u001b[m'],
    ['bold that ends beside dim', '\u001b[1;2mx\u001b[22;2my\u001b[0m', '\u001b[1;2mx\u001b[22;2my\u001b[m'],
    ['a colour of 24 bits', '\u001b[38;2;1;2;3mx\u001b[39my', '\u001b[38;2;1;2;3mx\u001b[my'],
    ['left on at the end', '\u001b[1mx', '\u001b[1mx'],
    ['unknown', '\u001b[1m\u001b[22mx\u001b[73my\u001b[m', '\u001b[1m\u001b[22mx\u001b[73my\u001b[m'],
  ])('for %s', (_, bytes, expected) => {
    expect(compact(bytes, 120)).toBe(expected);
  });
});
