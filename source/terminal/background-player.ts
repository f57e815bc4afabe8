import { installedProgram } from './installed-player.ts';
import { fillCommand, isScripted, programName, splitCommand } from './player-command.ts';
import type { Environment } from './terminal-name.ts';

/** A player for the background: its name, and how it is started. */
type BackgroundPlayer =
  /** It is told over a socket what to play. */
  | { readonly kind: 'mpv'; readonly words: readonly string[] }
  /** It is started for each song. */
  | {
      readonly kind: 'process';
      readonly name: string;
      /** Whether it writes where it is on standard error. */
      readonly tellsPosition: boolean;
      /** Program and arguments for a file or an address. Throws an Error with what to tell the person. */
      readonly commandFor: (source: string) => readonly string[];
    };

/** Most able first. */
const known = ['mpv', 'ffplay', 'afplay'] as const;

/**
 * The player for songs in the background: what `--player` names where it is one of the known ones, else the most able one
 * that is installed, else whatever `--player` names. Throws an Error with what to tell the person.
 */
export function choosePlayer(
  named: string | null,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): BackgroundPlayer {
  const words = named === null || named.trim() === '' ? null : splitCommand(named, platform);
  if (named !== null && words === null && named.trim() !== '')
    throw new Error(`the player has an open quote: ${named}`);
  const program = words?.[0] === undefined ? null : programName(words[0]);
  const installed = known.find(name => name === program) ?? known.find(name => installedProgram(name, env, platform));
  const own = program === installed ? words : null;
  switch (installed) {
    case 'mpv':
      return { kind: 'mpv', words: own ?? ['mpv'] };
    case 'ffplay':
      return {
        kind: 'process',
        name: 'ffplay',
        tellsPosition: true,
        commandFor: source => [...(own ?? ['ffplay']), ...ffplayArguments, source],
      };
    case 'afplay':
      return { kind: 'process', name: 'afplay', tellsPosition: false, commandFor: afplayCommand(own ?? ['afplay']) };
    case undefined:
      if (words === null || program === null) throw new Error('no player is installed that can play here: install mpv');
      if (isScripted(words)) throw new Error('the address cannot be put into a script: write sh -c \'mpv "$1"\' sh');
      return {
        kind: 'process',
        name: program,
        tellsPosition: false,
        commandFor: source => fillCommand(words, source),
      };
  }
}

const ffplayArguments = ['-nodisp', '-autoexit', '-hide_banner', '-loglevel', 'error', '-stats'];

const afplayCommand = (words: readonly string[]) => (source: string) => {
  if (/^https?:/.test(source)) throw new Error('afplay plays saved files only: save it, or install mpv');
  return [...words, source];
};
