import { existsSync } from 'node:fs';
import { lastName, listPath } from '../journal/journal.ts';
import type { Options } from '../options/options.ts';
import { Learning } from '../poll/learning.ts';
import { pacingLimits } from '../poll/pacing.ts';
import { defaultInterval } from '../poll/schedule.ts';
import { usualRange } from '../screen/pace.ts';
import { formatInterval } from '../text/duration.ts';
import { readList } from './lists.ts';

/** Lines about how often is asked, and what the saved list has taught. */
export function describePacing({ interval = 'auto', session }: Options, folder: string): readonly string[] {
  if (interval !== 'auto') return [`every ${formatInterval(interval)}`];
  const { min, max } = pacingLimits;
  const [least, most, unknown] = [min, max, defaultInterval].map(formatInterval);
  return [
    `auto: ${least ?? ''} to ${most ?? ''}, ${unknown ?? ''} while nothing is known`,
    ...learnedFrom(folder, session),
  ];
}

function learnedFrom(folder: string, session: string | undefined): readonly string[] {
  const path = listPath(folder, session ?? lastName);
  const tasks = existsSync(path) ? (readList(folder, path).tasks ?? []) : [];
  return [...Map.groupBy(tasks, ({ source }) => source)].flatMap(([source, group]) => {
    const learning = new Learning();
    learning.learn(group);
    return (learning.settle(0) ?? []).map(({ action, durations }) => {
      const range = usualRange(durations, false);
      const count = durations.seen.length;
      const from = `${count} of the saved list ${count === 1 ? 'has' : 'have'} ended`;
      return `${source} ${action ?? ''}: ${range === null ? `not known yet, ${from}` : `${range}, ${from}`}`;
    });
  });
}
