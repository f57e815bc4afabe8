import type { Prompt } from '../store/state.ts';
import { printable } from '../text/printable.ts';
import { cellWidth, take, takeEnd } from '../text/width.ts';
import type { StyledLine } from './segments.ts';

const labels: Readonly<Record<Prompt['kind'], string>> = {
  add: 'add ids: ',
  filter: '/',
  player: 'open with: ',
  folder: 'save in: ',
  export: 'write to: ',
  help: 'help /',
  log: 'log /',
  details: 'details /',
  choose: 'clips /',
  text: 'lines /',
  palette: ':',
  account: 'tasks /',
};

/** The line being typed, and the cell of the cursor in it. */
type PromptLine = { readonly line: StyledLine; readonly cursor: number };

/**
 * A window of the typed text around the cursor; of a paste of thousands of ids only the end is drawn. What is offered is dim
 * until something is done to it.
 */
export function promptLine({ kind, line, offered = false }: Prompt, columns: number): PromptLine {
  const label = labels[kind];
  const room = Math.max(1, columns - label.length - 1);
  const before = printable(line.text.slice(Math.max(0, line.cursor - columns), line.cursor));
  const shownBefore = takeEnd(before, room);
  const after = printable(line.text.slice(line.cursor, line.cursor + columns));
  const text = shownBefore + take(after, room - cellWidth(shownBefore));
  return {
    line: { segments: [{ text: label, style: 'strong' }, offered ? { text, style: 'muted' } : { text }] },
    cursor: label.length + cellWidth(shownBefore),
  };
}
