import { decode } from 'jpeg-js';
import { PNG } from 'pngjs';
import { readPictureHeader } from './picture-header.ts';
import { encodePng } from './encode-png.ts';
import { fitInto, opaque, resample, type Pixels } from './thumbnail.ts';

/** A cover as it is kept, in a small size: its pixels or, for terminals that draw pictures themselves, a PNG file. */
export type Picture = Pixels & { readonly png: Uint8Array | null };

export type DecodeOptions = {
  /** Pixels of the longer side of what is kept. */
  readonly most: number;
  /** Whether a PNG file is kept, and not the pixels. */
  readonly asPng: boolean;
};

/** Decodes a PNG or JPEG file and makes it small. Throws PictureError, and what the decoders throw. */
export function decodePicture(file: Buffer, { most, asPng }: DecodeOptions): Picture {
  const { type } = readPictureHeader(file);
  const pixels = type === 'png' ? PNG.sync.read(file) : decodeJpeg(file);
  const { width, height } = fitInto(pixels, most);
  const small = resample(opaque(pixels), width, height);
  return asPng ? { width, height, rgb: new Uint8Array(0), png: encodePng(small) } : { ...small, png: null };
}

const decodeJpeg = (file: Buffer) => decode(file, { useTArray: true, maxResolutionInMP: 16, maxMemoryUsageInMB: 320 });
