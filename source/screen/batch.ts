import { batchPercent, timeLeft, totalsOfList } from '../store/estimate.ts';
import { countByStatus, countEnded } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import type { Status } from '../task/task.ts';
import { formatClock } from '../text/duration.ts';
import type { Segment } from './segments.ts';
import type { Glyphs, Style } from './theme.ts';

/** The parts of the bar over the whole list, from its left end. */
const parts: readonly { readonly statuses: readonly Status[]; readonly style: Style }[] = [
  { statuses: ['succeeded'], style: 'success' },
  { statuses: ['partial'], style: 'warning' },
  { statuses: ['failed', 'missing'], style: 'failure' },
  { statuses: ['running'], style: 'accent' },
  { statuses: ['queued', 'pending'], style: 'muted' },
];

/** The whole list as one bar: done, partial, failed, running, waiting, each with a sign of its own. */
export function batchBar({ tasks }: Pick<State, 'tasks'>, cells: number, glyphs: Glyphs): readonly Segment[] {
  const counts = countByStatus(tasks);
  const sizes = shares(
    parts.map(({ statuses }) => statuses.reduce((sum, status) => sum + counts[status], 0)),
    cells,
  );
  return parts.flatMap(({ style }, index) => {
    const size = sizes[index] ?? 0;
    return size === 0 ? [] : [{ text: (glyphs.batch[index] ?? '').repeat(size), style }];
  });
}

/** So many cells among counts: one at least for each that is not 0, and the rest in proportion. */
function shares(counts: readonly number[], cells: number): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts;
  const sizes = counts.map(count => (count === 0 ? 0 : Math.max(1, Math.floor((count / total) * cells))));
  const ideal = (index: number) => ((counts[index] ?? 0) / total) * cells;
  const sum = () => sizes.reduce((all, size) => all + size, 0);
  const indexes = [...sizes.keys()];
  while (sum() !== cells) {
    const step = Math.sign(cells - sum());
    // The one that is farthest from its share takes or gives the cell.
    const candidates = indexes.filter(index => (step > 0 ? counts[index] !== 0 : (sizes[index] ?? 0) > 1));
    const need = (index: number) => step * (ideal(index) - (sizes[index] ?? 0));
    const [first = 0, ...others] = candidates;
    const chosen = others.reduce((best, index) => (need(index) > need(best) ? index : best), first);
    sizes[chosen] = (sizes[chosen] ?? 0) + step;
  }
  return sizes;
}

/** `7 of 12`: how many have ended. */
export const endedCount = ({ tasks }: Pick<State, 'tasks'>): string => `${countEnded(tasks)} of ${tasks.length}`;

/** `58%` of the whole list. */
export const percentPhrase = (state: State): string => `${batchPercent(state)}%`;

/** `about 0:40 left`, `~0:40 left` where it is a guess, and null without a ground for either. */
export function leftPhrase(state: State): string | null {
  const estimate = timeLeft(state);
  if (estimate === null) return null;
  const clock = formatClock(estimate.left);
  return estimate.guess ? `~${clock} left` : `about ${clock} left`;
}

/** Whether there are tasks and all of them have ended, those included that the API does not know. */
const hasEnded = ({ tasks }: Pick<State, 'tasks'>): boolean => tasks.length > 0 && countEnded(tasks) === tasks.length;

/**
 * `12 ended: 10 songs, 1 in part, 1 failed, 24:31 of audio, in 0:34`, in as many forms as there are, the longest first;
 * empty as long as anything is open.
 */
export function endSentences({ tasks }: Pick<State, 'tasks'>): readonly string[] {
  if (!hasEnded({ tasks })) return [];
  const counts = countByStatus(tasks);
  const isMusic = tasks.every(({ source, status }) => status !== 'succeeded' || /\/(producer|suno)$/.test(source));
  const kinds = [
    [counts.succeeded, isMusic ? (counts.succeeded === 1 ? 'song' : 'songs') : 'done'],
    [counts.partial, 'in part'],
    [counts.failed, 'failed'],
    [counts.missing, 'missing'],
  ] as const;
  const said = kinds.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const { audio, took } = totalsOfList(tasks);
  const heard = audio === 0 ? [] : [`${formatClock(audio)} of audio`];
  const time = took === null ? [] : [`in ${formatClock(took)}`];
  const start = `${tasks.length} ended: `;
  return [[...said, ...heard, ...time], [...said, ...heard], said].map(each => start + each.join(', '));
}
