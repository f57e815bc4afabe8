/**
 * When a relay updates its rows. new-api asks its own upstream every 15 seconds and writes what it heard, with the time in
 * `updated_at` (whole seconds of its clock): between two updates it has nothing to tell. All times here are milliseconds.
 */
export type UpdateTimes = {
  /** Updates that were noticed, oldest first. */
  readonly seen: readonly Update[];
  /** When the last reply was asked for: what it did not show happened later. */
  readonly lastAsked: number | null;
  /**
   * Whether a reply has shown nothing new since updates last came at odd times. Rows that are written at any time seem to have
   * the rhythm in which they are asked about, but show something new in each reply.
   */
  readonly silent: boolean;
};

type Update = {
  /** By the relay's clock, in whole seconds. */
  readonly stamp: number;
  /** It happened between these moments of our own clock. */
  readonly after: number;
  readonly before: number;
};

export const noUpdates: UpdateTimes = { seen: [], lastAsked: null, silent: false };

/** How many are kept, and how many must agree before the rhythm counts as known: fewer agree by chance. */
const maxSeen = 10;
const minSeen = 6;
/** Rhythms that are looked for. A faster one needs no aiming at, a slower one is asked about more often anyway. */
const shortest = 8000;
const longest = 16_000;
/** How far a relay's rhythm may stray from the line: its rounds take a little longer at times. */
const jitter = 400;
/** A reply this long after the last update was noticed that shows nothing new was asked for between two updates. */
const silence = 2000;
/** By how much less a round may take than the period that was found: that is asked about anew every few minutes. */
const drift = 25;
/** Time to leave after the latest moment of an update, so that it has been written. */
const margin = 100;

/** With one more reply. `stamps` are the `updated_at` of its rows, times are those of our own clock that never jumps. */
export function withReply(
  updates: UpdateTimes,
  { stamps, asked, answered }: { stamps: readonly number[]; asked: number; answered: number },
): UpdateTimes {
  const { seen, lastAsked, silent } = updates;
  const newest = stamps.reduce((most, stamp) => (stamp > most ? stamp : most), Number.NEGATIVE_INFINITY);
  const last = seen.at(-1);
  if (!Number.isFinite(newest) || lastAsked === null) return { ...updates, lastAsked: asked };
  if (newest === last?.stamp) return { seen, lastAsked: asked, silent: silent || asked - last.before >= silence };
  const update = { stamp: newest, after: Math.max(lastAsked, earliest(updates, newest, answered)), before: answered };
  // A clock that was set back makes what was seen before useless.
  const before = last !== undefined && newest < last.stamp ? [] : seen;
  const all = [...before, update].slice(-maxSeen);
  return { seen: all, lastAsked: asked, silent: silent && (all.length < minSeen || regularity(all) !== null) };
}

/** Before which moment an update did not happen, from the rhythm so far: what was found out is not lost with old updates. */
function earliest(updates: UpdateTimes, stamp: number, answered: number): number {
  const rhythm = rhythmOf(updates);
  const last = updates.seen.at(-1);
  if (rhythm === null || last === undefined) return Number.NEGATIVE_INFINITY;
  const rounds = Math.round((stamp - last.stamp) / rhythm.period);
  const moment = rhythm.from + rounds * (rhythm.period - drift);
  return moment < answered ? moment : Number.NEGATIVE_INFINITY;
}

/** Milliseconds between two updates, and between which moments the one happened that is counted from; null: not known. */
type Rhythm = { readonly period: number; readonly from: number; readonly to: number };

/** The rhythm that all the updates seen agree on, or null. */
export const rhythmOf = ({ seen, silent }: UpdateTimes): Rhythm | null => (silent ? regularity(seen) : null);

/**
 * Milliseconds after the last request at which one tells whether what looks like a rhythm is one, or only that in which rows that
 * are written at any time are asked about: halfway between two updates. Null where there is nothing to be told apart.
 */
export function doubtAfter({ seen, silent }: UpdateTimes): number | null {
  const rhythm = silent ? null : regularity(seen);
  return rhythm === null ? null : rhythm.period / 2;
}

const rhythms = new WeakMap<readonly Update[], Rhythm | null>();

/** The line that all of these updates lie on, kept with them; null: none. */
function regularity(seen: readonly Update[]): Rhythm | null {
  const known = rhythms.get(seen);
  if (known !== undefined) return known;
  const rhythm = findRhythm(seen);
  rhythms.set(seen, rhythm);
  return rhythm;
}

function findRhythm(seen: readonly Update[]): Rhythm | null {
  const last = seen.at(-1);
  if (last === undefined || seen.length < minSeen) return null;
  const periods: number[] = [];
  for (let period = shortest; period <= longest; period += 25) {
    if (fits(seen, last, period)) periods.push(period);
  }
  const [low, high] = [periods[0], periods.at(-1)];
  if (low === undefined || high === undefined || high - low > 500) return null;
  const period = periods.includes(15_000) ? 15_000 : (low + high) / 2;
  let [from, to] = [last.after, last.before];
  for (const { stamp, after, before } of seen.toReversed()) {
    const rounds = Math.round((last.stamp - stamp) / period) * period;
    const narrowed = [Math.max(from, after + rounds), Math.min(to, before + rounds)] as const;
    // Older ones may have drifted away.
    if (narrowed[0] >= narrowed[1]) break;
    [from, to] = narrowed;
  }
  return { period, from, to };
}

/** Whether all stamps lie on a line of this period: whole seconds cut off up to one each. */
function fits(seen: readonly Update[], last: Update, period: number): boolean {
  let [least, most] = [0, 0];
  for (const { stamp } of seen) {
    const rounds = Math.round((stamp - last.stamp) / period);
    if (rounds === 0 && stamp !== last.stamp) return false;
    const residual = stamp - last.stamp - rounds * period;
    least = Math.min(least, residual);
    most = Math.max(most, residual);
  }
  return most - least < 1000 + jitter;
}

/**
 * The first moment at which the relay may have something new to tell, at least `min` after the last reply was asked for.
 * While the moment of the update is not known exactly, it is approached from both sides.
 */
export function nextUpdate({ lastAsked }: UpdateTimes, { period, from, to }: Rhythm, min: number): number {
  const asked = lastAsked ?? to;
  const width = to - from;
  // In three of four cases asked after the update, and in any case the window is smaller then.
  const aim = width > 600 ? from + 0.75 * width : to + margin;
  const rounds = Math.max(1, Math.floor((asked - aim) / period + 1e-6) + 1);
  // The last reply came before this round's update was certain to be written, and may not have shown it: once more.
  const late = to + margin + (rounds - 1) * period;
  const next = rounds > 1 && asked < late ? late : aim + rounds * period;
  return Math.max(next, asked + min);
}
