import { earnedAfter, noAllowance, spend } from '../../source/poll/allowance.ts';
import { paceOf, requestPrice } from '../../source/poll/pacing.ts';
import { noUpdates, withReply } from '../../source/poll/update-phase.ts';
import { noDurations, survivalTable, withDuration } from '../../source/task/durations.ts';
import { spellsOf, type Server, type SimulatedTask } from './server.ts';
import type { Draw, Trace } from './traces.ts';

export type Policy =
  | { readonly every: number }
  /** `survival`: the true distribution is known; without it, it is learned from the trace. */
  | { readonly targetDelay: number; readonly survival?: Float64Array };

export type Result = {
  /** In one draw, in the mean. */
  readonly requests: number;
  /** Mean milliseconds from the moment at which the server could have told of an end to the request that it told. */
  readonly delay: number;
  /** The longest such time. */
  readonly worst: number;
};

/** Runs a policy over all draws of a trace. */
export function simulate({ draws }: Trace, server: Server, policy: Policy): Result {
  const all = draws.map(draw => simulateDraw(draw, server, policy));
  const sum = (of: (counts: Counts) => number) => all.reduce((total, counts) => total + of(counts), 0);
  return {
    requests: sum(({ requests }) => requests) / all.length,
    delay: sum(({ delay }) => delay) / sum(({ ends }) => ends),
    worst: Math.max(...all.map(({ worst }) => worst)),
  };
}

/** `delay`: of all ends together. */
type Counts = { readonly requests: number; readonly ends: number; readonly delay: number; readonly worst: number };

/** A reply takes no time, and shows what the server knows at that moment. */
function simulateDraw(draw: Draw, server: Server, policy: Policy): Counts {
  let durations = noDurations;
  let updates = noUpdates;
  let allowance = noAllowance;
  let now = 0;
  let [requests, delay, worst, ends] = [0, 0, 0, 0];
  for (const [index, tasks] of spellsOf(draw, server).entries()) {
    const counts = index >= draw.warmUp;
    let spell: SimulatedTask[] = [];
    let waiting = tasks;
    let [known, price] = [0, 0];
    now = tasks[0]?.at ?? now;
    let beat = now;
    while (waiting.length > 0 || spell.some(task => task.open)) {
      // Nothing is open: nothing is asked until something is submitted, and then it is asked about at once.
      if (spell.every(task => !task.open)) {
        spell = [];
        now = Math.max(now, waiting[0]?.at ?? now);
        beat = now;
      }
      spell.push(...waiting.filter(task => task.at <= now));
      waiting = waiting.filter(task => task.at > now);
      let changed = requests === 0 || spell.length > known;
      known = spell.length;
      if (counts) requests++;
      allowance = spend(allowance, now);
      const asked = spell.filter(task => task.open);
      updates = withReply(updates, {
        stamps: asked.flatMap(task => task.stampAt(now) ?? []),
        asked: now,
        answered: now,
      });
      for (const task of asked) {
        if (task.visibleAt > now) continue;
        task.open = false;
        task.endSeen = now;
        changed = true;
        if (!counts) continue;
        ends++;
        delay += now - task.visibleAt;
        worst = Math.max(worst, now - task.visibleAt);
      }
      if (changed) {
        // In the order in which they were submitted: those that end first say little about the others of their batch.
        const oldest = spell.reduce((least, task) => (task.open ? Math.min(least, task.at) : least), now);
        for (const task of spell) {
          if (task.open || task.learned || task.at >= oldest) continue;
          task.learned = true;
          durations = withDuration(durations, task.endStamp - task.at);
        }
      }
      if (spell.every(task => !task.open)) continue;
      if ('every' in policy) {
        while (beat <= now) beat += policy.every;
      } else {
        const survival = policy.survival ?? survivalTable(durations);
        const paced = (list: readonly SimulatedTask[]) => list.map(task => ({ submittedAt: task.at, survival }));
        if (changed) {
          price = requestPrice(
            paced(spell.filter(task => task.open || now - task.endSeen < 600_000)),
            policy.targetDelay,
          );
        }
        const { wait } = paceOf(paced(spell.filter(task => task.open)), { now, price, updates });
        beat = now + Math.max(wait, earnedAfter(allowance));
      }
      now = Math.min(beat, waiting[0]?.at ?? beat);
    }
  }
  return { requests, ends, delay, worst };
}
