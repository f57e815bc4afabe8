import { createHash } from 'node:crypto';

/** A song of so many bytes, another one for every seed. */
export function songOf(bytes: number, seed = 'song'): Buffer {
  const blocks = Math.ceil(bytes / 32);
  const hash = (index: number) => createHash('sha256').update(`${seed} ${index}`).digest();
  const song = Buffer.concat(Array.from({ length: blocks }, (_, index) => hash(index))).subarray(0, bytes);
  song.write('ID3', 0);
  return song;
}
