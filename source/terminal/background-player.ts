import { installedProgram } from './installed-player.ts';
import { splitCommand } from './player-command.ts';
import type { Environment } from './terminal-name.ts';

/** The name of a program without its folder. */
const baseName = (command: string): string =>
  (command.split(/[\\/]/).at(-1) ?? '').replace(/\.exe$/i, '').toLowerCase();

/**
 * The words that start a player in the background: what `--player` names where that is mpv, else the installed mpv.
 * Throws an Error with what to tell the person.
 */
export function choosePlayer(
  named: string | null,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): readonly string[] {
  const words = named === null ? null : splitCommand(named, platform);
  if (words !== null && baseName(words[0] ?? '') === 'mpv') return words;
  if (installedProgram('mpv', env, platform)) return ['mpv'];
  throw new Error('no player is installed that can play here: install mpv');
}
