import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import type { Environment } from './terminal-name.ts';

/** How players that need no window are started, the most able first. Without a window ffplay reads no keys, and mpg123 reads them only with `-C`. */
const players: readonly (readonly string[])[] = [
  ['mpv', '--no-video'],
  ['ffplay', '-nodisp', '-autoexit', '-hide_banner'],
  ['mpg123', '-C'],
];

/** Exit codes of mpv and ffplay when ctrl-c has ended them. */
const interrupted: ReadonlySet<number | null> = new Set([4, 123]);

/** Whether a player has done its work, as far as the person wanted it, rather than failed to play. */
export const hasPlayed = (code: number | null): boolean => code === 0 || code === null || interrupted.has(code);

/** The first of the known players that is installed: a program of that name in a folder of `PATH`. */
export const installedPlayer = (env: Environment, platform: NodeJS.Platform): readonly string[] | null =>
  players.find(([name = '']) => installedProgram(name, env, platform)) ?? null;

/** Whether a program of this name is in a folder of `PATH`. */
export function installedProgram(name: string, env: Environment, platform: NodeJS.Platform): boolean {
  const path = platform === 'win32' ? win32 : posix;
  const file = platform === 'win32' ? `${name}.exe` : name;
  const folders = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter(folder => path.isAbsolute(folder));
  return folders.some(folder => isProgram(path.join(folder, file)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
