import { firstWords } from '../task/name.ts';
import { isFinal, isPreview, type Task } from '../task/task.ts';
import { cellWidth, truncate } from '../text/width.ts';
import type { Segment } from './segments.ts';
import type { Glyphs } from './theme.ts';

/** In cells: a title as narrow as this has no room for both the id and the reason of a task that nobody knows. */
const narrowTitle = 24;
/** In cells: less of a name than this does not tell two songs apart, so that a sign behind it gives way. */
const minName = 10;

/**
 * In cells: so much of a name stays before the reason of a failure while the row has columns to give away, and the least
 * of it that stays in any row.
 */
const nameBeforeReason = 16;
const leastBeforeReason = 8;

/**
 * What is told of a task in its widest column: its title, or the reason of a failure, how many more clips there are
 * (`+1`), and whether one of them can be heard already. Where the column is too narrow for all of it the name gives way.
 * A task without a name is called by its id where no column shows that.
 */
export function titleCell(task: Task, glyphs: Glyphs, width: number, { showsId = true } = {}): string | Segment {
  const signs = task.clips.some(clip => isPreview(clip, task)) ? ` ${glyphs.separator} preview` : '';
  const withSigns = (name: string): string => {
    const more = moreClips(task);
    // That it can be heard already is worth more than how many there are.
    const shown = [more + signs, signs].find(sign => {
      const left = width - cellWidth(sign);
      return left >= minName || left >= cellWidth(name);
    });
    const kept = shown ?? more;
    return truncate(name, width - cellWidth(kept), glyphs.ellipsis) + kept;
  };
  const { name, reason } = wordsOf(task);
  if (reason !== null) {
    const withReason = (words: string): string => {
      const ends = [`${moreClips(task)}: ${reason}`, `: ${reason}`];
      // How many more clips there are goes before the end of the reason.
      const least = Math.min(cellWidth(words), leastBeforeReason);
      const end = ends.find(each => least + cellWidth(each) <= width) ?? ends[0] ?? '';
      return truncate(words, Math.max(leastBeforeReason, width - cellWidth(end)), glyphs.ellipsis) + end;
    };
    if (name !== null) return withReason(name);
    if (task.status === 'failed') return reason;
    // Nothing but its id tells a task apart that nobody knows.
    const text = showsId ? reason : width < narrowTitle ? task.id : withReason(task.id);
    return { text, style: task.status === 'pending' ? 'muted' : 'text' };
  }
  if (typeof task.clips[0]?.title === 'string') return withSigns(name ?? '');
  if (name === null) return { text: showsId ? '' : task.id, style: 'muted' };
  return { text: withSigns(name), style: 'muted' };
}

/**
 * In cells: what a row needs to give the reason of a failure whole, with the start of its name, or with the `least` of
 * it. Null: it has none.
 */
export function reasonWidth(task: Task, { showsId = true, least = false } = {}): number | null {
  const { name, reason } = wordsOf(task);
  if (reason === null) return null;
  if (name === null && (showsId || task.status === 'failed')) return cellWidth(reason);
  const most = least ? leastBeforeReason : nameBeforeReason;
  return Math.min(cellWidth(name ?? task.id), most) + cellWidth(`${moreClips(task)}: ${reason}`);
}

/** Whether nothing is known that a task could be called by but its id. */
export function isNameless(task: Task): boolean {
  const { name, reason } = wordsOf(task);
  return name === null && reason === null;
}

const moreClips = ({ clips }: Task): string => (clips.length > 1 ? ` +${clips.length - 1}` : '');

function wordsOf(task: Task): { readonly name: string | null; readonly reason: string | null } {
  const title = task.clips[0]?.title ?? null;
  if (task.error !== null && task.status !== 'succeeded') {
    const name = title ?? task.prompt ?? (task.status === 'partial' ? 'untitled' : null);
    return { name, reason: task.error.message };
  }
  // Untitled songs are told apart by the first line of their lyrics.
  const words = firstWords(task.clips[0]?.lyrics ?? null) ?? task.prompt;
  return { name: title ?? words ?? (isFinal(task.status) ? 'untitled' : null), reason: null };
}
