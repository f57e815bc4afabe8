import {
  accountFooter,
  detailsFooter,
  keyLabel,
  logFooter,
  markedFooter,
  overlayFooter,
  tableFooter,
  type Binding,
} from '../keymap.ts';
import { hasFiles } from '../store/files.ts';
import { shownMarks, targetClips, targets } from '../store/selectors.ts';
import type { Overlay, State } from '../store/state.ts';
import { addressOf } from '../task/task.ts';
import { playingSegments } from './playing.ts';
import { justify, widthOf, type Segment, type StyledLine } from './segments.ts';
import type { Glyphs } from './theme.ts';

/** The marks, and the keys that apply here, with how many things each of them acts on; and at the right what plays. */
export function footerLine(state: State, keymap: readonly Binding[], glyphs: Glyphs): StyledLine {
  const marks = state.overlays.length === 0 ? marksPhrase(state) : '';
  const lead: readonly Segment[] = marks === '' ? [] : [{ text: marks, style: 'accent' }];
  const each = hints(state, keymap);
  const inARow = () => {
    const parts = [...(lead.length === 0 ? [] : [lead]), ...each];
    return parts.flatMap((part, index) => (index === 0 ? part : [betweenHints, ...part]));
  };
  const playing = playingSegments(state, glyphs);
  // The note is two cells wide on some terminals, and what goes past the last cell of the screen scrolls it.
  const spare = playing.length === 0 ? 0 : 1;
  const room = state.size.columns - spare - (playing.length === 0 ? 0 : widthOf(playing) + widthOf([betweenHints]));
  // As many whole hints as fit; the last one, the way to all the others, stays longest.
  while (each.length > 0 && widthOf(inARow()) > room) each.splice(each.length === 1 ? -1 : -2, 1);
  return { segments: justify(inARow(), playing, state.size.columns - spare, glyphs) };
}

/** `3 marked, 1 hidden mark`: a mark that the tab or the filter hides is never acted upon. */
function marksPhrase(state: State): string {
  const shown = shownMarks(state).length;
  const hidden = state.marks.size - shown;
  return [
    ...(shown > 0 ? [`${shown} marked`] : []),
    ...(hidden > 0 ? [`${hidden} hidden mark${hidden === 1 ? '' : 's'}`] : []),
  ].join(', ');
}

/** Where other keys apply than over most overlays. */
const footers: Partial<Readonly<Record<Overlay['kind'], readonly string[]>>> = {
  details: detailsFooter,
  account: accountFooter,
  log: logFooter,
};

const betweenHints: Segment = { text: '   ' };

function commandsNow(state: State): readonly string[] {
  const overlay = state.overlays.at(-1);
  if (overlay !== undefined) return footers[overlay.kind] ?? overlayFooter;
  const isMarking = state.anchor !== null;
  if (shownMarks(state).length > 0) return isMarking ? ['mark-range', ...markedFooter] : markedFooter;
  return tableFooter;
}

function hints(state: State, keymap: readonly Binding[]): (readonly Segment[])[] {
  return commandsNow(state).flatMap((command): (readonly Segment[])[] => {
    const binding = keymap.find(candidate => candidate.command === command);
    const key = binding?.keys[0];
    if (binding === undefined || key === undefined) return [];
    const word = wordNow(command, state) ?? binding.footer ?? command;
    const number = numberOf(command, state);
    // What is pressed all the same says why nothing comes of it.
    if (number === 0) return [];
    return [[{ text: keyLabel(key), style: 'strong' }, { text: ` ${word}${number === null ? '' : ` ${number}`}` }]];
  });
}

/** How many things a key acts on; null where that is not worth a word. A key that would act on nothing is left out. */
function numberOf(command: string, state: State): number | null {
  const marked = state.overlays.length === 0 && shownMarks(state).length > 0;
  const songs = () => targetClips(state).filter(({ clip }) => addressOf(clip) !== null).length;
  switch (command) {
    case 'copy-url':
      return marked ? songs() : songs() || null;
    case 'open':
      return marked ? songs() : null;
    case 'download':
      return marked ? targets(state).filter(task => hasFiles(task, state.savedKinds)).length : null;
    case 'remove':
      return marked ? targets(state).length : null;
    default:
      return null;
  }
}

/** The word for a key that does something else now than it usually does. */
function wordNow(command: string, state: State): string | undefined {
  const overlay = state.overlays.at(-1);
  if (command === 'pause' && state.paused) return 'resume';
  if (command === 'details' && overlay?.kind === 'details') return overlay.raw ? 'fields' : 'raw';
  if (command === 'details' && overlay?.kind === 'account') return 'add';
  if (command === 'details' && overlay?.kind === 'log') return 'go to the task';
  return undefined;
}
