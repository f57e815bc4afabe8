import { EventEmitter } from 'node:events';
import xterm from '@xterm/headless';
import chalk from 'chalk';
import { Box, render, Text, Transform, type DOMElement } from 'ink';
import { createRef, useState, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { gridOf } from '../../bench/segment-diff.ts';
import { randomFrom } from '../../source/simulator/random.ts';
import layout from '../../source/view/ink-layout.ts';
import renderLines from '../../source/view/ink-renderer.ts';

chalk.level = 3;

class Screen extends EventEmitter {
  columns = 60;
  last = '';

  write(bytes: string): boolean {
    this.last = bytes;
    return true;
  }
}

/** Draws with Ink itself, real layout engine and all, and gives what it drew and what ours makes of the same tree. */
function inkBeside() {
  const screen = new Screen();
  const ref = createRef<DOMElement>();
  const frame = (children: ReactNode) => (
    <Box ref={ref} flexDirection="column">
      {children}
    </Box>
  );
  const app = render(frame(null), {
    stdout: screen as unknown as NodeJS.WriteStream,
    debug: true,
    interactive: false,
    patchConsole: false,
  });
  const drawn = () => {
    const root = ref.current?.parentNode;
    if (root === undefined) throw new Error('nothing is mounted');
    return { ink: screen.last, ...renderLines(root) };
  };
  return {
    draw(children: ReactNode, columns = 60) {
      screen.columns = columns;
      app.rerender(frame(children));
      return drawn();
    },
    drawn,
    unmount: () => app.unmount(),
  };
}

async function cells(output: string, columns: number): Promise<string> {
  const terminal = new xterm.Terminal({ cols: columns, rows: 16, allowProposedApi: true });
  await new Promise<void>(resolve => terminal.write(output.replaceAll('\n', '\r\n'), resolve));
  return JSON.stringify(gridOf(terminal));
}

const words = [
  'Quiet Pier',
  '雨の夜に走る電車と猫',
  'Paper 🏮',
  '새벽의',
  'לילה',
  '⣿⣿⣀⣀ 42%',
  '0:48 ',
  ' ',
  'x'.repeat(58),
];
const styles = [{}, { bold: true }, { dimColor: true }, { color: 'green' }, { color: '#ff8800', bold: true }] as const;

function lineFrom(random: () => number, key: number): ReactNode {
  const below = (limit: number) => Math.floor(random() * limit);
  const pieces = Array.from({ length: 1 + below(4) }, (_, place) => (
    <Text key={place} {...styles[below(styles.length)]}>
      {words[below(words.length)]}
    </Text>
  ));
  const text = (
    <Text key={key} wrap="truncate" inverse={below(6) === 0}>
      {pieces}
    </Text>
  );
  if (below(8) > 0) return text;
  // Such a line is not cut but wrapped: a short one.
  return (
    <Transform key={key} transform={line => `\u001b[4m${line}\u001b[24m`}>
      <Text {...styles[below(styles.length)]}>{words[0]}</Text>
    </Transform>
  );
}

describe('the renderer of lines', () => {
  it('draws what Ink draws, frame after frame', async () => {
    const random = randomFrom('lines');
    const below = (limit: number) => Math.floor(random() * limit);
    const beside = inkBeside();
    let lines = Array.from({ length: 8 }, (_, key) => lineFrom(random, key));
    for (let frame = 0; frame < 80; frame++) {
      lines = lines.map((line, key) => (below(3) === 0 ? lineFrom(random, key) : line));
      const columns = below(5) === 0 ? 12 + below(60) : 60;
      const [top, height] = [below(8), below(3)];
      const { ink, output, outputHeight } = beside.draw(
        <>
          {lines.slice(0, top)}
          <Box
            flexDirection="column"
            marginTop={below(2)}
            marginBottom={below(2)}
            {...(height === 0 ? {} : { height: lines.length - top + height })}
          >
            {lines.slice(top)}
          </Box>
          <Text>the last</Text>
        </>,
        columns,
      );
      expect(await cells(output, columns)).toBe(await cells(ink, columns));
      expect(outputHeight).toBe(ink.split('\n').length);
    }
    beside.unmount();
  });

  it('leaves a line alone that is as it was', async () => {
    const beside = inkBeside();
    const styled: string[] = [];
    const note = (line: string) => {
      styled.push(line);
      return line;
    };
    let setTime: (time: string) => void = () => undefined;
    const Clock = () => {
      const [time, set] = useState('20:01:07');
      setTime = set;
      return (
        <Transform transform={note}>
          <Text>{time}</Text>
        </Transform>
      );
    };
    beside.draw(
      <>
        <Clock />
        <Transform transform={note}>
          <Text>the others</Text>
        </Transform>
      </>,
    );
    setTime('20:01:08');
    await new Promise(resolve => setImmediate(resolve));
    styled.length = 0;
    expect(beside.drawn().output).toBe('20:01:08\nthe others');
    expect(styled).toEqual(['20:01:08']);
    beside.drawn();
    expect(styled).toEqual(['20:01:08']);
    beside.unmount();
  });

  it.each([
    ['padding', <Box key="b" flexDirection="column" paddingLeft={1} />],
    ['columns only', <Box key="b" />],
  ])('refuses a box that it would draw wrongly: %s', (said, box) => {
    const beside = inkBeside();
    expect(() => beside.draw(box)).toThrow(said);
    beside.unmount();
  });
});

describe('the layout of lines', () => {
  it('knows the width of the screen, and no style that the renderer does not draw', () => {
    const node = layout.Node.create();
    node.setWidth(80);
    expect(node.getComputedWidth()).toBe(80);
    expect('setPadding' in node).toBe(false);
  });
});
