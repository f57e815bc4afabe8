import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startCallbackServer, type Callback } from '../../source/callbacks/server.ts';

async function listening(patience?: number) {
  const taken: Callback[] = [];
  const clock = { now: 0 };
  const server = await startCallbackServer({
    ...{ host: '127.0.0.1', port: 0, now: () => clock.now, ...(patience !== undefined && { patience }) },
    onCallback: callback => taken.push(callback),
  });
  onTestFinished(() => server.close());
  return { server, taken, clock };
}

const post = (url: string, body = '{}', init: RequestInit = {}) => fetch(url, { method: 'POST', body, ...init });

describe('the address for callbacks', () => {
  test('is on this machine, with a secret of its own each time', async () => {
    const [one, other] = [await listening(), await listening()];
    expect(one.server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{24}$/);
    expect(new URL(one.server.url).pathname).not.toBe(new URL(other.server.url).pathname);
  });

  test('takes a POST, also with a source behind it, and answers without a body', async () => {
    const { server, taken } = await listening();
    const answers = [await post(server.url, '{"a":1}'), await post(`${server.url}/xhuo/suno?x=1`, '{"b":2}')];
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect(taken).toEqual([
      { body: '{"a":1}', rest: [] },
      { body: '{"b":2}', rest: ['xhuo', 'suno'] },
    ]);
  });

  test('serves nothing else: 404 without a body', async () => {
    const { server, taken } = await listening();
    const { origin } = new URL(server.url);
    const others = [
      fetch(server.url),
      fetch(origin),
      post(origin),
      post(server.url.slice(0, -1)),
      post(`${server.url}x`),
      fetch(server.url, { method: 'OPTIONS' }),
    ];
    for (const answer of await Promise.all(others)) {
      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe('');
      expect(answer.headers.get('server') ?? answer.headers.get('date')).toBeNull();
    }
    expect(taken).toEqual([]);
  });

  test('takes no more than a megabyte, announced or not', async () => {
    const { server, taken } = await listening();
    const big = 'x'.repeat(1024 * 1024 + 1);
    expect((await post(server.url, big)).status).toBe(413);
    const stream = new Blob([big, big]).stream();
    const unannounced = post(server.url, '', { body: stream, duplex: 'half' });
    expect((await unannounced.catch(() => ({ status: 413 }))).status).toBe(413);
    expect(taken).toEqual([]);
  });

  test('takes a hundred calls at once, and twenty a second from then on', async () => {
    const { server, taken, clock } = await listening();
    const statuses = async (count: number) => {
      const all: number[] = [];
      for (let index = 0; index < count; index++) all.push((await post(server.url)).status);
      return all;
    };
    expect(new Set(await statuses(100))).toEqual(new Set([204]));
    expect(await statuses(2)).toEqual([429, 429]);
    clock.now += 100;
    expect(await statuses(3)).toEqual([204, 204, 429]);
    expect(taken.length).toBe(102);
  });

  test('lets go of callers that never come to an end, however many', async () => {
    const { server, taken } = await listening(200);
    const { port, pathname } = new URL(server.url);
    const begins = [
      `POST ${pathname} HTTP/1.1\r\nhost: x\r\n`,
      `POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{`,
    ];
    const slow = Array.from({ length: 64 }, (_, index) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(begins[index % 2] ?? ''));
      socket.on('error', () => undefined).resume();
      return new Promise<void>(resolve => socket.on('close', () => resolve()));
    });
    await Promise.all(slow);
    expect((await post(server.url)).status).toBe(204);
    expect(taken.length).toBe(1);
  });

  test('outlives what breaks off and what is no HTTP', async () => {
    const { server, taken } = await listening();
    const { port, pathname } = new URL(server.url);
    for (const bytes of [
      '\0\0nonsense\r\n\r\n',
      `POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-length: 90\r\n\r\n{`,
    ]) {
      await new Promise<void>(resolve => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes, () => socket.destroy()));
        socket.on('close', () => resolve());
        socket.on('error', () => undefined);
      });
    }
    expect((await post(server.url)).status).toBe(204);
    expect(taken.length).toBe(1);
  });
});

test('a port that is taken is the error of the system', async () => {
  const { server } = await listening();
  const port = Number(new URL(server.url).port);
  const again = startCallbackServer({ host: '127.0.0.1', port, onCallback: () => undefined });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
