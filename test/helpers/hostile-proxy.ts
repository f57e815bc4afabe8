import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What becomes of a request: it is passed on, answered with a status or with 17 MB, its connection is broken, or it gets
 * no answer.
 */
export type Treatment = 'pass' | 'reset' | 'hang' | 'large' | number;

/** One request, as it arrived. */
export type Arrival = { readonly at: number; readonly path: string; readonly ids: readonly string[] };

export type HostileProxy = {
  readonly origin: string;
  readonly arrivals: readonly Arrival[];
  /** May be changed at any time. */
  treat: (arrival: Arrival) => Treatment;
  readonly close: () => Promise<void>;
};

/** Stands before an API and treats its requests as it likes. */
export async function startHostileProxy(target: string, treat: HostileProxy['treat']): Promise<HostileProxy> {
  const arrivals: Arrival[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const path = incoming.url ?? '/';
      const arrival = { at: performance.now(), path, ids: idsOf(path, body.toString()) };
      arrivals.push(arrival);
      const treatment = proxy.treat(arrival);
      if (treatment === 'hang') return;
      if (treatment === 'reset') incoming.socket.resetAndDestroy();
      else if (treatment === 'large') outgoing.writeHead(200).end(Buffer.alloc(17 * 1024 * 1024, '1'));
      else if (treatment !== 'pass') outgoing.writeHead(treatment).end();
      else {
        const { method, headers } = incoming;
        request(new URL(path, target), { method, headers }, reply => {
          outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(outgoing);
        })
          .on('error', () => outgoing.destroy())
          .end(body);
      }
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const proxy: HostileProxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    treat,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

function idsOf(path: string, body: string): readonly string[] {
  if (body === '') return [decodeURIComponent(path.split('/').at(-1) ?? '')];
  const { ids, id } = JSON.parse(body) as { ids?: readonly string[]; id?: string };
  return ids ?? (id === undefined ? [] : [id]);
}
