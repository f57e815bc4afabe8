import { encode } from 'jpeg-js';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { decodeInThread } from '../../source/media/picture-decoder.ts';
import { encodePng } from '../../source/media/encode-png.ts';
import { readPictureHeader } from '../../source/media/picture-header.ts';
import { resample } from '../../source/media/thumbnail.ts';
import { startSimulator } from '../../source/simulator/simulator.ts';

/** Left half red, right half blue. */
function halves(width: number, height: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) rgb[pixel * 3 + (pixel % width < width / 2 ? 0 : 2)] = 255;
  return rgb;
}
const png = (width: number, height: number) => encodePng({ width, height, rgb: halves(width, height) });
const signal = new AbortController().signal;
const decode = (file: Buffer, options = { most: 8, asPng: false }) => decodeInThread(file, options, signal);

/** A PNG file that says it is so large. */
const claiming = (width: number, height: number): Buffer => {
  const file = png(4, 4);
  file.writeUInt32BE(width, 16);
  file.writeUInt32BE(height, 20);
  return file;
};

describe('a picture', () => {
  it('is decoded and made small, PNG and JPEG', async () => {
    const data = new Uint8Array(64 * 32 * 4).fill(255);
    halves(64, 32).forEach((value, index) => (data[Math.floor(index / 3) * 4 + (index % 3)] = value));
    for (const file of [png(64, 32), encode({ width: 64, height: 32, data }, 95).data]) {
      const { width, height, rgb } = await decode(file);
      expect([width, height]).toEqual([8, 4]);
      expect(rgb[0]).toBeGreaterThan(240);
      expect(rgb[2]).toBeLessThan(20);
      expect(rgb[7 * 3 + 2]).toBeGreaterThan(240);
    }
  });

  it('is kept as a small PNG where the terminal draws it', async () => {
    const picture = await decode(png(600, 600), { most: 100, asPng: true });
    const { width, data } = PNG.sync.read(Buffer.from(picture.png ?? []));
    expect([width, picture.width, picture.rgb.length]).toEqual([100, 100, 0]);
    expect([...data.subarray(0, 4)]).toEqual([255, 0, 0, 255]);
  });

  it('that is damaged behind its header is named as such', async () => {
    const file = png(64, 64);
    await expect(decode(file.fill(7, 45, 80))).rejects.toThrow('a damaged picture');
    await expect(decode(file.subarray(0, 50))).rejects.toThrow('a damaged picture');
  });

  it('is not waited for when nobody wants it any more', async () => {
    const controller = new AbortController();
    const decoded = decodeInThread(png(2000, 2000), { most: 8, asPng: false }, controller.signal);
    controller.abort(new Error('elsewhere'));
    await expect(decoded).rejects.toThrow('elsewhere');
  });

  it('of the simulated API is one, and another for each clip', async () => {
    const simulator = await startSimulator();
    try {
      const covers = await Promise.all(
        ['a', 'b'].map(async id => {
          const response = await fetch(`${simulator.origin}/media/${id}.png`);
          return decode(Buffer.from(await response.arrayBuffer()));
        }),
      );
      expect(covers.map(({ width }) => width)).toEqual([8, 8]);
      expect(covers[0]?.rgb).not.toEqual(covers[1]?.rgb);
    } finally {
      await simulator.close();
    }
  });
});

describe('the header', () => {
  it('refuses a picture of 40 megapixels before it is decoded', () => {
    expect(() => readPictureHeader(claiming(8000, 5000))).toThrow('a picture of 40 megapixels, too large to show');
    expect(() => readPictureHeader(claiming(4_294_967_295, 4_294_967_295))).toThrow('too large');
    expect(() => readPictureHeader(claiming(0, 5))).toThrow('without pixels');
  });

  it('names what is not shown', () => {
    expect(() => readPictureHeader(Buffer.from('RIFF1234WEBPVP8 '))).toThrow('a WebP picture');
    expect(() => readPictureHeader(Buffer.from('GIF89a'))).toThrow('a GIF picture');
    expect(() => readPictureHeader(Buffer.from('hello'))).toThrow('no picture');
    expect(() => readPictureHeader(Buffer.alloc(0))).toThrow('no picture');
    expect(() => readPictureHeader(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]))).toThrow('without a size');
    const interlaced = png(4, 4);
    interlaced[28] = 1;
    expect(() => readPictureHeader(interlaced)).toThrow('interlaced');
  });

  it('is read from whatever bytes in no time', () => {
    const bytes = Buffer.alloc(100_000, 0xff);
    bytes[1] = 0xd8;
    expect(() => readPictureHeader(bytes)).toThrow('without a size');
    expect(() => readPictureHeader(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0, 0, 0, 0]))).toThrow();
  });
});

it('a new pixel is the mean of those that it covers', () => {
  const rgb = Uint8Array.from([0, 0, 0, 100, 100, 100, 200, 200, 200, 100, 100, 100]);
  expect([...resample({ width: 2, height: 2, rgb }, 1, 1).rgb]).toEqual([100, 100, 100]);
  expect([...resample({ width: 2, height: 2, rgb }, 2, 1).rgb]).toEqual([100, 100, 100, 100, 100, 100]);
  expect(resample({ width: 2, height: 2, rgb }, 4, 4).rgb).toHaveLength(48);
});
