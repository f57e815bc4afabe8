import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { noTasks, start } from './start.ts';

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

async function fileFrom(name: string, headers: Record<string, string> = {}, method = 'GET') {
  const { simulator } = await start(noTasks);
  const response = await fetch(`${simulator.origin}/media/${name}`, { method, headers });
  return { simulator, response, bytes: await bytesOf(response) };
}

describe('the file of an address', () => {
  test('is a WAV of some seconds that is neither silent nor clipped', async () => {
    const { response, bytes } = await fileFrom('a.wav');
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(bytes.toString('latin1', 0, 16)).toBe(`RIFF${bytes.toString('latin1', 4, 8)}WAVEfmt `);
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect([bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)]).toEqual([1, 22_050, 16]);
    expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
    const seconds = (bytes.length - 44) / 44_100;
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(8);
    const samples = Array.from({ length: (bytes.length - 44) / 2 }, (_, index) => bytes.readInt16LE(44 + index * 2));
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(8_000);
    expect(loudest).toBeLessThan(32_767);
  });

  test('is the same for the same clip, and different for another', async () => {
    const { bytes } = await fileFrom('a.wav');
    expect((await fileFrom('a.wav')).bytes.equals(bytes)).toBe(true);
    expect((await fileFrom('b.wav')).bytes.equals(bytes)).toBe(false);
  });

  test('is a PNG with all its rows', async () => {
    const { response, bytes } = await fileFrom('a.png');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
    const at = bytes.indexOf('IDAT');
    expect(inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)))).toHaveLength(128 * (128 * 3 + 1));
  });

  test('is a ZIP with two stems', async () => {
    const { bytes } = await fileFrom('a.zip');
    expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
    const end = bytes.length - 22;
    expect([bytes.readUInt32LE(end), bytes.readUInt16LE(end + 10)]).toEqual([0x06054b50, 2]);
    expect(bytes.readUInt32LE(bytes.readUInt32LE(end + 16))).toBe(0x02014b50);
  });

  test('is a video of twenty frames', async () => {
    const { bytes } = await fileFrom('a:full.y4m');
    expect(bytes.toString('latin1').match(/FRAME\n/g)).toHaveLength(20);
  });

  test.each(['a.mp3', 'None.mp3', 'a', '..%2fa.wav'])('does not exist for %s', async name => {
    expect((await fileFrom(name)).response.status).toBe(404);
  });
});

describe('a range of a file', () => {
  test.each([
    ['bytes=0-3', 'RIFF', 0],
    ['bytes=8-11', 'WAVE', 8],
    ['bytes=36-39', 'data', 36],
  ])('%s', async (range, text, from) => {
    const { response, bytes } = await fileFrom('a.wav', { range });
    expect(response.status).toBe(206);
    expect(bytes.toString()).toBe(text);
    expect(response.headers.get('content-length')).toBe('4');
    expect(response.headers.get('content-range')).toMatch(new RegExp(`^bytes ${from}-${from + 3}/\\d+$`));
  });

  test('can have an open start or end', async () => {
    const { bytes: whole } = await fileFrom('a.wav');
    const { bytes: end } = await fileFrom('a.wav', { range: 'bytes=-10' });
    expect(end.equals(whole.subarray(-10))).toBe(true);
    const { bytes: rest, response } = await fileFrom('a.wav', { range: 'bytes=100-' });
    expect(rest.equals(whole.subarray(100))).toBe(true);
    expect(response.headers.get('accept-ranges')).toBe('bytes');
  });

  test.each(['bytes=99999999-', 'bytes=5-2', 'bytes=-0'])('%s cannot be satisfied', async range => {
    const { response } = await fileFrom('a.wav', { range });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toMatch(/^bytes \*\/\d+$/);
  });

  test('of another version of the file is the whole file', async () => {
    const { response } = await fileFrom('a.wav', { range: 'bytes=0-3', 'if-range': '"other"' });
    expect(response.status).toBe(200);
    const etag = response.headers.get('etag') ?? '';
    expect((await fileFrom('a.wav', { range: 'bytes=0-3', 'if-range': etag })).response.status).toBe(206);
    expect((await fileFrom('a.wav', { 'if-none-match': etag })).response.status).toBe(304);
  });
});

test('HEAD gives the length and no body', async () => {
  const { response, bytes } = await fileFrom('a.wav', {}, 'HEAD');
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100_000);
  expect(bytes).toHaveLength(0);
});

test('files need no token, and the record of a request shows whether it had one', async () => {
  const { simulator } = await fileFrom('a.wav');
  expect(simulator.requests.at(-1)?.headers).not.toHaveProperty('authorization');
  await fetch(`${simulator.origin}/media/a.png`, { headers: { authorization: 'Bearer leaked' } });
  expect(simulator.requests.at(-1)).toMatchObject({
    path: '/media/a.png',
    dialect: null,
    ids: ['a'],
    headers: { authorization: 'Bearer leaked' },
  });
});
