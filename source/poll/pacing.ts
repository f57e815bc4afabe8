import { survivalTable, tableStep, type Durations } from './durations.ts';

/** An open task, as far as its end can be foreseen. */
export type OpenTask = {
  /** Milliseconds since it was submitted. */
  readonly age: number;
  readonly durations: Durations;
};

export type WaitLimits = {
  /** Least and greatest time between two requests, milliseconds. */
  readonly min: number;
  readonly max: number;
};

export const defaultTargetDelay = 2400;
export const pacingLimits = { min: 1000, max: 15_000 } as const;

/** Steps looked ahead, of `tableStep` each: ten minutes. */
const horizon = 600;
/** Tasks that are looked at one by one; of a longer list every nth stands for its neighbours. */
const maxTasks = 200;

/**
 * What a request is worth, in milliseconds that ends wait together: the price with which the ends of all these tasks
 * wait, in the mean, as long as is aimed at. It is found for a whole spell of work, with those of its tasks that have
 * ended: the many ends of a batch are then seen soon, and the last straggler is not asked about every second. `age` is
 * that at the beginning of the spell, negative for what was submitted later.
 */
export function requestPrice(tasks: readonly OpenTask[], targetDelay: number, { min, max }: WaitLimits): number {
  const forecast = forecastOf(tasks);
  const allowed = targetDelay * forecast.count;
  // Waits grow with the price.
  let [low, high] = [1, 1e9];
  for (let turn = 0; turn < 24; turn++) {
    const price = Math.sqrt(low * high);
    if (expectedDelay(forecast, price, min, max) > allowed) high = price;
    else low = price;
  }
  return low;
}

/**
 * How long to wait until asking again, in milliseconds from the last answer: until the ends that are expected by then
 * have waited, in the mean, as long as one request is worth.
 */
export function nextWait(open: readonly OpenTask[], price: number, { min, max }: WaitLimits): number {
  return open.length === 0 ? max : waitFrom(forecastOf(open), 0, price, min, max).wait;
}

type Forecast = {
  /** Tasks expected to end in each step. */
  readonly ends: Float64Array;
  /** The chance that something is still open at its end. */
  readonly anyOpen: Float64Array;
  readonly length: number;
  /** Tasks expected to end within the horizon. */
  readonly count: number;
};

function forecastOf(open: readonly OpenTask[]): Forecast {
  const every = Math.ceil(open.length / maxTasks);
  const sample = every === 1 ? open : open.filter((_, index) => index % every === 0);
  const ends = new Float64Array(horizon);
  const noneOpen = new Float64Array(horizon).fill(1);
  for (const { age, durations } of sample) {
    const table = survivalTable(durations);
    const at = (step: number) => table[Math.min(Math.max(0, step), table.length - 1)] ?? 0;
    const from = Math.floor(age / tableStep);
    const now = Math.max(at(from), 1e-9);
    let before = 1;
    for (let step = 0; step < horizon; step++) {
      const after = Math.min(1, at(from + step + 1) / now);
      ends[step] = (ends[step] ?? 0) + every * (before - after);
      noneOpen[step] = (noneOpen[step] ?? 0) * (1 - after) ** every;
      before = after;
    }
  }
  const last = noneOpen.findIndex(none => none > 0.99);
  return {
    ends,
    anyOpen: noneOpen.map(none => 1 - none),
    length: last < 0 ? horizon : last + 1,
    count: ends.reduce((sum, count) => sum + count, 0),
  };
}

/** From a step on: how long to wait, and how long, together, the ends that are expected meanwhile wait. */
function waitFrom({ ends, anyOpen }: Forecast, from: number, price: number, min: number, max: number) {
  let count = 0;
  let delay = 0;
  for (let step = from; step < horizon; step++) {
    const wait = (step - from + 1) * tableStep;
    // Those that ended before wait one step more, those of this step half of one.
    const added = count * tableStep + ((ends[step] ?? 0) * tableStep) / 2;
    const worth = price * (anyOpen[step] ?? 0);
    if (wait >= max || (wait >= min && delay + added >= worth)) {
      const share = added <= 0 ? 1 : Math.min(1, Math.max(0, (worth - delay) / added));
      const exact = Math.min(max, Math.max(min, wait - tableStep + share * tableStep));
      return { wait: exact, steps: step - from + 1, delay: delay + added };
    }
    count += ends[step] ?? 0;
    delay += added;
  }
  return { wait: max, steps: horizon, delay };
}

/** How long all the ends that are foreseen wait together, when each request comes when it is worth its price. */
function expectedDelay(forecast: Forecast, price: number, min: number, max: number): number {
  let total = 0;
  for (let step = 0; step < forecast.length;) {
    const { steps, delay } = waitFrom(forecast, step, price, min, max);
    total += delay;
    step += steps;
  }
  return total;
}
