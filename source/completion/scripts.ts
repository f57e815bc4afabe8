import type { Shell } from '../options/flag.ts';
import { flags } from '../options/flags.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `--completion`: what a shell has to read so that it completes the command line of cliptop. */
export const completionScript = (shell: Shell): string => scripts[shell](flags);
