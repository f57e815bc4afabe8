import leven from 'leven';

/** The name that somebody who wrote `wrong` most likely meant; null when none is near. */
export function nearest(wrong: string, names: readonly string[]): string | null {
  const [best] = names
    .map(name => ({ name, distance: leven(plain(wrong), plain(name)) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(2, Math.floor(wrong.length / 3)) ? best.name : null;
}

/** `; did you mean dusk?`, to be put behind what may be said; empty when nothing is near. */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const meant = nearest(wrong, names);
  return meant === null ? '' : `; did you mean ${meant}?`;
}

/** `download-what`, `downloadWhat` and `download.what` are the same word. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');
