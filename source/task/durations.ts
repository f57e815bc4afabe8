/**
 * How long tasks of one kind (a source and an action) take, learned from those that have ended. A value, so that a
 * decision made with it can be repeated.
 */
export type Durations = {
  /** Milliseconds each, oldest first. */
  readonly seen: readonly number[];
};

export const noDurations: Durations = { seen: [] };

/** How many durations are kept; the weight of the oldest is below a tenth. */
const maxSeen = 120;
/** Weight of a duration relative to the next newer one: half of it is gone after 34 tasks. */
const forgetting = 0.98;

const second = 1000;
const day = 86_400 * second;

/** With one more duration, in milliseconds; what cannot be one (0, negative, more than a day) changes nothing. */
export function withDuration(durations: Durations, milliseconds: number): Durations {
  if (!(milliseconds > 0) || milliseconds > day) return durations;
  return { seen: [...durations.seen, milliseconds].slice(-maxSeen) };
}

/**
 * The share of tasks of this kind that take longer than `age` milliseconds: 1 to 0, never rising. It is smooth between
 * the durations seen, and a part of it always allows for one never seen, so that no age is impossible.
 */
function survival({ seen }: Durations, age: number): number {
  const vague = vagueSurvival(age);
  if (seen.length === 0) return vague;
  // A few durations tell little about all: each stands for a neighbourhood, which narrows as more come.
  const spread = Math.max(0.05, 0.4 / Math.sqrt(seen.length));
  let weight = 1;
  let total = 0;
  let sum = 0;
  for (let index = seen.length - 1; index >= 0; index--) {
    total += weight;
    sum += weight * shareAfter(age, seen[index] ?? 0, spread);
    weight *= forgetting;
  }
  const trust = 1 - 0.5 / (seen.length + 1) - 0.02;
  return trust * (sum / total) + (1 - trust) * vague;
}

/** How much of the neighbourhood of a duration, from `duration / (1 + spread)` to `duration * (1 + spread)`, lies after `age`. */
function shareAfter(age: number, duration: number, spread: number): number {
  const [from, to] = [duration / (1 + spread), duration * (1 + spread)];
  if (age <= from) return 1;
  return age >= to ? 0 : (to - age) / (to - from);
}

/** Before anything is known: 10 seconds to 20 minutes, each doubling as likely as the next; never 0 for a finite age. */
function vagueSurvival(age: number): number {
  const [from, to] = [10 * second, 1200 * second];
  if (age <= 0) return 1;
  if (age <= from) return 1 - (0.02 * age) / from;
  const inRange = 1 - Math.log(Math.min(age, to) / from) / Math.log(to / from);
  return 0.02 * (from / age) + 0.96 * inRange;
}

/** Milliseconds between two entries of a survival table, which covers half an hour. */
export const tableStep = second;
const tableLength = 1800;

/** From fewer durations nothing is concluded. */
const minSeen = 3;

const tables = new WeakMap<Durations, Float64Array>();

/** `survival` at every second of half an hour, kept with the durations it was made from; null where too few were seen. */
export function survivalTable(durations: Durations): Float64Array | null {
  if (durations.seen.length < minSeen) return null;
  let table = tables.get(durations);
  if (table === undefined) {
    table = Float64Array.from({ length: tableLength }, (_, step) => survival(durations, step * tableStep));
    tables.set(durations, table);
  }
  return table;
}
