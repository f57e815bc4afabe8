import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../source/simulator/simulator.ts';
import { Terminal, type TerminalOptions } from './terminal.ts';

export const cli = join(import.meta.dirname, '../dist/cli.js');

/** The home of the measured programs; removed when the bench ends. */
export const folder = mkdtempSync(join(tmpdir(), 'cliptop-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** An environment in which cliptop requests only the simulated API, if any, and has its files in `folder`. */
export const environment = (simulator?: Simulator): Readonly<Record<string, string>> => ({
  HOME: folder,
  XDG_CACHE_HOME: join(folder, 'cache'),
  XDG_CONFIG_HOME: join(folder, 'config'),
  XDG_STATE_HOME: join(folder, 'state'),
  LANG: 'C.UTF-8',
  CI: '',
  CCAPI_API_KEY: simulator?.token ?? 'token',
  CCAPI_BASE_URL: simulator?.fetchBaseUrl ?? 'http://127.0.0.1:9',
});

/** Starts the built program in a pseudo-terminal. */
export const startCliptop = (
  args: readonly string[],
  {
    simulator,
    program = cli,
    ...options
  }: TerminalOptions & { readonly simulator?: Simulator; readonly program?: string } = {},
): Terminal =>
  new Terminal(process.execPath, [program, '--no-save', ...args], { ...options, env: environment(simulator) });

/** The end of a synchronized update, and so of the first frame. */
export const frameEnd = '\u001b[?2026l';
