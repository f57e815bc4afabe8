import { accountFooter, detailsFooter, keyLabel, overlayFooter, tableFooter, type Binding } from '../keymap.ts';
import type { Flash, Overlay, State } from '../store/state.ts';
import { printable } from './prompt.ts';
import { cutSegments, widthOf, type Segment, type StyledLine } from './segments.ts';
import type { Glyphs, Style } from './theme.ts';

const flashStyles: Readonly<Record<Flash['level'], Style>> = { info: 'success', warning: 'warning', error: 'failure' };

/** What just happened, else the keys that apply here. */
export function footerLine(state: State, keymap: readonly Binding[], glyphs: Glyphs): StyledLine {
  const { flash, size } = state;
  const segments: readonly Segment[] =
    flash === null ? hints(state, keymap) : [{ text: printable(flash.text), style: flashStyles[flash.level] }];
  return { segments: cutSegments(segments, size.columns, glyphs) };
}

/** Where other keys apply than over most overlays. */
const footers: Partial<Readonly<Record<Overlay['kind'], readonly string[]>>> = {
  details: detailsFooter,
  account: accountFooter,
};

const betweenHints: Segment = { text: '   ' };

/** As many whole hints as fit; the last one, the way to all the others, always stays. */
function hints(state: State, keymap: readonly Binding[]): readonly Segment[] {
  const overlay = state.overlays.at(-1);
  const commands = overlay === undefined ? tableFooter : (footers[overlay.kind] ?? overlayFooter);
  const each = commands.flatMap((command): (readonly Segment[])[] => {
    const binding = keymap.find(candidate => candidate.command === command);
    const key = binding?.keys[0];
    if (binding === undefined || key === undefined) return [];
    const word = wordNow(command, state.paused, overlay) ?? binding.footer ?? command;
    return [[{ text: keyLabel(key), style: 'strong' }, { text: ` ${word}` }]];
  });
  const inARow = () => each.flatMap((hint, index) => (index === 0 ? hint : [betweenHints, ...hint]));
  while (each.length > 1 && widthOf(inARow()) > state.size.columns) each.splice(-2, 1);
  return inARow();
}

/** The word for a key that does something else now than it usually does. */
function wordNow(command: string, paused: boolean, overlay: Overlay | undefined): string | undefined {
  if (command === 'pause' && paused) return 'resume';
  if (command === 'details' && overlay?.kind === 'details') return overlay.raw ? 'fields' : 'raw';
  return undefined;
}
