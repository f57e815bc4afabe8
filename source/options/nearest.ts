import leven from 'leven';

/** The name that somebody who wrote `wrong` most likely meant; null when none is near. */
export function nearest(wrong: string, names: readonly string[]): string | null {
  const [best] = names
    .map(name => ({ name, distance: leven(plain(wrong), plain(name)) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(2, Math.floor(wrong.length / 3)) ? best.name : null;
}

/** `download-what`, `downloadWhat` and `download.what` are the same word. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');
