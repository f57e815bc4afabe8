import { defaultTargetDelay } from '../poll/pacing.ts';
import type { Poller } from '../poll/poller.ts';
import { formatInterval } from '../text/duration.ts';
import type { CommandContext, Handlers } from './context.ts';

/** The polling intervals that `+` and `-` step through, in milliseconds. */
const intervals = [1, 2, 3, 5, 10, 15, 30, 60, 120, 300, 600].map(seconds => seconds * 1000);
/** Where they are learned: for how long ends may go unnoticed in the mean. */
const targetDelays = [1000, defaultTargetDelay, 3000, 4000, 5000, 6000];

/** The commands that change how often is asked: the interval, or what a learned one aims at. */
export function paceCommands(
  { state, dispatch, info, warn, key }: CommandContext,
  poller: Pick<Poller, 'setInterval' | 'setTargetDelay'>,
): Handlers {
  const onceResumed = () => (state().paused ? `, once ${key('pause')} resumes` : '');

  const changeInterval = (current: number, step: 1 | -1) => {
    const next = nextOf(intervals, current, step);
    if (next === undefined) {
      warn(`${formatInterval(current)} is the ${step > 0 ? 'longest' : 'shortest'} interval`);
      return;
    }
    poller.setInterval(next);
    dispatch({ type: 'interval', interval: next });
    info(`every ${formatInterval(next)}${onceResumed()}`);
  };

  const changeTarget = (step: 1 | -1) => {
    const current = state().targetDelay;
    const next = nextOf(targetDelays, current, step);
    if (next === undefined) {
      warn(`auto: ends known ${about(current)} late is ${step > 0 ? 'the seldomest' : 'the soonest'} it asks for`);
      return;
    }
    poller.setTargetDelay(next);
    dispatch({ type: 'target-delay', targetDelay: next });
    const cost = step > 0 ? 'fewer requests' : 'more requests';
    info(`auto: ${cost}, ends known ${about(next)} late${onceResumed()}`);
  };

  const change = (step: 1 | -1) => {
    const { interval } = state();
    if (interval === 'auto') changeTarget(step);
    else changeInterval(interval, step);
  };
  return { slower: () => change(1), faster: () => change(-1) };
}

/** The next longer of some times, or the next shorter; undefined: there is none. */
const nextOf = (times: readonly number[], current: number, step: 1 | -1): number | undefined =>
  step > 0 ? times.find(time => time > current) : times.findLast(time => time < current);

const about = (milliseconds: number): string => `about ${formatInterval(Math.round(milliseconds / 1000) * 1000)}`;
