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
 * Each duration stands for a neighbourhood of its length, from `duration / (1 + spread)` to `duration * (1 + spread)`, which
 * narrows as more come.
 */
const narrowSpread = (seen: readonly number[]): number => Math.max(0.05, 0.4 / Math.sqrt(seen.length));

/**
 * As wide as a part of the difference between the quartiles: where the next end is looked for, chance must not make it seem likely
 * at one moment and unlikely at the next. When the last of many is likely to end is found with the narrow one: it does not lie
 * beyond the longest.
 */
function wideSpread(seen: readonly number[]): number {
  const sorted = seen.toSorted((a, b) => a - b);
  const quartile = (share: number) => Math.log(sorted[Math.floor(share * sorted.length)] ?? 1);
  return Math.max(narrowSpread(seen), 0.9 * (quartile(0.75) - quartile(0.25)) * seen.length ** -0.2);
}

/** The share of those seen that took longer than `age` milliseconds: 1 to 0, never rising, smooth between them. */
function seenSurvival({ seen }: Durations, spread: number, age: number): number {
  let weight = 1;
  let total = 0;
  let sum = 0;
  for (let index = seen.length - 1; index >= 0; index--) {
    total += weight;
    sum += weight * shareAfter(age, seen[index] ?? 0, spread);
    weight *= forgetting;
  }
  return sum / total;
}

/** How much of the neighbourhood of a duration lies after `age`. */
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

type Tables = { readonly seen: Float64Array; readonly any: Float64Array };

const tables = new WeakMap<Durations, Tables>();

function tablesOf(durations: Durations): Tables | null {
  const { seen } = durations;
  if (seen.length < minSeen) return null;
  let both = tables.get(durations);
  if (both === undefined) {
    const trust = 1 - 0.5 / (seen.length + 1) - 0.02;
    const tableOf = (spread: number) =>
      Float64Array.from({ length: tableLength }, (_, step) => seenSurvival(durations, spread, step * tableStep));
    const any = tableOf(wideSpread(seen));
    both = {
      seen: tableOf(narrowSpread(seen)),
      any: any.map((share, step) => trust * share + (1 - trust) * vagueSurvival(step * tableStep)),
    };
    tables.set(durations, both);
  }
  return both;
}

/**
 * The share of tasks of this kind that take longer, at every second of half an hour: 1 to 0, never rising. A part of it always
 * allows for a duration never seen, so that no age is impossible. Kept with the durations it was made from; null where too few
 * were seen.
 */
export const survivalTable = (durations: Durations): Float64Array | null => tablesOf(durations)?.any ?? null;

/** The same from the durations seen alone, and nearer to each of them: 0 beyond the longest. */
export const seenTable = (durations: Durations): Float64Array | null => tablesOf(durations)?.seen ?? null;

/** As how many durations of equal weight those seen count. */
export function evidence({ seen }: Durations): number {
  const [sum, squares] = [forgetting, forgetting ** 2].map(part => (1 - part ** seen.length) / (1 - part));
  return (sum ?? 0) ** 2 / (squares ?? 1);
}

/** The duration in milliseconds that so great a share of tasks do not exceed; null where too few were seen. */
export function quantile(durations: Durations, share: number): number | null {
  const step = seenTable(durations)?.findIndex(longer => longer <= 1 - share) ?? -1;
  return step < 0 ? null : step * tableStep;
}
