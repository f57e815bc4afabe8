import { tableStep } from '../task/durations.ts';
import { doubtAfter, nextUpdate, rhythmOf, type UpdateTimes } from './update-phase.ts';

/** A task, as far as its end can be foreseen. */
type PacedTask = {
  /** Milliseconds, by the clock of `now`. */
  readonly submittedAt: number;
  /** The share of tasks of its kind that take longer, at every `tableStep`; null while too little is known. */
  readonly survival: Float64Array | null;
};

/** Least and greatest time between two requests, milliseconds. */
export const pacingLimits = { min: 1000, max: 15_000 } as const;

/** While nothing is known. */
const unknownWait = 5000;

/** How long ends wait in the mean until they are known, milliseconds: a little less than with a request every 5 seconds. */
export const defaultTargetDelay = 2320;

type Pace = {
  /** Milliseconds from the last request to the next. */
  readonly wait: number;
  /** `unknown`: nothing to go by yet. `durations`: by how long such tasks take. `updates`: just after the relay's next update. */
  readonly reason: 'unknown' | 'durations' | 'updates';
};

/**
 * When to ask next, from the open tasks. Always between `pacingLimits.min` and `pacingLimits.max`. `now` is the moment of
 * the last request, `price` the result of `requestPrice` for the spell of work they belong to.
 */
export function paceOf(
  open: readonly PacedTask[],
  { now, price, updates }: { now: number; price: number; updates: UpdateTimes },
): Pace {
  const rhythm = rhythmOf(updates);
  if (rhythm !== null) {
    return { wait: clamp(nextUpdate(updates, rhythm, pacingLimits.min) - now), reason: 'updates' };
  }
  if (open.some(({ survival }) => survival === null)) return { wait: unknownWait, reason: 'unknown' };
  const [steps = pacingLimits.max / tableStep] = planOf(forecastOf(open, now), price);
  return { wait: clamp(Math.min(steps * tableStep, doubtAfter(updates) ?? Infinity)), reason: 'durations' };
}

const clamp = (wait: number): number =>
  Number.isNaN(wait) ? unknownWait : Math.min(pacingLimits.max, Math.max(pacingLimits.min, wait));

/** Steps looked ahead, of `tableStep` each: a quarter of an hour. */
const horizon = 900;
/** So many tasks are looked at one by one; of a longer list every nth stands for its neighbours. */
const maxTasks = 50;

type Forecast = {
  /** Of the tasks expected to end before each step: how many, and the sum of the steps in which they do. */
  readonly count: Float64Array;
  readonly moments: Float64Array;
  /** The chance that something is still open at its end. */
  readonly anyOpen: Float64Array;
  /** Steps after which it is all but sure that nothing is open. */
  readonly length: number;
  /** Tasks expected to end within the horizon. */
  readonly total: number;
};

/** Tasks of one kind that were submitted in the same second are one to the forecast. */
function groupsOf(tasks: readonly PacedTask[], moment: number): readonly Group[] {
  const every = Math.ceil(tasks.length / maxTasks);
  const groups: Group[] = [];
  for (let index = 0; index < tasks.length; index += every) {
    const { survival = null, submittedAt = moment } = tasks[index] ?? {};
    if (survival === null) continue;
    const age = Math.floor((moment - submittedAt) / tableStep);
    const from = Number.isNaN(age) ? 0 : age;
    const group = groups.find(other => other.from === from && other.survival === survival);
    if (group === undefined) groups.push({ survival, from, tasks: every });
    else group.tasks += every;
  }
  return groups;
}

type Group = { readonly survival: Float64Array; readonly from: number; tasks: number };

/** What is expected from a moment on, of tasks that were open then or were submitted later. */
function forecastOf(tasks: readonly PacedTask[], moment: number): Forecast {
  const ends = new Float64Array(horizon);
  const noneOpen = new Float64Array(horizon).fill(1);
  for (const { survival, from, tasks: alike } of groupsOf(tasks, moment)) {
    const last = survival.length - 1;
    const now = Math.max(survival[Math.min(Math.max(0, from), last)] ?? 0, 1e-9);
    let before = 1;
    for (let step = 0; step < horizon; step++) {
      const after = Math.min(before, (survival[Math.min(Math.max(0, from + step + 1), last)] ?? 0) / now);
      ends[step] = (ends[step] ?? 0) + alike * (before - after);
      noneOpen[step] = (noneOpen[step] ?? 0) * power(1 - after, alike);
      before = after;
    }
  }
  const count = new Float64Array(horizon + 1);
  const moments = new Float64Array(horizon + 1);
  for (let step = 0; step < horizon; step++) {
    count[step + 1] = (count[step] ?? 0) + (ends[step] ?? 0);
    moments[step + 1] = (moments[step] ?? 0) + (ends[step] ?? 0) * (step + 0.5);
  }
  const last = noneOpen.findIndex(none => none > 0.99);
  return {
    count,
    moments,
    anyOpen: noneOpen.map(none => 1 - none),
    length: last < 0 ? horizon : last + 1,
    total: count[horizon] ?? 0,
  };
}

/** `**` for whole exponents from 1, several times as fast. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let [factor, left] = [base, exponent]; left > 0; left >>= 1, factor *= factor) {
    if (left % 2 === 1) result *= factor;
  }
  return result;
}

/**
 * What a request is worth, in milliseconds that ends wait together: the price at which all the ends of a spell of work
 * wait, in the mean, `targetDelay` milliseconds. `tasks` are the open ones, and those that have ended since the spell
 * began. One price for the whole spell makes the fewest requests for that delay: the many ends of a batch are seen soon,
 * and its last straggler is not asked about every second.
 */
export function requestPrice(tasks: readonly PacedTask[], targetDelay: number): number {
  const begun = tasks.reduce((least, { submittedAt }) => Math.min(least, submittedAt), Number.POSITIVE_INFINITY);
  const forecast = forecastOf(tasks, Number.isFinite(begun) ? begun : 0);
  const allowed = targetDelay * forecast.total;
  // Waits grow with the price.
  let [low, high] = [1, 1e7];
  for (let turn = 0; turn < 12; turn++) {
    const price = Math.sqrt(low * high);
    if (expectedDelay(forecast, planOf(forecast, price)) > allowed) high = price;
    else low = price;
  }
  return low;
}

/** For each step, asked at its beginning: how many steps later to ask again. */
type Plan = Uint8Array;

/** How long all the ends that are foreseen wait together, in milliseconds, with the requests of a plan. */
function expectedDelay({ count, moments, length }: Forecast, plan: Plan): number {
  let total = 0;
  for (let step = 0; step < length;) {
    const next = step + (plan[step] ?? 1);
    // Those of a step end in its middle.
    total += next * (at(count, next) - at(count, step)) - (at(moments, next) - at(moments, step));
    step = next;
  }
  return total * tableStep;
}

/** A sum up to a step, beyond the horizon the whole of it. */
const at = (sums: Float64Array, step: number): number => sums[Math.min(step, horizon)] ?? 0;

/**
 * The plan with the least cost, found backwards from the horizon (dynamic programming): a request costs its price where
 * something is still open by then, and the ends cost the time they wait.
 */
function planOf({ count, moments, anyOpen, length }: Forecast, price: number): Plan {
  const [least, most] = [pacingLimits.min / tableStep, pacingLimits.max / tableStep];
  const plan = new Uint8Array(length);
  const asking = price / tableStep;
  // Of a request at each step: the cost from then on, and what those that ended before have waited since the beginning.
  const after = new Float64Array(length + most);
  for (let step = length; step < after.length; step++) after[step] = step * at(count, step) - at(moments, step);
  for (let step = length - 1; step >= 0; step--) {
    const ended = count[step] ?? 0;
    let best = Number.POSITIVE_INFINITY;
    for (let next = step + least; next <= step + most; next++) {
      const total = (after[next] ?? 0) - next * ended;
      if (total > best) continue;
      best = total;
      plan[step] = next - step;
    }
    after[step] = best + step * ended + asking * (step === 0 ? 1 : (anyOpen[step - 1] ?? 0));
  }
  return plan;
}
