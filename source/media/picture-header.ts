/** What a picture is, as its first bytes tell. */
type PictureHeader = { readonly type: 'png' | 'jpeg'; readonly width: number; readonly height: number };

/** Why a file is not shown as a picture: one line for the person. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

/** More pixels than this take seconds to decode, and hundreds of megabytes. */
const maxPixels = 16_000_000;
const million = 1_000_000;

/** Type and size of a picture, read without decoding it. Throws PictureError for what is none, and for one too large. */
export function readPictureHeader(file: Buffer): PictureHeader {
  const header = pngHeader(file) ?? jpegHeader(file);
  if (header === null) throw new PictureError(otherKind(file));
  const { width, height } = header;
  if (width < 1 || height < 1) throw new PictureError('a picture without pixels');
  if (width * height > maxPixels) {
    throw new PictureError(`a picture of ${Math.round((width * height) / million)} megapixels, too large to show`);
  }
  return header;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function pngHeader(file: Buffer): PictureHeader | null {
  if (file.length < 33 || !file.subarray(0, 8).equals(pngSignature)) return null;
  if (file.toString('latin1', 12, 16) !== 'IHDR') return null;
  // Its passes would have to be unpacked without knowing how much comes out of them.
  if (file[28] !== 0) throw new PictureError('an interlaced PNG, which is not shown');
  return { type: 'png', width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

/** The segments of a JPEG up to the start of a frame, which holds the size. */
function jpegHeader(file: Buffer): PictureHeader | null {
  if (file.length < 4 || file[0] !== 0xff || file[1] !== 0xd8) return null;
  for (let at = 2; at + 9 <= file.length && file[at] === 0xff;) {
    const marker = file[at + 1] ?? 0;
    // SOF0 to SOF15, but not the tables DHT, JPG and DAC among them.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { type: 'jpeg', width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
    }
    // Bytes that fill up, and markers without a segment behind them.
    const isAlone = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += marker === 0xff ? 1 : isAlone ? 2 : 2 + file.readUInt16BE(at + 2);
  }
  return null;
}

function otherKind(file: Buffer): string {
  if (file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP') {
    return 'a WebP picture, which is not shown';
  }
  if (file.toString('latin1', 0, 3) === 'GIF') return 'a GIF picture, which is not shown';
  if (file[0] === 0xff && file[1] === 0xd8) return 'a JPEG picture without a size';
  return 'no picture';
}
