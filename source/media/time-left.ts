/** What was there of a file at a time by a clock that never goes back, milliseconds. */
type Seen = { readonly at: number; readonly bytes: number };

/** A file that is being fetched. */
export type Running = {
  /** When this attempt began; what an earlier one left is there already. */
  readonly begun: Seen;
  /** When it was looked at last. */
  readonly before: Seen;
  readonly bytes: number;
  /** Bytes of the whole file; null: nobody says. */
  readonly total: number | null;
};

/** Milliseconds until all files are there; `guess`: it says `~` and not `about`. */
export type FilesLeft = { readonly left: number; readonly guess: boolean };

/** Milliseconds after which a file has to have a pace. */
const settling = 5000;
/** Of what was missing when it began, this share has to have come: less says nothing about its pace. */
const leastShare = 0.05;
/** For `about`, so much of it, as of a batch. */
const shareForAbout = 0.25;
/** How many times as fast as before a file may be lately, or as slow, to be foreseen at all, and for `about`. */
const unsteady = 2;
const unsteadyForAbout = 4 / 3;

/**
 * How long some files still take, those included that wait for their turn, which are taken for as large as the others.
 * Null where there is no ground for it: as long as one of them has hardly begun for its time, as from a host that sends a
 * byte a second, or has no steady pace. `now`: milliseconds by the clock of the files.
 */
export function filesLeft(running: readonly Running[], waiting: number, now: number): FilesLeft | null {
  const settled = running.filter(({ begun }) => now - begun.at >= settling);
  const paces = settled.flatMap(file => paceOf(file, now) ?? []);
  if (settled.length === 0 || paces.length < settled.length) return null;
  const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0);
  const mean = sum(paces.map(({ total }) => total)) / paces.length;
  const fresh = running.filter(file => !settled.includes(file));
  const others = sum(fresh.map(({ total, bytes }) => (total ?? mean) - bytes)) + waiting * mean;
  const left = sum(paces.map(({ missing }) => missing)) + others;
  // The slowest may take longer than its share of all.
  const longest = Math.max(
    left / sum(paces.map(({ speed }) => speed)),
    ...paces.map(({ missing, speed }) => missing / speed),
  );
  return { left: longest, guess: others > 0 || paces.some(({ sure }) => !sure) };
}

type Pace = { readonly total: number; readonly missing: number; readonly speed: number; readonly sure: boolean };

/** `speed`: bytes per millisecond. */
function paceOf({ begun, before, bytes, total }: Running, now: number): Pace | null {
  if (total === null || total <= begun.bytes) return null;
  const share = (bytes - begun.bytes) / (total - begun.bytes);
  if (share < leastShare) return null;
  const speed = (bytes - begun.bytes) / (now - begun.at);
  const lately = now - before.at < 1000 ? speed : (bytes - before.bytes) / (now - before.at);
  const ratio = Math.max(speed, lately) / Math.min(speed, lately);
  if (!(ratio <= unsteady)) return null;
  return { total, missing: total - bytes, speed, sure: share >= shareForAbout && ratio <= unsteadyForAbout };
}
