import { pacingLimits } from '../../source/poll/pacing.ts';
import { tableStep } from '../../source/task/durations.ts';
import type { Best, Truth } from './bound.ts';

const [least, most] = [pacingLimits.min / tableStep, pacingLimits.max / tableStep];

/**
 * For tasks submitted together, found backwards over everything that a request can tell: how many of them are still open, at
 * each step since the submission (dynamic programming).
 */
export const togetherWaits =
  ({ survival, last }: Truth, tasks: number): Best =>
  price => {
    const longer = (step: number) => survival[step] ?? 0;
    const cost = Array.from({ length: last + most }, () => new Float64Array(tasks + 1));
    const waits = Array.from({ length: last }, () => new Uint8Array(tasks + 1));
    for (let step = last - 1; step >= 0; step--) {
      const [costs, chosen] = [cost[step], waits[step]];
      if (costs === undefined || chosen === undefined) continue;
      costs.fill(Number.POSITIVE_INFINITY, 1);
      for (let wait = least, waited = 0; wait <= most; wait++) {
        // Those that ended earlier wait one more step; those of the last step half of it.
        waited += 1 - (longer(step + wait - 1) + longer(step + wait)) / 2 / longer(step);
        const open = longer(step + wait) / longer(step);
        const next = cost[step + wait] ?? costs;
        for (let count = 1; count <= tasks; count++) {
          const total = count * waited + price / tableStep + expected(next, count, open);
          if (total >= (costs[count] ?? 0)) continue;
          costs[count] = total;
          chosen[count] = wait;
        }
      }
    }
    return ({ now, open }) => (waits[now / tableStep]?.[open.length] ?? 1) * tableStep;
  };

/** Of a cost for each number of open tasks, the mean over how many of some are still open, each with the same chance. */
function expected(cost: Float64Array, tasks: number, open: number): number {
  if (open >= 1) return cost[tasks] ?? 0;
  if (open <= 0) return 0;
  let chance = (1 - open) ** tasks;
  let sum = 0;
  for (let count = 1; count <= tasks; count++) {
    chance *= ((tasks - count + 1) / count) * (open / (1 - open));
    sum += chance * (cost[count] ?? 0);
  }
  return sum;
}
