import { pacingLimits } from '../../source/poll/pacing.ts';
import { tableStep } from '../../source/task/durations.ts';
import type { Best, Truth } from './bound.ts';

const [least, most] = [pacingLimits.min / tableStep, pacingLimits.max / tableStep];
/** Steps from one submission to the next. */
const minute = 60_000 / tableStep;
/** So many minutes before the last submission it no longer matters when that is. */
const settled = 12;

/** For each step of a minute and each set of open tasks: what follows costs, and the best wait. */
type Layer = { readonly cost: readonly Float64Array[]; readonly waits: readonly Uint8Array[] };

/**
 * For one task a minute, found backwards over everything that a request can tell: which of the tasks of the last minutes are
 * open. A set of them is a number: its lowest bit is the task that was submitted last.
 */
export const trickleWaits =
  (truth: Truth): Best =>
  price => {
    const layers: Layer[] = [layerOf(truth, price, null)];
    while (layers.length < settled) layers.push(layerOf(truth, price, layers.at(-1) ?? null));
    return ({ now, last, open }) => {
      const before = Math.max(0, Math.ceil((last - now) / 60_000));
      const begun = last - 60_000 * before;
      const set = open.reduce((sum, { at }) => sum + 2 ** Math.round((begun - at) / 60_000), 0);
      const layer = layers[Math.min(before, settled - 1)];
      return (layer?.waits[(now - begun) / tableStep]?.[set] ?? 1) * tableStep;
    };
  };

/** The minute before another one; null: what follows the last submission. */
function layerOf({ survival, last }: Truth, price: number, following: Layer | null): Layer {
  const bits = Math.ceil(last / minute);
  const sets = 2 ** bits;
  const length = following === null ? last : minute;
  const asking = price / tableStep;
  const cost = Array.from({ length: length + most + 1 }, () => new Float64Array(sets));
  const waits = Array.from({ length }, () => new Uint8Array(sets));
  // The next one is submitted: the first bit is it, the others are a minute older.
  const first = following?.cost[0];
  if (first !== undefined)
    cost[length] = Float64Array.from({ length: sets }, (_, set) => first[((2 * set) % sets) + 1] ?? 0);
  const longer = (step: number) => survival[Math.min(step, survival.length - 1)] ?? 0;
  for (let step = length - 1; step >= 0; step--) {
    const [costs, chosen] = [cost[step] ?? new Float64Array(), waits[step] ?? new Uint8Array()];
    costs.fill(Number.POSITIVE_INFINITY, 1);
    costs[0] = following === null ? 0 : asking + (cost[length]?.[0] ?? 0);
    const waited = new Float64Array(bits);
    const latest = following === null ? most : Math.min(most, length - step);
    for (let wait = 1; wait <= latest; wait++) {
      const total = Float64Array.from(cost[step + wait] ?? costs);
      const delays = new Float64Array(sets);
      for (let bit = 0; bit < bits; bit++) {
        const age = step + bit * minute;
        const now = longer(age);
        // No task is as old as that.
        if (now <= 0) continue;
        waited[bit] = (waited[bit] ?? 0) + 1 - (longer(age + wait - 1) + longer(age + wait)) / 2 / now;
        const open = longer(age + wait) / now;
        const mask = 2 ** bit;
        for (let set = mask; set < sets; set++) {
          if ((set & mask) === 0) continue;
          total[set] = open * (total[set] ?? 0) + (1 - open) * (total[set - mask] ?? 0);
          delays[set] = (delays[set] ?? 0) + (waited[bit] ?? 0);
        }
      }
      // The next submission is asked about sooner than the least wait, if need be.
      if (wait < least && step + wait < length) continue;
      for (let set = 1; set < sets; set++) {
        const all = (total[set] ?? 0) + (delays[set] ?? 0) + asking;
        if (all >= (costs[set] ?? 0)) continue;
        costs[set] = all;
        chosen[set] = wait;
      }
    }
  }
  return { cost, waits };
}
