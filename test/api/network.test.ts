import { execFile } from 'node:child_process';
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ApiError } from '../../source/api/errors.ts';
import { createHttp, type Http } from '../../source/api/http.ts';
import type { Source } from '../../source/api/providers.ts';

const certificate = join(import.meta.dirname, '../fixtures/tls/trusted.crt');
const key = join(import.meta.dirname, '../fixtures/tls/trusted.key');
const question = { method: 'POST', path: '/producer/fetch', body: { ids: ['task_a'] } } as const;

const sourceAt = (baseUrl: string): Source => ({
  name: 'ccapi/producer',
  provider: 'ccapi',
  service: 'producer',
  dialect: 'fetch',
  baseUrl,
  token: 'sk-0123456789abcdef',
  tokenPlace: 'CCAPI_API_KEY',
});

async function portOf(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A vendor that remembers who asked. */
async function vendor({ secure = false } = {}) {
  const authorizations: (string | undefined)[] = [];
  const tls = secure ? { key: readFileSync(key), cert: readFileSync(certificate) } : null;
  const answer = (incoming: IncomingMessage, response: ServerResponse) => {
    authorizations.push(incoming.headers.authorization);
    response.setHeader('content-type', 'application/json').end('{"code":"success","message":"","data":[]}');
  };
  const server = tls === null ? createServer(answer) : createSecureServer(tls, answer);
  return { port: await portOf(server), authorizations };
}

type Seen = { readonly method: string; readonly target: string; readonly authorization: string | undefined };

/** A proxy as in an office: it forwards what it is told to, and opens tunnels. Every name leads to this machine. */
async function proxy() {
  const seen: Seen[] = [];
  const note = (method = '', target = '', authorization?: string) => seen.push({ method, target, authorization });
  const server = createServer((incoming, response) => {
    note(incoming.method, incoming.url, incoming.headers.authorization);
    const { port, pathname } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const outgoing = request({ host: '127.0.0.1', port, path: pathname, method, headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  });
  server.on('connect', (incoming, socket) => {
    note('CONNECT', incoming.url, incoming.headers.authorization);
    const target = connect(Number(incoming.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  return { url: `http://127.0.0.1:${await portOf(server)}`, seen };
}

function http(options?: Parameters<typeof createHttp>[0]): Http {
  const created = createHttp(options);
  onTestFinished(() => created.close());
  return created;
}

const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

function environment(values: Readonly<Record<string, string>>): void {
  for (const name of proxyVariables) vi.stubEnv(name, values[name]);
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('a proxy of the environment', () => {
  test.each(['HTTP_PROXY', 'http_proxy'])('%s is asked for http addresses', async name => {
    const [{ port, authorizations }, { url, seen }] = [await vendor(), await proxy()];
    environment({ [name]: url });
    const { body } = await http().ask(sourceAt(`http://vendor.invalid:${port}`), question);
    expect(body).toMatchObject({ code: 'success' });
    expect(seen.map(({ method, target }) => [method, target])).toEqual([
      ['POST', `http://vendor.invalid:${port}/producer/fetch`],
    ]);
    expect(authorizations).toEqual(['Bearer sk-0123456789abcdef']);
  });

  test('HTTPS_PROXY is asked for https addresses, and not for others', async () => {
    const [{ port }, { url, seen }] = [await vendor(), await proxy()];
    environment({ HTTPS_PROXY: url });
    await http().ask(sourceAt(`http://127.0.0.1:${port}`), question);
    expect(seen).toEqual([]);
    // The name is one for the proxy alone, and the port speaks no TLS: that far it comes.
    const failure = http().ask(sourceAt(`https://vendor.invalid:${port}`), question);
    await expect(failure).rejects.toThrow('no TLS at this port');
    // The proxy learns where to, and no more: the token is for the vendor.
    expect(seen).toEqual([{ method: 'CONNECT', target: `vendor.invalid:${port}`, authorization: undefined }]);
  });

  test('NO_PROXY names the hosts that are asked directly', async () => {
    const [{ port, authorizations }, { url, seen }] = [await vendor(), await proxy()];
    environment({ HTTP_PROXY: url, NO_PROXY: 'other.test,127.0.0.1' });
    await http().ask(sourceAt(`http://127.0.0.1:${port}`), question);
    expect(seen).toEqual([]);
    expect(authorizations).toHaveLength(1);
  });

  test('one that is down is a fault of the network, and mends itself', async () => {
    const { port } = await vendor();
    environment({ HTTP_PROXY: 'http://127.0.0.1:9' });
    const client = http();
    const source = sourceAt(`http://127.0.0.1:${port}`);
    await expect(client.ask(source, question)).rejects.toMatchObject({ kind: 'network' });
    const { url } = await proxy();
    environment({ HTTP_PROXY: url });
    client.reset();
    await expect(client.ask(source, question)).resolves.toMatchObject({ body: { code: 'success' } });
  });

  test('one that does not let us through is named as such', async () => {
    const server = createServer().on('connect', (_, socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    environment({ HTTPS_PROXY: `http://127.0.0.1:${await portOf(server)}` });
    const error: unknown = await http()
      .ask(sourceAt('https://vendor.invalid'), question)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ kind: 'network' });
    expect(String(error)).toMatch(/407|proxy/i);
  });
});

describe('a certificate of an office', () => {
  const script = `
    const { createHttp } = await import(${JSON.stringify(join(import.meta.dirname, '../../source/api/http.ts'))});
    const http = createHttp();
    const ask = http.ask(JSON.parse(process.argv[1]), ${JSON.stringify(question)});
    console.log(await ask.then(reply => reply.body.code, error => error.message));
    await http.close();
  `;
  const ask = async (address: string, env: Readonly<Record<string, string>>) => {
    const inherited = Object.entries(process.env).filter(([name]) => !proxyVariables.includes(name));
    const source = JSON.stringify(sourceAt(address));
    const args = ['--input-type=module', '--eval', script, source];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...Object.fromEntries(inherited), ...env },
    });
    return stdout.trim();
  };

  test('is refused, unless NODE_EXTRA_CA_CERTS names it', async () => {
    const address = `https://127.0.0.1:${(await vendor({ secure: true })).port}`;
    expect(await ask(address, {})).toBe('self-signed certificate');
    expect(await ask(address, { NODE_EXTRA_CA_CERTS: certificate })).toBe('success');
  });

  test('holds through the tunnel of a proxy, which does not see the token', async () => {
    const [{ port, authorizations }, { url, seen }] = [await vendor({ secure: true }), await proxy()];
    const env = { NODE_EXTRA_CA_CERTS: certificate, HTTPS_PROXY: url };
    expect(await ask(`https://cliptop.invalid:${port}`, env)).toBe('success');
    expect(seen).toEqual([{ method: 'CONNECT', target: `cliptop.invalid:${port}`, authorization: undefined }]);
    expect(authorizations).toEqual(['Bearer sk-0123456789abcdef']);
  });
});

test('a name that is not known yet is looked up again for the next request', async () => {
  const { port } = await vendor();
  environment({});
  let known = false;
  const lookup = (...args: unknown[]) => {
    const callback = args.at(-1) as (error: Error | null, addresses?: unknown) => void;
    if (known) callback(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' }));
  };
  vi.spyOn(dns, 'lookup').mockImplementation(lookup);
  const client = http();
  const source = sourceAt(`http://vendor.invalid:${port}`);
  await expect(client.ask(source, question)).rejects.toMatchObject({ kind: 'network', message: 'no DNS answer' });
  known = true;
  await expect(client.ask(source, question)).resolves.toMatchObject({ body: { code: 'success' } });
});
