import { tableStep } from '../../source/task/durations.ts';
import { togetherWaits } from './bound-together.ts';
import { trickleWaits } from './bound-trickle.ts';
import type { Submitted, Trace } from './traces.ts';

/** How long tasks take, in truth: the share that takes longer, at every step; from the second argument on it is 0. */
export type Truth = { readonly survival: Float64Array; readonly last: number };

/** Milliseconds from the last request to the next, from what it has told. */
export type Waits = (asked: {
  /** Milliseconds since the first submission, and until the last one. */
  readonly now: number;
  readonly last: number;
  /** The tasks that are open. */
  readonly open: readonly Submitted[];
}) => number;

/** The waits with the least cost, where a request costs as much as an end does that waits for so many milliseconds. */
export type Best = (price: number) => Waits;

type Spent = { readonly requests: number; readonly delay: number };

/** What tasks cost with these waits, in requests and in milliseconds that all ends wait together. */
function spentOn(tasks: readonly Submitted[], waits: Waits): Spent {
  const last = tasks.at(-1)?.at ?? 0;
  let [now, requests, delay] = [0, 0, 0];
  let open: readonly Submitted[] = [];
  let waiting = tasks;
  while (open.length > 0 || waiting.length > 0) {
    requests++;
    open = [...open, ...waiting.filter(({ at }) => at <= now)];
    waiting = waiting.filter(({ at }) => at > now);
    for (const { at, took } of open) if (at + took <= now) delay += now - at - took;
    open = open.filter(({ at, took }) => at + took > now);
    // What is submitted is asked about at once.
    const next = waiting[0]?.at ?? Infinity;
    now = open.length === 0 ? next : Math.min(next, now + waits({ now, last, open }));
  }
  return { requests, delay };
}

/**
 * The fewest requests, in a draw in the mean, of any policy that knows how long such tasks take but not the draws, with waits
 * within the limits, a request at each submission, and this mean delay in milliseconds; of a server that tells at once.
 */
export function boundOf({ kind, together, draws }: Trace, delay: number): number {
  const survival = Float64Array.from({ length: 600 }, (_, step) => kind.longer((step * tableStep) / 1000));
  const truth = { survival, last: survival.findIndex(share => share <= 0) };
  const best = together === null ? trickleWaits(truth) : togetherWaits(truth, together);
  // Tasks that are submitted hours later are another batch.
  const batches = draws.flatMap(({ spells, warmUp }) =>
    spells
      .slice(warmUp)
      .flatMap(spell => (together === null ? [spell] : [...Map.groupBy(spell, ({ at }) => at).values()])),
  );
  const ends = batches.reduce((sum, batch) => sum + batch.length, 0);
  const at = (price: number): Spent => {
    const waits = best(price);
    const spent = batches.map(batch =>
      spentOn(
        batch.map(task => ({ ...task, at: task.at - (batch[0]?.at ?? 0) })),
        waits,
      ),
    );
    return {
      requests: spent.reduce((sum, { requests }) => sum + requests, 0) / draws.length,
      delay: spent.reduce((sum, each) => sum + each.delay, 0) / ends,
    };
  };
  let [low, high] = [1, 1e6];
  let [quick, slow] = [at(low), at(high)];
  for (let turn = 0; turn < 10; turn++) {
    const price = Math.sqrt(low * high);
    const spent = at(price);
    if (spent.delay > delay) [high, slow] = [price, spent];
    else [low, quick] = [price, spent];
  }
  // Between two prices some spells may have one and some the other.
  const part = (delay - quick.delay) / (slow.delay - quick.delay);
  return quick.requests + Math.min(1, Math.max(0, part)) * (slow.requests - quick.requests);
}
