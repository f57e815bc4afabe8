import { describe, expect, it } from 'vitest';
import type { AutoPlan, HealthState } from '../../source/poll/events.ts';
import { nextLookPhrase, pacePhrase } from '../../source/screen/pace.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import type { State } from '../../source/store/state.ts';
import { noDurations, withDuration } from '../../source/task/durations.ts';
import { formatTime } from '../../source/text/duration.ts';
import { after, health, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const at = 1_760_000_000_000;
const glyphs = glyphsFor(false);

describe('how often tasks are asked about', () => {
  const pace = (...roundTimes: readonly (number | null)[]) => {
    const sources = roundTimes.map((_, index) => `ccapi/${index}`);
    const state = watching(sources.map(source => task({ source, id: `task_${source}`, status: 'running' })));
    return pacePhrase(
      roundTimes.reduce(
        (before: State, roundTime, index) => after(before, { type: 'pace', at, source: `ccapi/${index}`, roundTime }),
        state,
      ),
      glyphs,
    );
  };

  it('is the interval, or what a source takes for all of its tasks', () => {
    expect(pace(null)).toBe('every 5s');
    expect(pace(null, null)).toBe('every 5s');
    expect(pace(12_000)).toBe('every 12s');
    expect(pace(12_000, 12_000)).toBe('every 12s');
    expect(pace(12_000, null, 40_000)).toBe('every 5s to 40s');
  });

  it('leaves out a source that has nothing open', () => {
    const ended = watching([
      task({ status: 'succeeded' }),
      task({ source: 'xhuo/producer', id: 'b', status: 'running' }),
    ]);
    const pacePhraseOf = (source: string) =>
      pacePhrase(after(ended, { type: 'pace', at, source, roundTime: 12_000 }), glyphs);
    expect(pacePhraseOf('ccapi/producer')).toBe('every 5s');
    expect(pacePhraseOf('xhuo/producer')).toBe('every 12s');
  });

  describe('where it is learned', () => {
    const plan = (least: number, most: number): AutoPlan => ({
      ...{ wait: most, nextAt: at + most, least, most, reason: 'durations', period: null },
    });
    const auto = (...plans: readonly (AutoPlan | null)[]) =>
      plans.reduce(
        (before: State, each, index) => after(before, { type: 'plan', at, source: `ccapi/${index}`, plan: each }),
        {
          ...watching(
            plans.map((_, index) => task({ source: `ccapi/${index}`, id: `task_${index}`, status: 'running' })),
          ),
          interval: 'auto' as const,
        },
      );

    it('is the range of the waits, over all sources that have something open', () => {
      expect(pacePhrase(auto(null), glyphs)).toBe('auto');
      expect(pacePhrase(auto(plan(5000, 5000)), glyphs)).toBe('auto 5s');
      expect(pacePhrase(auto(plan(3000, 15_000)), glyphs)).toBe('auto 3–15s');
      expect(pacePhrase(auto(plan(3000, 15_000)), glyphsFor(true))).toBe('auto 3-15s');
      expect(pacePhrase(auto(plan(5400, 5400), null, plan(1000, 2000)), glyphs)).toBe('auto 1–5s');
    });

    it('tells of a source that takes longer for all of its tasks', () => {
      const long = after(auto(plan(5000, 5000)), { type: 'pace', at, source: 'ccapi/0', roundTime: 70_000 });
      expect(pacePhrase(long, glyphs)).toBe('auto 5s–1m10s');
    });
  });
});

describe('the next look at a task', () => {
  const source = 'ccapi/producer';
  const music = task({ id: 'a', source, action: 'music', status: 'running' });
  const durations = Array.from({ length: 40 }, (_, index) => 30_000 + 375 * index).reduce(withDuration, noDurations);
  const look = (plan: Partial<AutoPlan>, looked = music, overrides: Partial<State> = {}, state: HealthState = 'ok') => {
    const whole = {
      wait: 7000,
      nextAt: at,
      least: 1000,
      most: 9000,
      reason: 'durations',
      period: null,
      ...plan,
    } as const;
    const looking = after(
      watching([looked], { interval: 'auto', ...overrides }),
      { type: 'learned', source, at, action: 'music', durations },
      { type: 'plan', source, at, plan: whole },
      health({ state }),
    );
    return nextLookPhrase(looked, looking, glyphs);
  };
  const when = `at ${formatTime(at)}, after 7s`;

  it('is told with its reason', () => {
    expect(look({})).toBe(`${when}: music takes 0:32–0:45 here`);
    expect(look({ reason: 'updates', period: 15_000 })).toBe(
      `${when}: the relay updates its rows each 15s; music takes 0:32–0:45 here`,
    );
    expect(look({ slowed: true })).toBe(`${when}: callbacks tell of ends meanwhile; music takes 0:32–0:45 here`);
    expect(look({ reason: 'unknown' })).toBe(`${when}: too few have ended to tell how long they take`);
  });

  it('is not told of a task that is asked about otherwise, nor while nothing is asked', () => {
    expect(look({}, { ...music, status: 'succeeded' })).toBeNull();
    expect(look({}, { ...music, stalled: true })).toBeNull();
    expect(look({}, music, { paused: true })).toBeNull();
    expect(look({}, music, {}, 'offline')).toBeNull();
    expect(nextLookPhrase(music, watching([music]), glyphs)).toBeNull();
  });
});
