/**
 * How long tasks of one kind (a source and an action) take, learned from those that have ended. Durations are
 * milliseconds. A value, so that a decision made with it can be repeated.
 */
export type Durations = {
  /** What was seen, oldest first, each with its weight: the latest counts 1, each older one a little less. */
  readonly seen: readonly number[];
};

export const noDurations: Durations = { seen: [] };

/** How many are kept; the weights of older ones are below a tenth by then. */
const maxSeen = 60;
/** Weight of a duration relative to the next newer one: half of it is gone after 17 tasks. */
const forgetting = 0.96;

/** With one more duration, in milliseconds; what cannot be one (0, negative, more than a day) changes nothing. */
export function withDuration(durations: Durations, milliseconds: number): Durations {
  if (!(milliseconds > 0) || milliseconds > 86_400_000) return durations;
  return { seen: [...durations.seen, milliseconds].slice(-maxSeen) };
}

/**
 * The share of tasks of this kind that take longer than `age` milliseconds: 1 to 0, never rising. Between what was seen
 * it is smooth, and a part of it always allows for something never seen, so that no age is impossible.
 */
export function survival({ seen }: Durations, age: number): number {
  const unknown = 1 / (seen.length + 1);
  const vague = vagueSurvival(age);
  if (seen.length === 0) return vague;
  // A few durations tell little about the spread of all: each stands for its neighbourhood, which narrows as more come.
  const spread = Math.max(0.08, 0.5 / Math.sqrt(seen.length));
  let weight = 1;
  let total = 0;
  let sum = 0;
  for (let index = seen.length - 1; index >= 0; index--) {
    total += weight;
    sum += weight * after(age, seen[index] ?? 0, spread);
    weight *= forgetting;
  }
  const trust = 1 - 0.5 * unknown - 0.03;
  return trust * (sum / total) + (1 - trust) * vague;
}

/** How much of the neighbourhood of one duration lies after `age`: from `duration / (1 + spread)` to `duration * (1 + spread)`. */
function after(age: number, duration: number, spread: number): number {
  const [from, to] = [duration / (1 + spread), duration * (1 + spread)];
  if (age <= from) return 1;
  return age >= to ? 0 : (to - age) / (to - from);
}

/** Before anything is known: anything from 10 seconds to 20 minutes, each doubling as likely as the next. */
function vagueSurvival(age: number): number {
  const [from, to] = [10_000, 1_200_000];
  if (age <= from) return 1 - (0.02 * age) / from;
  // Never zero: a task that is older than everything is still open.
  const inRange = 1 - Math.log(Math.min(age, to) / from) / Math.log(to / from);
  return 0.02 * (from / age) + 0.96 * inRange + 0.0001;
}

/** The duration that a share `quantile` (0 to 1) of tasks does not exceed, milliseconds; null before anything was seen. */
export function quantile({ seen }: Durations, share: number): number | null {
  if (seen.length === 0) return null;
  const sorted = seen.map((value, index) => ({ value, weight: forgetting ** (seen.length - 1 - index) }));
  sorted.sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  for (const { value, weight } of sorted) {
    passed += weight;
    if (passed >= share * total) return value;
  }
  return sorted.at(-1)?.value ?? null;
}

/** Milliseconds between two entries of a survival table. */
export const tableStep = 1000;
const tableLength = 1800;

const tables = new WeakMap<Durations, Float64Array>();

/** `survival` at every second of half an hour; kept with the durations it was made from. */
export function survivalTable(durations: Durations): Float64Array {
  let table = tables.get(durations);
  if (table === undefined) {
    table = Float64Array.from({ length: tableLength }, (_, step) => survival(durations, step * tableStep));
    tables.set(durations, table);
  }
  return table;
}
