/** Pixels, three bytes each (red, green, blue), row by row. */
export type Pixels = { readonly width: number; readonly height: number; readonly rgb: Uint8Array };

/** Pixels with a fourth byte each that says how opaque they are. */
type OpaquePixels = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** The size that fits into `most` pixels each way, the sides in proportion, each 1 at least. */
export function fitInto(
  { width, height }: { readonly width: number; readonly height: number },
  most: number,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, most / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The picture without its fourth byte: what shines through is black. */
export function opaque({ width, height, data }: OpaquePixels): Pixels {
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const opacity = (data[pixel * 4 + 3] ?? 255) / 255;
    for (let channel = 0; channel < 3; channel++) {
      rgb[pixel * 3 + channel] = Math.round((data[pixel * 4 + channel] ?? 0) * opacity);
    }
  }
  return { width, height, rgb };
}

/** The picture in another size; each new pixel is the mean of those that it covers. */
export function resample({ width, height, rgb }: Pixels, wide: number, high: number): Pixels {
  if (wide === width && high === height) return { width, height, rgb };
  const result = new Uint8Array(wide * high * 3);
  for (let y = 0; y < high; y++) {
    const [top, bottom] = span(y, high, height);
    for (let x = 0; x < wide; x++) {
      const [left, right] = span(x, wide, width);
      const sums = [0, 0, 0];
      for (let row = top; row < bottom; row++) {
        for (let at = (row * width + left) * 3; at < (row * width + right) * 3; at += 3) {
          for (let channel = 0; channel < 3; channel++) sums[channel] = (sums[channel] ?? 0) + (rgb[at + channel] ?? 0);
        }
      }
      const count = (bottom - top) * (right - left);
      sums.forEach((sum, channel) => (result[(y * wide + x) * 3 + channel] = Math.round(sum / count)));
    }
  }
  return { width: wide, height: high, rgb: result };
}

/** The old pixels, from the first to the one behind the last, that a new one covers: one at least. */
function span(index: number, of: number, size: number): readonly [number, number] {
  const from = Math.min(size - 1, Math.floor((index * size) / of));
  return [from, Math.min(size, Math.max(from + 1, Math.floor(((index + 1) * size) / of)))];
}
