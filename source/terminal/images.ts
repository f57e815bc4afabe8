import type { Capabilities } from './capabilities.ts';
import type { ImageChoice, ImageWay } from './choices.ts';
import { atLeast, type Detected } from './terminal-name.ts';

// Terminals that draw pictures by one of the two protocols, and since which version; '' where every version in use does.
// kitty's: https://sw.kovidgoyal.net/kitty/graphics-protocol; iTerm2's: https://iterm2.com/documentation-images.html.
// WezTerm has kitty's switched off by default; Konsole leaves iTerm2's where they were. Its 221200 is 22.12.
const drawers: Readonly<Record<string, { readonly way: 'kitty' | 'iterm2'; readonly since: string }>> = {
  kitty: { way: 'kitty', since: '' },
  Ghostty: { way: 'kitty', since: '' },
  Konsole: { way: 'kitty', since: '221200' },
  iTerm2: { way: 'iterm2', since: '3' },
  WezTerm: { way: 'iterm2', since: '' },
  mintty: { way: 'iterm2', since: '2.9' },
};

type Facts = {
  readonly choice: ImageChoice;
  readonly capabilities: Pick<Capabilities, 'terminal' | 'multiplexer' | 'ssh' | 'color' | 'screenReader' | 'unicode'>;
  /** Whether the screen has the terminal to itself: elsewhere nobody knows in which of its rows a cell is. */
  readonly altScreen: boolean;
  readonly ascii: boolean;
};

/** How covers are drawn, and why so. What was asked for holds where it can be done at all, blocks elsewhere. */
export function chooseImages({ choice, capabilities, altScreen, ascii }: Facts): Detected<ImageWay> {
  const { terminal, multiplexer, ssh, color, screenReader, unicode } = capabilities;
  if (choice === 'off') return { value: 'off', reason: '--images off' };
  const cannotDraw = !altScreen ? 'without the alternate screen' : null;
  // tmux takes kitty's for the title of the pane, and none of them leaves the picture where its cells are.
  const swallowed = multiplexer.value === null ? null : `${multiplexer.value} drops pictures`;
  if ((choice === 'kitty' || choice === 'iterm2') && swallowed === null) {
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
  if (swallowed !== null) return { value: 'blocks', reason: swallowed };
  const drawer = drawers[terminal.value.name];
  const { version } = terminal.value;
  if (drawer === undefined || !(drawer.since === '' || atLeast(version, drawer.since))) {
    return { value: 'blocks', reason: `${terminal.value.name} is not known for pictures` };
  }
  if (ssh.value) return { value: 'blocks', reason: 'pictures are too much for a line over SSH' };
  if (cannotDraw !== null) return { value: 'blocks', reason: cannotDraw };
  return { value: drawer.way, reason: terminal.value.name };
}
