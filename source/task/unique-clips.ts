import type { Clip } from './task.ts';

/** The clips of one reply, each once: relays repeat rows, and one clip may be told in two halves. */
export function uniqueClips(clips: readonly Clip[]): readonly Clip[] {
  const unique: Clip[] = [];
  for (const clip of clips) {
    const twin = unique.findIndex(other => isSame(other, clip));
    const there = unique[twin];
    if (there === undefined) unique.push(clip);
    else unique[twin] = filled(there, clip);
  }
  return unique;
}

/** The names of a clip's facts. */
export const keysOf = (clip: Clip) => Object.keys(clip) as (keyof Clip)[];

/** Whether two clips agree in every fact. */
export function isEqual(a: Clip, b: Clip): boolean {
  // Makes no list of the keys, for each of the clips of each reply.
  for (const key in a) if (a[key as keyof Clip] !== b[key as keyof Clip]) return false;
  return true;
}

/** Two rows of one reply are one clip: equal ones, and those with one id of which none denies what the other says. */
const isSame = (a: Clip, b: Clip): boolean =>
  isEqual(a, b) ||
  (a.id !== null && a.id === b.id && keysOf(a).every(key => a[key] === null || b[key] === null || a[key] === b[key]));

/** A clip with all that a reply says about it, and what an earlier one said and this one leaves out. */
export function filled(old: Clip, clip: Clip): Clip {
  const said = Object.entries(clip).filter(([, fact]) => fact !== null);
  return { ...old, ...Object.fromEntries(said) };
}
