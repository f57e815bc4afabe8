import { earnedAfter, noAllowance, spend } from '../../source/poll/allowance.ts';
import { paceOf, requestPrice } from '../../source/poll/pacing.ts';
import { noUpdates, withReply } from '../../source/poll/update-phase.ts';
import { noDurations, survivalTable, withDuration } from '../../source/task/durations.ts';
import { randomFrom, type Submitted, type Trace } from './traces.ts';

/** When the server can tell of an end: at once, or at its next update, which come so many milliseconds apart. */
export type Server = { readonly name: string; readonly period: number | null };

export const servers: readonly Server[] = [
  { name: 'at once', period: null },
  { name: 'each 15 s', period: 15_000 },
];

export type Policy =
  | { readonly every: number }
  /** `survival`: the true distribution is known; without it, it is learned from the trace. */
  | { readonly targetDelay: number; readonly survival?: Float64Array };

export type Result = {
  readonly requests: number;
  /** Mean milliseconds from the moment at which the server could have told of an end to the request that it told. */
  readonly delay: number;
  /** The longest such time. */
  readonly worst: number;
};

/** Runs a policy over a trace. A reply takes no time, and shows what the server knows at that moment. */
export function simulate({ spells, warmUp }: Trace, server: Server, policy: Policy): Result {
  const random = randomFrom(99);
  let durations = noDurations;
  let updates = noUpdates;
  let allowance = noAllowance;
  let now = 0;
  let [requests, delay, worst, ends] = [0, 0, 0, 0];
  for (const [index, submitted] of spells.entries()) {
    const counts = index >= warmUp;
    // The next spell begins some minutes later, at no special moment of the server's rhythm.
    const begun = now + Math.floor(400_000 + 60_000 * random());
    const tasks = submitted.map(task => new SimulatedTask(task, begun, server, random));
    let spell: SimulatedTask[] = [];
    let waiting = tasks;
    let beat = begun;
    let [known, price] = [0, 0];
    now = begun;
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
  return { requests, delay: delay / ends, worst };
}

class SimulatedTask {
  readonly at: number;
  /** When a request can learn of its end, and when the server says it was. */
  readonly visibleAt: number;
  readonly endStamp: number;
  open = true;
  learned = false;
  endSeen = 0;
  readonly #period: number | null;
  /** When a server without a rhythm wrote something about it. */
  readonly #written: number[];

  constructor({ at, took }: Submitted, begun: number, { period }: Server, random: () => number) {
    this.at = begun + at;
    const end = this.at + took;
    this.endStamp = end;
    this.visibleAt = period === null ? end : Math.ceil(end / period) * period;
    this.#period = period;
    this.#written = [this.at];
    for (let moment = this.at; moment < end; moment += 2000 + 15_000 * random()) this.#written.push(moment);
    this.#written.push(end);
  }

  /** `updated_at` after the first: whole seconds by the relay's clock, which is a little ahead. */
  stampAt(now: number): number | null {
    const last = Math.min(now, this.visibleAt);
    const written =
      this.#period === null
        ? (this.#written.findLast(moment => moment <= now) ?? this.at)
        : Math.floor(last / this.#period) * this.#period;
    return written <= this.at ? null : Math.floor((written + 1300) / 1000) * 1000;
  }
}
