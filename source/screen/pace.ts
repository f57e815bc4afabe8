import { openSources } from '../store/open-sources.ts';
import type { State } from '../store/state.ts';
import { noDurations, quantile, type Durations } from '../task/durations.ts';
import { isEnded, kindOf, type Task } from '../task/task.ts';
import { formatClock, formatInterval, formatTime } from '../text/duration.ts';
import type { Glyphs } from './theme.ts';

/**
 * How often open tasks are asked about: `every 5s`, and `every 5s to 12s` where a long list takes a source longer; or
 * `auto 3–15s`, the shortest and the longest wait since something is open.
 */
export function pacePhrase(
  { interval, tasks, sources }: Pick<State, 'interval' | 'tasks' | 'sources'>,
  { ascii }: Pick<Glyphs, 'ascii'>,
): string {
  const open = openSources(tasks);
  const asked = sources.filter(({ name }) => open.has(name));
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

/**
 * When an open task is asked about next, and why then: `at 20:01:14, after 7s: music takes 0:31–0:44 here`. null: at a fixed
 * interval, or not with the others, or not before its source answers.
 */
export function nextLookPhrase(
  task: Task,
  { sources, learned, paused }: Pick<State, 'sources' | 'learned' | 'paused'>,
  { ascii }: Pick<Glyphs, 'ascii'>,
): string | null {
  const { plan = null, health } = sources.find(({ name }) => name === task.source) ?? {};
  // While a source is failing its health says when it is asked.
  if (plan === null || health?.state !== 'ok' || paused || isEnded(task.status) || task.stalled) return null;
  const durations = learned.get(kindOf(task)) ?? noDurations;
  const range = usualRange(durations, ascii);
  const usual = range === null ? [] : [`${task.action ?? 'such a task'} takes ${range} here`];
  const slowed = plan.slowed === true ? ['callbacks tell of ends meanwhile'] : [];
  const rhythm = plan.period === null ? [] : [`the relay updates its rows each ${formatInterval(plan.period)}`];
  const reasons = plan.reason === 'unknown' ? ['too few have ended to tell how long they take'] : [...rhythm, ...usual];
  const because = [...slowed, ...reasons];
  const when = `at ${formatTime(plan.nextAt)}, after ${formatInterval(Math.round(plan.wait / 1000) * 1000)}`;
  return because.length === 0 ? when : `${when}: ${because.join('; ')}`;
}

/** `0:31–0:44`: what eight of ten tasks take. null: too few have ended. */
export function usualRange(durations: Durations, ascii: boolean): string | null {
  const [from, to] = [quantile(durations, 0.1), quantile(durations, 0.9)];
  return from === null || to === null ? null : `${formatClock(from)}${ascii ? '-' : '–'}${formatClock(to)}`;
}

/** The least and the most of them; only one where they are the same, and none of none. */
function rangeOf(times: readonly number[]): readonly number[] {
  if (times.length === 0) return [];
  const [least, most] = [Math.min(...times), Math.max(...times)];
  return least === most ? [least] : [least, most];
}
