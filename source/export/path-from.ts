import { isAbsolute, relative } from 'node:path';

/** A path as it is written in a file in that folder: relative where it is below the folder, else absolute. */
export function pathFrom(folder: string, path: string): string {
  const way = relative(folder, path);
  return way === '' || isAbsolute(way) || /^\.\.(?:[\\/]|$)/.test(way) ? path : way;
}
