import type { Binding } from '../keymap.ts';
import { wordMatcher } from '../store/filter.ts';
import { findTask } from '../store/selectors.ts';
import type { Overlay, State } from '../store/state.ts';
import { bodyHeight } from '../store/viewport.ts';
import { nameOf } from '../task/name.ts';
import { truncate, wrap } from '../text/width.ts';
import { accountLines } from './account.ts';
import { chooserLines } from './chooser.ts';
import { detailLines, rawLines } from './details.ts';
import { helpLines } from './help.ts';
import { allLogLines, logLines } from './log.ts';
import { nothingLine } from './nothing.ts';
import { paletteLines } from './palette.ts';
import { cutSegments, justify, oneBroken, plainText, type StyledLine } from './segments.ts';
import type { Glyphs } from './theme.ts';

/** What is drawn of the topmost overlay: its title and all its lines that its filter leaves, scrolled away or not. */
export function overlayContent(
  overlay: Overlay,
  state: State,
  keymap: readonly Binding[],
  glyphs: Glyphs,
): { readonly title: string; readonly lines: readonly StyledLine[] } {
  const { filter = '' } = overlay;
  const { title, lines } = filteredContent(overlay, { filter, state, keymap, glyphs });
  const nothing = lines.length === 0 && filter !== '';
  const what = overlay.kind === 'help' ? 'no key' : undefined;
  return { title, lines: nothing ? [nothingLine(filter, state, glyphs, what)] : lines };
}

type Context = {
  readonly filter: string;
  readonly state: State;
  readonly keymap: readonly Binding[];
  readonly glyphs: Glyphs;
};

function filteredContent(overlay: Overlay, { filter, state, keymap, glyphs }: Context) {
  const cells = state.size.columns;
  const matching = (lines: readonly StyledLine[]) => (filter === '' ? lines : matchingLines(lines, filter));
  switch (overlay.kind) {
    case 'details': {
      const task = findTask(state, overlay.key);
      if (task === undefined) return { title: 'details', lines: [] };
      const lines = overlay.raw ? rawLines(task, cells) : detailLines(task, state, glyphs, cells);
      return { title: nameOf(task), lines: matching(lines) };
    }
    case 'help':
      return { title: 'help', lines: helpLines(keymap, filter, glyphs, cells) };
    case 'log':
      return { title: 'event log', lines: allLogLines(overlay, state, glyphs) };
    // These are drawn by functions of their own, and they are not scrolled but moved in.
    case 'palette':
    case 'account':
    case 'choose':
      return { title: overlay.kind, lines: [] };
    case 'text':
      return { title: overlay.title, lines: matching(overlay.lines.flatMap(line => selectable(line, cells))) };
  }
}

/** The lines with the words of a filter. What was broken into several is sought as a whole and kept as a whole. */
function matchingLines(lines: readonly StyledLine[], filter: string): readonly StyledLine[] {
  const matches = wordMatcher(filter);
  const wholes: StyledLine[][] = [];
  for (const line of lines) {
    const whole = line.continues === true ? wholes.at(-1) : undefined;
    if (whole === undefined) wholes.push([line]);
    else whole.push(line);
  }
  return wholes
    .filter(whole => {
      const texts = whole.map(plainText);
      // A word of an address may have been broken, too.
      return matches(texts.join('\n')) || matches(texts.join(''));
    })
    .flat();
}

/** The visible part of an overlay: its title, with its filter and the place in it, and the lines below. */
export type OverlayLines = { readonly heading: StyledLine; readonly lines: readonly StyledLine[] };

export function overlayLines(overlay: Overlay, state: State, keymap: readonly Binding[], glyphs: Glyphs): OverlayLines {
  if (overlay.kind === 'palette') return paletteLines(overlay, state, keymap, glyphs);
  if (overlay.kind === 'log') return logLines(overlay, state, glyphs);
  if (overlay.kind === 'choose') return chooserLines(overlay, state, glyphs);
  if (overlay.kind === 'account') return accountLines(overlay, state, glyphs);
  const { title, lines } = overlayContent(overlay, state, keymap, glyphs);
  const { columns } = state.size;
  const height = bodyHeight(state);
  const top = Math.min(state.scroll, Math.max(0, lines.length - height));
  const place = [
    ...(overlay.filter ? [`/${truncate(overlay.filter, 20, glyphs.ellipsis)}`] : []),
    ...(lines.length > height ? [`${top + 1}-${Math.min(lines.length, top + height)} of ${lines.length}`] : []),
  ].join('  ');
  return {
    heading: {
      segments: justify([{ text: title, style: 'strong' }], [{ text: place, style: 'accent' }], columns, glyphs),
    },
    lines: lines.slice(top, top + height).map(({ segments }) => ({ segments: cutSegments(segments, columns, glyphs) })),
  };
}

/** A line to be selected by hand, whole however long it is; an address is a link, too. */
function selectable(line: string, cells: number): readonly StyledLine[] {
  const link = /^https?:\/\//.test(line) ? { link: line } : {};
  return oneBroken(wrap(line, cells).map(text => ({ segments: [{ text, ...link }] })));
}
