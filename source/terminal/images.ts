import type { Capabilities } from './capabilities.ts';
import type { ImageChoice, ImageWay } from './choices.ts';
import type { Detected } from './terminal-name.ts';

type Facts = {
  readonly choice: ImageChoice;
  readonly capabilities: Pick<Capabilities, 'pictures' | 'multiplexer' | 'ssh' | 'color' | 'screenReader' | 'unicode'>;
  /** Whether the screen has the terminal to itself: elsewhere nobody knows in which of its rows a cell is. */
  readonly altScreen: boolean;
  readonly ascii: boolean;
};

/** How covers are drawn, and why so. What was asked for holds where it can be done at all, blocks elsewhere. */
export function chooseImages({ choice, capabilities, altScreen, ascii }: Facts): Detected<ImageWay> {
  const { pictures, multiplexer, ssh, color, screenReader, unicode } = capabilities;
  if (choice === 'off') return { value: 'off', reason: '--images off' };
  const cannotDraw = !altScreen ? 'without the alternate screen' : null;
  // tmux takes kitty's for the title of the pane, and none of them leaves the picture where its cells are.
  if ((choice === 'kitty' || choice === 'iterm2') && multiplexer.value === null) {
    return cannotDraw === null
      ? { value: choice, reason: `--images ${choice}` }
      : { value: 'off', reason: `${choice} does not go ${cannotDraw}` };
  }
  // A block is two colours and nothing else.
  if (color.value === 0) return { value: 'off', reason: `no colours: ${color.reason}` };
  if (ascii || !unicode.value) return { value: 'off', reason: 'plain signs only' };
  if (choice === 'blocks') return { value: 'blocks', reason: '--images blocks' };
  if (screenReader.value) return { value: 'off', reason: screenReader.reason };
  if (color.value < 2) return { value: 'off', reason: `16 colours: ${color.reason}` };
  if (pictures.value === null) return { value: 'blocks', reason: pictures.reason };
  if (ssh.value) return { value: 'blocks', reason: 'pictures are too much for a line over SSH' };
  if (cannotDraw !== null) return { value: 'blocks', reason: cannotDraw };
  return { value: pictures.value, reason: pictures.reason };
}
