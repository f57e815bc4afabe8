import { PNG } from 'pngjs';
import type { Pixels } from './thumbnail.ts';

/** A PNG file of these pixels, without transparency. */
export function encodePng({ width, height, rgb }: Pixels): Buffer {
  const png = new PNG({ width, height });
  png.data = Buffer.from(rgb);
  return PNG.sync.write(png, { colorType: 2, inputColorType: 2, inputHasAlpha: false });
}
