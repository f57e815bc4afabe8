import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileError } from '../../source/media/fetch-errors.ts';
import { fetchFile, type FetchFileOptions } from '../../source/media/fetch-file.ts';
import { breakAfter, mediaHost, serve, songOf, type Handler } from './host.ts';

const song = songOf(200_000);

async function setUp(handle: Handler) {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-media-'));
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  const host = await mediaHost(handle);
  const part = join(folder, 'Moon.mp3.part');
  const fetch = (more: Partial<FetchFileOptions> = {}) =>
    fetchFile({
      ...{ url: `${host.origin}/moon.mp3`, what: 'audio', part, owner: 'a song', dispatcher, api: null },
      signal: new AbortController().signal,
      ...more,
    });
  const failure = (more: Partial<FetchFileOptions> = {}) =>
    fetch(more).then(
      () => null,
      (error: unknown) => error as FileError,
    );
  return { host, part, fetch, failure, files: () => readdirSync(folder) };
}

describe('a file', () => {
  it('is fetched whole, with its size and type', async () => {
    const { fetch, part } = await setUp((request, response) => serve(song, request, response));
    const seen: (readonly [number, number | null])[] = [];
    const done = await fetch({ onProgress: (bytes, total) => seen.push([bytes, total]) });
    expect(done).toEqual({ bytes: song.length, type: 'audio/mpeg' });
    expect(readFileSync(part).equals(song)).toBe(true);
    expect([seen[0], seen.at(-1)]).toEqual([
      [0, song.length],
      [song.length, song.length],
    ]);
  });

  it('goes on where the connection broke off', async () => {
    const { host, part, fetch, failure } = await setUp((request, response, count) =>
      count === 1 ? breakAfter(70_000, song, request, response) : serve(song, request, response),
    );
    expect(await failure()).toMatchObject({ kind: 'passing' });
    expect(readFileSync(part)).toHaveLength(70_000);
    await fetch();
    expect(readFileSync(part).equals(song)).toBe(true);
    expect(host.requests[1]?.headers).toMatchObject({
      range: 'bytes=70000-',
      'if-range': expect.any(String) as string,
    });
  });

  it('is begun anew when the host has another one by now', async () => {
    const other = songOf(150_000, 'other');
    const { part, fetch, failure } = await setUp((request, response, count) =>
      count === 1 ? breakAfter(70_000, song, request, response) : serve(other, request, response),
    );
    await failure();
    await fetch();
    expect(readFileSync(part).equals(other)).toBe(true);
  });

  it('is begun anew when nothing is known about the beginning', async () => {
    const { host, part, fetch } = await setUp((request, response) => serve(song, request, response));
    writeFileSync(part, 'left by something else');
    await fetch();
    expect(readFileSync(part).equals(song)).toBe(true);
    expect(host.requests[0]?.headers.range).toBeUndefined();
  });

  it('that is complete already is not asked for again', async () => {
    const { host, fetch } = await setUp((request, response) => serve(song, request, response));
    await fetch();
    expect(await fetch()).toEqual({ bytes: song.length, type: 'audio/mpeg' });
    expect(host.requests).toHaveLength(1);
  });

  it('whose length changes between two ranges is wrong, and nothing stays', async () => {
    const { failure, files } = await setUp((request, response, count) => {
      if (count === 1) breakAfter(70_000, song, request, response);
      else {
        response.writeHead(206, { 'content-type': 'audio/mpeg', 'content-range': 'bytes 70000-99999/100000' });
        response.end(song.subarray(70_000, 100_000));
      }
    });
    await failure();
    expect(await failure()).toMatchObject({ kind: 'wrong', message: 'its length changed meanwhile' });
    expect(files()).toEqual([]);
  });

  it('is begun anew when the host answers with another range than asked', async () => {
    const { part, fetch, failure } = await setUp((request, response, count) => {
      if (count === 1) breakAfter(70_000, song, request, response);
      else if (count === 2) {
        response.writeHead(206, { 'content-type': 'audio/mpeg', 'content-range': 'bytes 0-199999/200000' });
        response.end(song);
      } else serve(song, request, response);
    });
    await failure();
    await fetch();
    expect(readFileSync(part).equals(song)).toBe(true);
  });

  it('on a host that sends a part to who asks for all is wrong', async () => {
    const { failure, host } = await setUp((_request, response) => {
      response.writeHead(206, { 'content-type': 'audio/mpeg', 'content-range': 'bytes 70000-99999/100000' });
      response.end(song.subarray(70_000, 100_000));
    });
    expect(await failure()).toMatchObject({ kind: 'wrong', message: 'a part came instead of the whole file' });
    expect(host.requests).toHaveLength(1);
  });

  it.each([
    ['a web page', 'text/html; charset=utf-8', '<!doctype html><p>expired', 'a web page came instead of the file'],
    ['a web page under another name', 'audio/mpeg', ' <HTML><body>', 'a web page came instead of the file'],
    ['a JSON error', 'application/json', '{"error":"expired"}', 'JSON came instead of the file'],
    ['a JSON error without a type', 'application/octet-stream', '{"error":"expired"}', 'JSON came instead of the file'],
    ['an XML error', 'application/xml', '<?xml version="1.0"?><Error/>', 'XML came instead of the file'],
    ['a picture', 'image/png', '\u0089PNG', 'image/png came instead of audio'],
    ['nothing', 'audio/mpeg', '', 'the file is empty'],
  ])('that is %s is wrong, and nothing stays', async (_, type, body, message) => {
    const { failure, files } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-type': type });
      response.end(body);
    });
    expect(await failure()).toMatchObject({ kind: 'wrong', message });
    expect(files()).toEqual([]);
  });

  it('that never ends is cut off at the size limit', async () => {
    const { failure, files } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg' });
      const more = () => !response.destroyed && response.write(song, () => setImmediate(more));
      more();
    });
    expect(await failure({ maxBytes: 1_000_000 })).toMatchObject({ kind: 'wrong' });
    expect(files()).toEqual([]);
  });

  it.each([403, 404, 410])('that is answered with %d is gone', async status => {
    const { failure } = await setUp((_request, response) => response.writeHead(status).end());
    expect(await failure()).toMatchObject({ kind: 'gone', status, message: String(status) });
  });

  it.each([408, 429, 500, 503])('that is answered with %d is tried again later', async status => {
    const { failure } = await setUp((_request, response) => response.writeHead(status, { 'retry-after': '7' }).end());
    expect(await failure()).toMatchObject({ kind: 'passing', status, retryAfter: 7000 });
  });

  it('on a host that sends a byte now and then is given up for now', async () => {
    const { failure } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': '1000', etag: '"a"' });
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    });
    let clock = 0;
    const slow = await failure({ now: () => (clock += 20_000) });
    expect(slow).toMatchObject({ kind: 'passing', message: 'the host is too slow' });
  });

  it('in a folder that cannot be made is a matter of the disk', async () => {
    const { failure, part } = await setUp((request, response) => serve(song, request, response));
    writeFileSync(part, '');
    expect(await failure({ part: join(part, 'x.part') })).toMatchObject({ kind: 'disk', diskFull: false });
  });

  it('leaves its part when it is broken off', async () => {
    const { part, fetch } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': song.length, etag: '"a"' });
      response.write(song.subarray(0, 50_000));
    });
    const controller = new AbortController();
    const fetching = fetch({ signal: controller.signal, onProgress: bytes => bytes === 50_000 && controller.abort() });
    await expect(fetching).rejects.not.toBeInstanceOf(FileError);
    expect(readFileSync(part)).toHaveLength(50_000);
    expect(existsSync(`${part}.json`)).toBe(true);
  });
});

describe('the token', () => {
  const token = 'sk-secret-of-the-person';

  it("goes to the API's own host only when it asks for it", async () => {
    const { host, fetch } = await setUp((request, response) => {
      if (request.headers.authorization === undefined) response.writeHead(401).end();
      else serve(song, request, response);
    });
    await fetch({ api: { origin: host.origin, token } });
    expect(host.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, `Bearer ${token}`]);
  });

  it('goes to no other host, whatever it answers and wherever the API sends us', async () => {
    const thief = await mediaHost((_request, response) => response.writeHead(401).end());
    const { host, failure } = await setUp((request, response) => {
      if (request.headers.authorization === undefined) response.writeHead(403).end();
      else response.writeHead(302, { location: `${thief.origin}/moon.mp3` }).end();
    });
    const api = { origin: host.origin, token };
    expect(await failure({ api })).toMatchObject({ kind: 'gone', status: 401 });
    expect(await failure({ api, url: `${thief.origin}/moon.mp3` })).toMatchObject({ kind: 'gone', status: 401 });
    expect(thief.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  it('is not sent in circles', async () => {
    const { failure, host } = await setUp((request, response) => {
      response.writeHead(302, { location: request.url }).end();
    });
    expect(await failure()).toMatchObject({ kind: 'gone', message: 'redirected in circles' });
    expect(host.requests).toHaveLength(6);
  });
});
