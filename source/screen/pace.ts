import type { State } from '../store/state.ts';
import { isFinal } from '../task/task.ts';
import { formatInterval } from '../text/duration.ts';
import type { Glyphs } from './theme.ts';

/**
 * How often open tasks are asked about: `every 5s`, and `every 5s to 12s` where a long list takes a source longer; or
 * `auto 3–15s`, the shortest and the longest wait since something is open.
 */
export function pacePhrase(
  { interval, tasks, sources }: Pick<State, 'interval' | 'tasks' | 'sources'>,
  { ascii }: Pick<Glyphs, 'ascii'>,
): string {
  const busy = new Set(tasks.filter(({ status }) => !isFinal(status)).map(({ source }) => source));
  const asked = sources.filter(({ name }) => busy.has(name));
  if (interval === 'auto') {
    const waits = asked.flatMap(({ plan, roundTime }) =>
      plan === null ? (roundTime ?? []) : [plan.least, Math.max(plan.most, roundTime ?? 0)],
    );
    const [least, most] = rangeOf(waits.map(wait => Math.round(wait / 1000) * 1000));
    if (least === undefined) return 'auto';
    if (most === undefined) return `auto ${formatInterval(least)}`;
    const [from, to] = [formatInterval(least), formatInterval(most)];
    // Two of one unit say it once.
    return `auto ${most < 60_000 ? from.replace('s', '') : from}${ascii ? '-' : '–'}${to}`;
  }
  if (sources.every(({ roundTime }) => roundTime === null)) return `every ${formatInterval(interval)}`;
  const range = rangeOf(asked.map(({ roundTime }) => roundTime ?? interval));
  return `every ${(range.length === 0 ? [interval] : range).map(formatInterval).join(' to ')}`;
}

/** The least and the most of them; only one where they are the same, and none of none. */
function rangeOf(times: readonly number[]): readonly number[] {
  if (times.length === 0) return [];
  const [least, most] = [Math.min(...times), Math.max(...times)];
  return least === most ? [least] : [least, most];
}
