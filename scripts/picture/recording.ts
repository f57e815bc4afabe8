// The built program in a pseudo-terminal, and the screens that it shows one after another.
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { screenOf, type Screen } from './cells.ts';
import { currentWidths } from './widths.ts';

/** A screen, and when it was there first, in milliseconds from the start of the program. */
export type Shot = { readonly at: number; readonly screen: Screen };

/** Something that is done while the program runs: keys, or whatever a function does. */
export type Act = { readonly at: number; readonly do: string | (() => void) };

type RecordingOptions = {
  readonly columns: number;
  readonly rows: number;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which the program is left. */
  readonly until: number;
  readonly acts?: readonly Act[];
};

/** Milliseconds without output after which a screen is whole. */
const quiet = 60;

/** Runs the program and resolves with every screen that it showed. */
export async function record({
  columns,
  rows,
  args,
  env,
  until,
  acts = [],
}: RecordingOptions): Promise<readonly Shot[]> {
  const home = await mkdtemp(join(tmpdir(), 'cliptop-picture-'));
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  terminal.unicode.register(currentWidths);
  terminal.unicode.activeVersion = currentWidths.version;
  const started = performance.now();
  const child = spawn(process.execPath, ['dist/cli.js', '--no-title', '--no-progress', ...args], {
    cols: columns,
    rows,
    name: 'xterm-256color',
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      LANG: 'C.UTF-8',
      ...env,
    },
  });
  const shots: Shot[] = [];
  let timer: NodeJS.Timeout | undefined;
  let firstByte = 0;
  const shoot = () => {
    timer = undefined;
    shots.push({ at: Math.round(firstByte - started), screen: screenOf(terminal) });
  };
  terminal.onData(reply => child.write(reply));
  child.onData(data => {
    if (timer === undefined) firstByte = performance.now();
    clearTimeout(timer);
    terminal.write(data, () => {
      clearTimeout(timer);
      timer = setTimeout(shoot, quiet);
    });
  });
  for (const { at, do: act } of acts) {
    setTimeout(() => {
      if (typeof act === 'string') child.write(act);
      else act();
    }, at);
  }
  await new Promise(resolve => setTimeout(resolve, until));
  if (timer !== undefined) shoot();
  const ended = new Promise(resolve => child.onExit(resolve));
  // Ctrl-c leaves whatever is open.
  child.write('\u0003');
  await ended;
  clearTimeout(timer);
  terminal.dispose();
  return shots;
}

/** What was on the screen at a time, in milliseconds from the start of the program. Throws when nothing was yet. */
export function screenAt(shots: readonly Shot[], at: number): Screen {
  const shot = shots.findLast(each => each.at <= at);
  if (shot === undefined) throw new Error(`nothing was on the screen after ${at} ms`);
  return shot.screen;
}
