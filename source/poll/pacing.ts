import { survival, type Durations } from './durations.ts';

/** An open task, as far as its end can be foreseen. */
export type OpenTask = {
  /** Milliseconds since it was submitted, as of `now`. */
  readonly age: number;
  readonly durations: Durations;
};

export type PacingOptions = {
  /** The mean time between an end and its being seen that is aimed at, milliseconds. */
  readonly targetDelay: number;
  /** Least and greatest time between two requests, milliseconds. */
  readonly min: number;
  readonly max: number;
};

export const defaultTargetDelay = 2300;
export const pacingLimits = { min: 1000, max: 15_000 } as const;

/** Milliseconds of a step, and steps looked ahead: beyond that, only the present matters. */
const step = 1000;
const steps = 600;

/**
 * How long to wait until asking again, in milliseconds from now (the moment of the last answer).
 *
 * Requests are to be spent where ends are likely. Let f(t) be how many tasks are expected to end per second at time t from
 * now and P(t) the chance that anything is still open then. Among all spacings d(t) with the same mean delay, the fewest
 * requests are needed by d(t) = c · sqrt(P(t) / f(t)) (Lagrange: each request costs P/d, each end waits d/2). c follows
 * from the delay that is aimed at. A wait ends when the ends expected in it have used up what they may wait.
 */
export function nextWait(open: readonly OpenTask[], { targetDelay, min, max }: PacingOptions): number {
  if (open.length === 0) return max;
  const forecast = forecastOf(open);
  const scale = scaleFor(forecast, targetDelay, min, max);
  // The spacing changes while we wait: it is over when the mean of 1/d over the wait reaches one request.
  let share = 0;
  for (let index = 0; index < forecast.ends.length; index++) {
    const wait = index * step;
    const spacing = spacingAt(forecast, index, scale, min, max);
    const rest = (1 - share) * spacing;
    if (rest <= step || wait + rest >= max) return Math.min(max, Math.max(min, wait + Math.min(rest, max)));
    share += step / spacing;
  }
  return max;
}

type Forecast = {
  /** Tasks expected to end in each step. */
  readonly ends: readonly number[];
  /** The chance that something is still open at its beginning. */
  readonly anyOpen: readonly number[];
};

function forecastOf(open: readonly OpenTask[]): Forecast {
  const ends: number[] = [];
  const anyOpen: number[] = [];
  const alive = open.map(({ age, durations }) => survival(durations, age));
  let before = open.map(() => 1);
  for (let index = 0; index < steps; index++) {
    anyOpen.push(1 - before.reduce((none, share) => none * (1 - share), 1));
    const after = open.map(({ age, durations }, task) => {
      const now = alive[task] ?? 0;
      return now <= 0 ? 0 : Math.min(1, survival(durations, age + (index + 1) * step) / now);
    });
    ends.push(after.reduce((sum, share, task) => sum + Math.max(0, (before[task] ?? 0) - share), 0));
    before = after;
    if ((anyOpen.at(-1) ?? 0) < 0.02) break;
  }
  return { ends, anyOpen };
}

function spacingAt({ ends, anyOpen }: Forecast, index: number, scale: number, min: number, max: number): number {
  const rate = (ends[index] ?? 0) / (step / 1000);
  const spacing = rate <= 0 ? max : scale * Math.sqrt((anyOpen[index] ?? 0) / rate);
  return Math.min(max, Math.max(min, spacing));
}

/** The scale with which the ends that are foreseen wait as long, in the mean, as is aimed at. */
function scaleFor(forecast: Forecast, targetDelay: number, min: number, max: number): number {
  const total = forecast.ends.reduce((sum, count) => sum + count, 0);
  const delay = (scale: number) =>
    forecast.ends.reduce((sum, count, index) => sum + (count * spacingAt(forecast, index, scale, min, max)) / 2, 0) /
    Math.max(total, 1e-9);
  let [low, high] = [1, 1e7];
  for (let turn = 0; turn < 40; turn++) {
    const middle = Math.sqrt(low * high);
    if (delay(middle) > targetDelay) high = middle;
    else low = middle;
  }
  return low;
}
