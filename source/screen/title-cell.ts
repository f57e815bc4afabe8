import { firstWords } from '../task/name.ts';
import { isFinal, isPreview, type Task } from '../task/task.ts';
import { cellWidth, truncate } from '../text/width.ts';
import type { Segment } from './segments.ts';
import type { Glyphs } from './theme.ts';

/** In cells: a title as narrow as this stands in a pane that has dropped the column of ids. */
const narrowTitle = 24;
/** In cells: less of a name than this tells nothing; and a column narrower than that has none of it to give away. */
const minName = 6;
const minTitle = 20;

/**
 * What is told of a task in its widest column: its title, or the reason of a failure, how many more clips there are
 * (`+1`), and whether one of them can be heard already. Where the column is too narrow for all of it the name gives way.
 */
export function titleCell(task: Task, glyphs: Glyphs, width: number): string | Segment {
  const more = task.clips.length > 1 ? ` +${task.clips.length - 1}` : '';
  const preview = task.clips.some(clip => isPreview(clip, task)) ? ` ${glyphs.separator} preview` : '';
  const withSigns = (name: string): string => {
    const all = more + preview;
    const fits = cellWidth(name) + cellWidth(all) <= width;
    const signs = fits || (width >= minTitle && width - cellWidth(all) >= minName) ? all : more;
    return truncate(name, width - cellWidth(signs), glyphs.ellipsis) + signs;
  };
  const title = task.clips[0]?.title ?? null;
  if (task.error !== null && task.status !== 'succeeded') {
    const { message } = task.error;
    // Nothing but its id tells a task apart that nobody knows; a narrow pane has no column for it.
    if (title === null && task.prompt === null && task.status !== 'failed') {
      const text = width < narrowTitle ? task.id : message;
      return { text, style: task.status === 'pending' ? 'muted' : 'text' };
    }
    const name = title ?? task.prompt ?? (task.status === 'partial' ? 'untitled' : null);
    return name === null ? message : `${name}${more}: ${message}`;
  }
  if (title !== null) return withSigns(title);
  // Untitled songs are told apart by the first line of their lyrics.
  const words = firstWords(task.clips[0]?.lyrics ?? null) ?? task.prompt ?? (isFinal(task.status) ? 'untitled' : '');
  return { text: words === '' ? '' : withSigns(words), style: 'muted' };
}
