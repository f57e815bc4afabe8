import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodePng } from '../../source/media/encode-png.ts';
import { fetchPicture } from '../../source/media/fetch-picture.ts';
import { mediaHost, serve, type Handler } from './host.ts';

const png = encodePng({ width: 4, height: 4, rgb: new Uint8Array(48).fill(90) });

async function setUp(handle: Handler) {
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.destroy());
  const host = await mediaHost(handle);
  const fetch = (more: Partial<Parameters<typeof fetchPicture>[0]> = {}) =>
    fetchPicture({
      ...{ url: `${host.origin}/cover.png`, dispatcher, api: null, signal: new AbortController().signal },
      ...more,
    });
  return { host, fetch };
}

describe('a picture', () => {
  it('is fetched whole', async () => {
    const { fetch } = await setUp((request, response) => serve(png, request, response, 'image/png'));
    expect((await fetch()).equals(png)).toBe(true);
  });

  it('is followed to another host, which never gets the token', async () => {
    const token = 'sk-secret-of-the-person';
    const { host: cdn } = await setUp((request, response) => serve(png, request, response, 'image/png'));
    const { host, fetch } = await setUp((request, response) => {
      const known = request.headers.authorization === `Bearer ${token}`;
      response.writeHead(known ? 302 : 401, { location: `${cdn.origin}/there.png` }).end();
    });
    await fetch({ api: { origin: host.origin, token } });
    expect(host.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, `Bearer ${token}`]);
    expect(cdn.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it.each<[string, Handler, string]>([
    ['that is gone', (_, response) => response.writeHead(404).end(), '404'],
    ['that is a page', (_, response) => response.writeHead(200).end('<!doctype html><p>no'), 'a web page came'],
    [
      'that is announced as audio',
      (request, response) => serve(png, request, response),
      'audio/mpeg came instead of a picture',
    ],
    ['that is empty', (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(), 'empty'],
    [
      'that is announced as too large',
      (_, response) => response.writeHead(200, { 'content-type': 'image/png', 'content-length': 9e9 }).flushHeaders(),
      'larger than 0 MB',
    ],
    [
      'that has no end',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'image/png' });
        const more = () => {
          while (!response.destroyed && response.write(png));
          response.once('drain', more);
        };
        more();
      },
      'larger than 0 MB',
    ],
    [
      'that drips in',
      (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).write(png),
      'too slowly',
    ],
    [
      'that goes in circles',
      (_, response) => response.writeHead(302, { location: '/cover.png' }).end(),
      'redirected in circles',
    ],
  ])('%s is refused in one line', async (_, handle, words) => {
    const { fetch } = await setUp(handle);
    await expect(fetch({ maxBytes: 100_000, timeout: 300 })).rejects.toThrow(words);
  });
});
