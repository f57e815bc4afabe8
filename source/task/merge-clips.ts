import type { Clip } from './task.ts';
import { filled, isEqual, keysOf, uniqueClips } from './unique-clips.ts';

/** More clips than this are not collected: a vendor that gives its clips other ids with every reply would never end. */
const maxClips = 100;

/**
 * What is known of a task's clips after a reply that takes nothing back: an undated one, that may be older than the last,
 * or one about a finished task. Clips stay where they are, whatever the order of the reply. Returns the same array when
 * the reply says nothing new.
 */
export function addClips(previous: readonly Clip[], reply: readonly Clip[]): readonly Clip[] {
  const next = uniqueClips(reply);
  const isKnown = next.length <= previous.length && next.every(clip => previous.some(old => addsNothing(old, clip)));
  if (isKnown) return previous;

  const clips = [...previous];
  for (const [place, old] of matches(previous, next).entries()) {
    const [before, clip] = [previous[old], next[place]];
    if (clip === undefined) continue;
    if (before === undefined) clips.push(clip);
    else if (!addsNothing(before, clip)) clips[old] = filled(before, clip);
  }
  return clips.length > maxClips ? replaceClips(previous, next) : clips;
}

/**
 * The clips of a reply that has the last word: a later one, or the end. Clips with an id keep their order, and each clip
 * that did not change its identity. Returns the same array when the reply says nothing new.
 */
export function replaceClips(previous: readonly Clip[], reply: readonly Clip[]): readonly Clip[] {
  // What most replies about a running task repeat, and the clips of `previous` differ from each other.
  if (isSameList(previous, reply)) return previous;
  const next = inOrderOf(previous, uniqueClips(reply)).map((clip, place) => equalAmong(previous, clip, place) ?? clip);
  const same = next.length === previous.length && previous.every(clip => next.includes(clip));
  return same ? previous : next;
}

function isSameList(previous: readonly Clip[], reply: readonly Clip[]): boolean {
  const isSame = (old: Clip, place: number) => {
    const clip = reply[place];
    return clip !== undefined && isEqual(old, clip);
  };
  return previous.length === reply.length && previous.every(isSame);
}

/**
 * Where the earlier state of each clip stands, -1 for a new clip. Each earlier one is taken once: first those that the
 * reply repeats, at their own place and then anywhere, then those of which it tells less, then the same ids, the same
 * media, and last what stands at the same place where one of the two has no id.
 */
function matches(previous: readonly Clip[], next: readonly Clip[]): readonly number[] {
  const found = next.map(() => -1);
  const passes: readonly ((old: Clip, clip: Clip, samePlace: boolean) => boolean)[] = [
    (old, clip, samePlace) => samePlace && isEqual(old, clip),
    isEqual,
    addsNothing,
    (old, clip) => clip.id !== null && old.id === clip.id,
    (old, clip) => (old.id === null || clip.id === null) && hasSameMedia(old, clip),
    (old, clip, samePlace) => samePlace && (old.id === null || clip.id === null),
  ];
  for (const fits of passes) {
    for (const [place, clip] of next.entries()) {
      if (found[place] !== -1) continue;
      found[place] = previous.findIndex((old, index) => !found.includes(index) && fits(old, clip, index === place));
    }
  }
  return found;
}

function equalAmong(previous: readonly Clip[], clip: Clip, place: number): Clip | undefined {
  const there = previous[place];
  return there !== undefined && isEqual(there, clip) ? there : previous.find(old => isEqual(old, clip));
}

/** Clips that all have ids, in the order in which they are known; new ones come last. */
function inOrderOf(previous: readonly Clip[], clips: readonly Clip[]): readonly Clip[] {
  if (clips.some(({ id }) => id === null)) return clips;
  const place = ({ id }: Clip): number => {
    const found = previous.findIndex(old => old.id === id);
    return found < 0 ? previous.length : found;
  };
  return clips.toSorted((a, b) => place(a) - place(b));
}

const addsNothing = (old: Clip, clip: Clip): boolean =>
  keysOf(clip).every(key => clip[key] === null || clip[key] === old[key]);

const hasSameMedia = (a: Clip, b: Clip): boolean =>
  (['audioUrl', 'videoUrl', 'fileUrl'] as const).some(key => a[key] !== null && a[key] === b[key]);
