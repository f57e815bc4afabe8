import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { RateLimit } from './rate-limit.ts';

/** A vendor's call: what it says, and what stands behind the secret in its address. */
export type Callback = { readonly body: string; readonly rest: readonly string[] };

type CallbackServerOptions = {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly onCallback: (callback: Callback) => void;
  /** A clock that never jumps, milliseconds. */
  readonly now?: () => number;
  /** Milliseconds for the head of a request; all of it may take twice as long. */
  readonly patience?: number;
};

type CallbackServer = {
  /** The address for the submit calls, with the secret in it. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** Bytes of a body. A record with all its lyrics is below 100 kB. */
const maxBody = 1024 * 1024;
/** Calls that are taken at once, and each second from then on. */
const burst = 100;
const perSecond = 20;
const maxConnections = 64;

/**
 * Waits for vendors' calls. Only a POST to the secret path is taken, and answered with 204; everything else is 404, and no
 * answer has a body. Rejects with the error of the system when it cannot listen there.
 */
export async function startCallbackServer(options: CallbackServerOptions): Promise<CallbackServer> {
  const { host, port, onCallback, now = () => performance.now(), patience = 5000 } = options;
  const secret = randomBytes(18).toString('base64url');
  const limit = new RateLimit({ burst, interval: 1000 / perSecond, now });
  const answer = (response: ServerResponse, status: number): void => {
    response.sendDate = false;
    // What is left of a body that is not wanted is not waited for.
    response.writeHead(status, { 'content-length': 0, ...(status === 204 ? {} : { connection: 'close' }) }).end();
  };
  const timeouts = {
    ...{ headersTimeout: patience, requestTimeout: 2 * patience },
    // Node looks every 30 s otherwise: so long would slow callers keep the connections that the vendor needs.
    connectionsCheckingInterval: patience / 2,
  };
  const server = createServer(timeouts, (request, response) => {
    response.on('error', () => undefined);
    const [, given = '', ...rest] = (request.url ?? '').split('?', 1)[0]?.split('/') ?? [];
    if (request.method !== 'POST' || !isSame(given, secret)) answer(response, 404);
    else if (!limit.take()) answer(response, 429);
    else {
      void readBody(request).then(body => {
        if (body === 'cut') return;
        answer(response, body === 'too large' ? 413 : 204);
        if (typeof body === 'object') onCallback({ body: body.text, rest: rest.filter(Boolean) });
      });
    }
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.on('error', () => undefined);
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${bound}/${secret}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whether two texts are the same, in a time that does not tell how much of them is. */
function isSame(given: string, secret: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}

async function readBody(request: IncomingMessage): Promise<{ readonly text: string } | 'too large' | 'cut'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBody) return 'too large';
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > maxBody) return 'too large';
      pieces.push(piece);
    }
  } catch {
    return 'cut';
  }
  return { text: Buffer.concat(pieces).toString('utf8') };
}
