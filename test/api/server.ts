import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { createClient, type Client } from '../../source/api/client.ts';
import { ApiError } from '../../source/api/errors.ts';
import { createHttp, type HttpOptions } from '../../source/api/http.ts';
import type { Dialect, Source } from '../../source/api/providers.ts';
import { redactor } from '../../source/api/redact.ts';

/** What the server sends back. `hang`: nothing at all; `reset`: the connection is cut. */
export type Canned =
  | {
      readonly status?: number;
      readonly body?: string | Buffer;
      readonly headers?: Readonly<Record<string, string>>;
      /** Cut the connection, or say no more, after the body. */
      readonly then?: 'reset' | 'hang';
    }
  | 'hang'
  | 'reset';

export type Received = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

const json = { 'content-type': 'application/json' };

/** A server on the loopback address that says what the test tells it to; gone when the test is over. */
export async function serve(
  answer: Canned | ((received: Received, count: number) => Canned),
): Promise<{ readonly baseUrl: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      received.push(asked);
      const canned = typeof answer === 'function' ? answer(asked, received.length) : answer;
      if (canned === 'hang') return;
      if (canned === 'reset') {
        request.socket.resetAndDestroy();
        return;
      }
      response.writeHead(canned.status ?? 200, canned.headers ?? json);
      if (canned.then === undefined) response.end(canned.body ?? '');
      else
        response.write(canned.body ?? '', canned.then === 'reset' ? () => request.socket.resetAndDestroy() : undefined);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { baseUrl: `http://127.0.0.1:${port}`, received };
}

export const token = 'sk-Secret9TokenValue';

export const sourceFor = (dialect: Dialect, overrides: Partial<Source> = {}): Source => ({
  name: dialect === 'fetch' ? 'ccapi/producer' : 'xhuo/producer',
  provider: dialect === 'fetch' ? 'ccapi' : 'xhuo',
  service: 'producer',
  dialect,
  baseUrl: 'http://127.0.0.1:9',
  token,
  tokenPlace: dialect === 'fetch' ? 'CCAPI_API_KEY' : 'XHUOAPI_API_KEY',
  ...overrides,
});

/** The real client, connected to a server of canned replies. */
export async function connect(
  dialect: Dialect,
  answer: Parameters<typeof serve>[0],
  {
    http: httpOptions,
    source,
    tokens = [],
  }: { http?: HttpOptions; source?: Partial<Source>; /** Of other sources. */ tokens?: readonly string[] } = {},
): Promise<{ readonly client: Client; readonly received: Received[] }> {
  const { baseUrl, received } = await serve(answer);
  const http = createHttp(httpOptions);
  onTestFinished(() => http.close());
  const asked = sourceFor(dialect, { baseUrl, ...source });
  return { client: createClient(asked, http, redactor([asked.token, ...tokens])), received };
}

export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8');

/** The error a request ends with; the test fails when it ends with none. */
export async function faultFrom(asking: Promise<unknown>): Promise<ApiError> {
  const outcome = await asking.then(
    () => 'no error',
    (error: unknown) => error,
  );
  if (outcome instanceof ApiError) return outcome;
  throw new Error('not an ApiError', { cause: outcome });
}

/** The error for one canned reply. */
export async function faultOfReply(
  dialect: Dialect,
  answer: Parameters<typeof serve>[0],
  options: Parameters<typeof connect>[2] = {},
): Promise<ApiError> {
  const { client } = await connect(dialect, answer, options);
  return faultFrom(client.batch(['task_AAAA']));
}

export const html =
  '<!doctype html><html lang="en"><head><meta charset="UTF-8"/><title>Console</title></head><body><div id="root"></div></body></html>';
