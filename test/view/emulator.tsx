import xterm from '@xterm/headless';
import { render } from 'ink';
import type { ReactNode } from 'react';
import { gridOf, type Cell } from '../../bench/segment-diff.ts';
import { compactStream } from '../../source/terminal/compact-stream.ts';
import { FakeKeyboard } from '../soak/fake-screen.ts';
import { TerminalStream } from '../helpers/terminal-stream.ts';

/** A text that a terminal shows as a link. */
export type ShownLink = { readonly url: string; readonly text: string };

/** What a terminal emulator makes of a tree that Ink draws, with the bytes as the program sends them. */
export async function emulate(tree: ReactNode, size: { readonly columns: number; readonly rows: number }) {
  const terminal = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
  const links: ShownLink[] = [];
  let from: { url: string; x: number; y: number } | undefined;
  const lineText = (y: number, x: number, end?: number) =>
    terminal.buffer.active.getLine(terminal.buffer.active.baseY + y)?.translateToString(true, x, end) ?? '';
  terminal.parser.registerOscHandler(8, data => {
    const { cursorX: x, cursorY: y } = terminal.buffer.active;
    const url = data.slice(data.indexOf(';') + 1);
    if (url !== '') from = { url, x, y };
    else if (from !== undefined)
      links.push({ url: from.url, text: lineText(from.y, from.x, y === from.y ? x : undefined) });
    return false;
  });
  const stream = new TerminalStream(bytes => terminal.write(bytes.replaceAll('\n', '\r\n')), size);
  const app = render(tree, {
    stdout: compactStream(stream as unknown as NodeJS.WriteStream),
    stdin: new FakeKeyboard().stream,
    exitOnCtrlC: false,
    patchConsole: false,
    incrementalRendering: true,
    interactive: true,
    alternateScreen: true,
  });
  await app.waitUntilRenderFlush();
  await new Promise<void>(resolve => terminal.write('', resolve));
  const grid = gridOf(terminal);
  app.unmount();
  terminal.dispose();
  const lines = grid.map(line =>
    line
      .map(({ text, width }) => (width === 0 ? '' : text))
      .join('')
      .trimEnd(),
  );
  /** The cell at which a text starts. */
  const cellOf = (text: string): Cell | undefined => {
    const y = lines.findIndex(line => line.includes(text));
    return grid[y]?.filter(({ width }) => width > 0)[lines[y]?.indexOf(text) ?? -1];
  };
  return { grid, lines, links, cellOf };
}
