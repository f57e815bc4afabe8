import { createServer, type IncomingMessage } from 'node:http';
import { demoScenario } from './demo.ts';
import { answerFetchBatch, answerFetchOne, refuseFetch, requestIdAt } from './dialect-fetch.ts';
import { answerTasks, noApi, refuseTasks, tooManyRequests } from './dialect-tasks.ts';
import { sendReply, appliesTo, applyFault, type RequestInfo, type Fault } from './faults.ts';
import type { ListingQuirk } from './listing.ts';
import { createMedia } from './media.ts';
import { faultyFile } from './media-faults.ts';
import { uuidFrom } from './random.ts';
import { dashboard, json, type Reply } from './reply.ts';
import type { Dialect, Scenario, SimulatedTask, WatchedId } from './scenario.ts';
import { routeOf, type Route } from './route.ts';
import { createTaskTable } from './scenario.ts';

type SimulatorOptions = {
  /** The TCP port; a free one when absent. */
  readonly port?: number | undefined;
  readonly token?: string | undefined;
  /** The clock, in milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  readonly scenario?: Scenario | undefined;
  /** How much faster than the clock the timelines run. */
  readonly speed?: number | undefined;
  /** Refuses a second request within a second (tasks dialect). */
  readonly rateLimit?: boolean | undefined;
  /** What is odd about listings; see `ListingQuirk`. */
  readonly listing?: ListingQuirk | undefined;
};

/** A request that arrived. */
type RequestRecord = {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly dialect: Dialect | null;
  readonly ids: readonly string[];
  readonly single: boolean;
  /** It asks for the tasks of the account, without ids. */
  readonly listing: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** 0 until, or if, no status was sent. */
  readonly status: number;
  /** Bytes of the body that were written to the socket. */
  readonly bytesSent: number;
};

export type Simulator = {
  readonly origin: string;
  readonly token: string;
  /** The base of `POST {base}/{service}/fetch` and `GET {base}/{service}/fetch/{id}`. */
  readonly fetchBaseUrl: string;
  /** The base of `POST {base}/{service}/tasks`. */
  readonly tasksBaseUrl: string;
  /** The ids that can be watched. */
  readonly ids: readonly WatchedId[];
  /** The last 10,000 requests, in the order of their arrival. */
  readonly requests: readonly RequestRecord[];
  readonly add: (task: SimulatedTask) => void;
  /** Sets the fault of the replies from now on; null for none. */
  readonly fault: (fault: Fault | null) => void;
  readonly close: () => Promise<void>;
};

const maxRequests = 10_000;
/** Bytes of a request body; a larger one gets no reply. */
const maxBodyBytes = 10_000_000;

/**
 * Starts the simulated API: real HTTP on the loopback address, both dialects, and a file for every address in a reply.
 * Rejects when the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const now = options.now ?? Date.now;
  const token = options.token ?? 'demo-token';
  const scenario = options.scenario ?? demoScenario;
  const table = createTaskTable(scenario, now, options.speed ?? 1);
  const media = createMedia();
  const requests: { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] }[] = [];
  let origin = '';
  let count = 0;
  let lastTasksRequest = -Infinity;
  let fault: Fault | null = null;
  let timesLeft = Infinity;

  const timesAsked = new Map<string, number>();
  /** A file from a host with a fault of its own. */
  const faulty = (route: Route, valid: Reply, headers: Readonly<Record<string, string>>) => {
    if (route.kind !== 'media' || route.fault === null || valid.status >= 400) return { reply: valid, sending: null };
    const path = `/media/${route.file}`;
    const count = (timesAsked.get(`${route.fault}${path}`) ?? 0) + 1;
    timesAsked.set(`${route.fault}${path}`, count);
    const otherOrigin = origin.replace('127.0.0.1', 'localhost');
    return faultyFile(route.fault, { valid, whole: media(route.file, {}) }, { headers, path, otherOrigin, count });
  };

  const answer = (route: Route, body: string, headers: Readonly<Record<string, string>>, requestId: string): Reply => {
    const authorization = headers.authorization ?? '';
    const key = authorization.replace(/^bearer /i, '');
    const traceId = uuidFrom(requestId);
    switch (route.kind) {
      case 'media':
        return media(route.file, headers);
      case 'fetch': {
        if (key !== token) return refuseFetch(requestId, headers['accept-language'] ?? '');
        const lookup = table.lookup('fetch', route.service, `${origin}/media`);
        return route.id === null ? answerFetchBatch(body, lookup) : answerFetchOne(route.id, lookup);
      }
      case 'tasks': {
        if (authorization === '') return refuseTasks(400, traceId);
        if (authorization !== `Bearer ${token}`) return refuseTasks(401, traceId);
        const early = now() - lastTasksRequest < 1000;
        if (options.rateLimit && early) return tooManyRequests(traceId);
        lastTasksRequest = now();
        const media = `${origin}/media`;
        return answerTasks(body, table.lookup('tasks', route.service, media), traceId, {
          all: () => table.all('tasks', route.service, media),
          quirk: options.listing ?? null,
        });
      }
      case 'nothing':
        if (route.dialect === 'tasks') return noApi(traceId);
        return route.invalid ? invalidUrl(route.invalid) : dashboard();
    }
  };

  const server = createServer((request, response) => {
    // The client may close the connection at any time: without a listener the error would end the process.
    response.on('error', () => undefined);
    void readBody(request).then(body => {
      if (body === null) return;
      const route = routeOf(request.method ?? '', request.url ?? '/', body);
      const headers = headersOf(request);
      const requestId = requestIdAt(now(), (count += 1));
      const info: RequestInfo = { target: route.target, dialect: route.dialect, ids: route.ids };
      const record = {
        at: now(),
        method: request.method ?? '',
        path: request.url ?? '/',
        dialect: route.dialect,
        ids: route.ids,
        single: route.target === 'single',
        listing: route.target === 'list',
        headers,
        status: 0,
        bytesSent: 0,
      };
      requests.push(record);
      if (requests.length > maxRequests) requests.shift();

      const { reply: valid, sending } = faulty(route, answer(route, body, headers, requestId), headers);
      const chosen = fault && timesLeft > 0 && appliesTo(fault, info) ? fault : null;
      if (chosen) timesLeft -= 1;
      const active = chosen ?? sending;
      const reply = active ? applyFault(valid, active, info) : valid;
      response.sendDate = false;
      response.setHeader('date', new Date(now()).toUTCString());
      if (route.dialect === 'fetch') response.setHeader('x-oneapi-request-id', requestId);
      const silent = active?.kind === 'reset-before-headers' || active?.kind === 'hang-before-headers';
      if (!silent) record.status = active?.kind === 'huge-body' ? 200 : reply.status;
      sendReply(response, reply, active, bytes => (record.bytesSent += bytes));
    });
  });
  // Milliseconds. A client that polls every 5 s would often find its connection closed by the default of 5,000.
  server.keepAliveTimeout = 75_000;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  return {
    origin,
    token,
    fetchBaseUrl: `${origin}/ccapi`,
    tasksBaseUrl: `${origin}/xhuo/v1`,
    get ids() {
      return table.ids();
    },
    requests,
    add: table.add,
    fault: next => {
      fault = next;
      timesLeft = next?.times ?? Infinity;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The relay's reply to an unknown path below `/v1`, `/api` or `/assets`. */
const invalidUrl = (asked: string): Reply =>
  json(404, {
    error: { message: `Invalid URL (${asked})`, type: 'invalid_request_error', param: '', code: '' },
  });

const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]));

/** The body of a request as text; null when it did not arrive in full, or is larger than `maxBodyBytes`. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > maxBodyBytes) return null;
      pieces.push(piece);
    }
  } catch {
    return null;
  }
  return Buffer.concat(pieces).toString('utf8');
}
