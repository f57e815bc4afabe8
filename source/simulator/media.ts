import { crc32, deflateSync } from 'node:zlib';
import { between, pick, randomFrom } from './random.ts';
import { json, type Reply } from './reply.ts';

const sampleRate = 22_050;

/** A WAV file (mono, 16 bit, 22,050 Hz) of a few seconds: an arpeggio that depends on the id. */
function wavFor(id: string): Buffer {
  const random = randomFrom(`${id} song`);
  const root = between(random, 45, 57);
  const chords = pick(random, [
    [0, 9, 5, 7],
    [0, 7, 9, 5],
    [9, 5, 0, 7],
    [0, 4, 5, 7],
  ]);
  const minor = new Set([2, 4, 9]);
  const noteLength = Math.floor(sampleRate * pick(random, [0.18, 0.2, 0.24]));
  const samples = new Float32Array(noteLength * chords.length * 4 + sampleRate);
  chords.forEach((step, bar) => {
    const steps = [0, minor.has(step) ? 3 : 4, 7, 12];
    steps.forEach((offset, beat) => {
      addNote(samples, (bar * 4 + beat) * noteLength, 440 * 2 ** ((root + step + offset - 57) / 12));
    });
  });
  const sound = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) =>
    sound.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), index * 2),
  );
  return Buffer.concat([wavHeader(sound.length), sound]);
}

/** Adds a plucked note, which still sounds under the next ones. */
function addNote(samples: Float32Array, from: number, frequency: number): void {
  const length = Math.min(sampleRate, samples.length - from);
  for (let index = 0; index < length; index++) {
    const time = index / sampleRate;
    const phase = 2 * Math.PI * frequency * time;
    // Rises within 5 ms and decays within a second, so that no note starts or ends with a click.
    const loudness = Math.min(1, time * 200) * Math.exp(-4 * time) * Math.min(1, (length - index) / 400);
    const wave = Math.sin(phase) + 0.35 * Math.sin(2 * phase) + 0.12 * Math.sin(3 * phase);
    samples[from + index] = (samples[from + index] ?? 0) + 0.22 * loudness * wave;
  }
}

function wavHeader(bytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  return header;
}

/** A PNG file, 128 × 128 pixels: a gradient between two colours that depend on the id. */
function pngFor(id: string): Buffer {
  const size = 128;
  const random = randomFrom(`${id} cover`);
  const colour = () => [between(random, 30, 245), between(random, 30, 245), between(random, 30, 245)];
  const [from, to] = [colour(), colour()];
  const rows = Buffer.alloc(size * (size * 3 + 1));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const share = (x + y) / (2 * size - 2);
      for (let channel = 0; channel < 3; channel++) {
        const value = (from[channel] ?? 0) * (1 - share) + (to[channel] ?? 0) * share;
        rows[y * (size * 3 + 1) + 1 + x * 3 + channel] = Math.round(value);
      }
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // 8 bits per channel, RGB.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** An uncompressed video (YUV4MPEG2, 64 × 64 pixels, two seconds): one colour that gets brighter and darker again. */
function videoFor(id: string): Buffer {
  const random = randomFrom(`${id} video`);
  const colour = Buffer.alloc((64 * 64) / 2, between(random, 60, 200));
  const frames = Array.from({ length: 20 }, (_, frame) => {
    const light = Math.round(60 + 150 * Math.sin((Math.PI * (frame + 1)) / 21));
    return Buffer.concat([Buffer.from('FRAME\n'), Buffer.alloc(64 * 64, light), colour]);
  });
  return Buffer.concat([Buffer.from('YUV4MPEG2 W64 H64 F10:1 Ip A1:1 C420jpeg\n'), ...frames]);
}

/** A ZIP file with two stems as WAV files. */
function zipFor(id: string): Buffer {
  const files = ['vocals', 'instrumental'].map(stem => ({
    name: Buffer.from(`${stem}.wav`),
    content: wavFor(`${id} ${stem}`),
  }));
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    // Version 2.0, stored, 1 January 1980, then CRC and sizes: the same bytes in the local and the central header.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), common, name, content);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, place, name);
    offset += 30 + name.length + content.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06'), end]);
}

const makers: Readonly<Record<string, { readonly type: string; readonly make: (id: string) => Buffer }>> = {
  wav: { type: 'audio/wav', make: wavFor },
  png: { type: 'image/png', make: pngFor },
  y4m: { type: 'video/x-yuv4mpeg', make: videoFor },
  zip: { type: 'application/zip', make: zipFor },
};

/** Serves the files of the clips. Keeps the last 16 in memory, because a player requests a file in many ranges. */
export function createMedia(): (name: string, headers: Readonly<Record<string, string>>) => Reply {
  const files = new Map<string, Buffer>();
  return (name, headers) => {
    const [, id = '', extension = ''] = /^([\w:-]{1,80})\.(\w+)$/.exec(name) ?? [];
    const maker = makers[extension];
    if (!maker) return json(404, { error: 'no such file' });
    const file = files.get(name) ?? maker.make(id);
    files.set(name, file);
    const [oldest] = files.keys();
    if (files.size > 16 && oldest !== undefined) files.delete(oldest);
    return rangeOf(file, `"${name}-${file.length}"`, maker.type, headers);
  };
}

function rangeOf(file: Buffer, etag: string, type: string, request: Readonly<Record<string, string>>): Reply {
  const headers = { 'content-type': type, 'accept-ranges': 'bytes', etag, 'cache-control': 'public, max-age=3600' };
  if (request['if-none-match'] === etag) return { status: 304, headers, body: Buffer.alloc(0) };
  // If-Range names another version of the file: its bytes would not fit together, so the whole file is sent.
  const fits = request['if-range'] === undefined || request['if-range'] === etag;
  // RFC 9110 allows the whole file as the answer to several ranges, or to a unit other than bytes.
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(fits ? (request.range ?? '') : '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === ''))
    return { status: 200, headers, body: file };
  const from = first === '' ? Math.max(0, file.length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? file.length - 1 : Math.min(Number(last), file.length - 1);
  if (from > to) {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${file.length}` }, body: Buffer.alloc(0) };
  }
  const range = `bytes ${from}-${to}/${file.length}`;
  return { status: 206, headers: { ...headers, 'content-range': range }, body: file.subarray(from, to + 1) };
}
