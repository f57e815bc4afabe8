import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Agent, EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
import { sanitizeLine } from '../task/sanitize.ts';
import { toApiError } from './error-reply.ts';
import { ApiError } from './errors.ts';
import { toNetworkError } from './network-error.ts';
import type { Source } from './providers.ts';
import { SameReply } from './same-reply.ts';

/** One question to a vendor; `path` follows the base URL. */
export type ApiRequest = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown };

/** A reply that is JSON and no error. */
export type Reply = {
  /** The very object of the last reply to this question where the bytes are the same. */
  readonly body: unknown;
  /** Milliseconds from asking to the last byte. */
  readonly latency: number;
  /** The vendor's clock, milliseconds since 1970. */
  readonly serverTime: number | null;
};

export type HttpOptions = {
  /** Milliseconds for a whole request. */
  timeout?: number;
  /** Bytes of a reply, before and after decompression. A batch of 50 with all its lyrics is below 2 MB. */
  maxBytes?: number;
  version?: string;
  /** Past every proxy, whatever the environment says: for an API in this very process. */
  direct?: boolean;
};

export type Http = {
  /** `timeLimit`: milliseconds for this request, where they are to be fewer than `HttpOptions.timeout`. */
  ask(source: Source, question: ApiRequest, signal?: AbortSignal, timeLimit?: number): Promise<Reply>;
  /** Drops all connections: after sleep or a change of network nothing tells that they are dead. */
  reset(): void;
  close(): Promise<void>;
};

type Unpack = (packed: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decompressors = new Map<string, Unpack>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * The one place that sends requests. The token goes to the source's own base URL and nowhere else: redirects are not
 * followed but reported, and media are never fetched through here.
 *
 * `ask` throws ApiError and nothing else, but for an AbortError when `signal` fires. What it gives and throws are the
 * server's own words, which may repeat the token: the client takes it out.
 */
export function createHttp({
  timeout = 30_000,
  maxBytes = 16 * 1024 * 1024,
  version = '0',
  direct = false,
}: HttpOptions = {}): Http {
  // HTTP_PROXY, HTTPS_PROXY and NO_PROXY are read here; NODE_EXTRA_CA_CERTS by Node itself.
  const settings = {
    // One request at a time for each source of a host, and those that were given up and not yet closed.
    connections: 16,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    connect: { timeout: Math.min(timeout, 10_000) },
  };
  const connect = () => (direct ? new Agent(settings) : new EnvHttpProxyAgent(settings));
  let agent: Dispatcher = connect();
  const same = new SameReply();

  async function ask(source: Source, question: ApiRequest, signal?: AbortSignal, timeLimit = timeout): Promise<Reply> {
    const started = performance.now();
    const limit = Math.round(Math.min(timeLimit, timeout));
    const deadline = AbortSignal.timeout(limit);
    const sent = question.body === undefined ? null : JSON.stringify(question.body);
    try {
      const response = await request(source.baseUrl + question.path, {
        method: question.method,
        dispatcher: agent,
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
        headersTimeout: limit,
        bodyTimeout: limit,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip, deflate, br',
          'accept-language': 'en',
          authorization: `Bearer ${source.token}`,
          'user-agent': `cliptop/${version}`,
          ...(sent === null ? {} : { 'content-type': 'application/json' }),
        },
        ...(sent === null ? {} : { body: sent }),
      });
      const isError = response.statusCode >= 300;
      // The status of an error says enough; its body may be anything.
      const orNothing =
        <T>(nothing: T) =>
        (error: unknown): T => {
          if (isError && error instanceof ApiError) return nothing;
          throw error;
        };
      const bytes = await readBytes(response, maxBytes).catch(orNothing(Buffer.alloc(0)));
      const latency = performance.now() - started;
      const serverTime = dateOf(response.headers.date);
      const packing = (headerText(response.headers['content-encoding']) ?? 'identity').toLowerCase();
      const key = [source.name, packing, question.method, question.path, sent].join(' ');
      const known = isError ? undefined : same.find(key, bytes);
      if (known !== undefined) return { body: known, latency, serverTime };
      const body = parse(source, response, await textOf(bytes, packing, maxBytes).catch(orNothing('')));
      same.keep(key, bytes, body);
      return { body, latency, serverTime };
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw toNetworkError(error, limit);
    }
  }

  return {
    ask,
    reset() {
      void agent.destroy().catch(() => undefined);
      agent = connect();
    },
    async close() {
      await agent.destroy().catch(() => undefined);
    },
  };
}

async function readBytes(response: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      response.body.destroy();
      throw new ApiError('protocol', `the reply is larger than ${maxBytes / 1024 / 1024} MB`, {
        code: 'reply_too_large',
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function textOf(bytes: Buffer, packing: string, maxBytes: number): Promise<string> {
  if (packing === 'identity' || bytes.length === 0) return bytes.toString('utf8');
  const unpack = decompressors.get(packing);
  if (unpack === undefined) throw new ApiError('protocol', `the reply is packed as ${packing}, which nobody asked for`);
  try {
    return (await unpack(bytes, { maxOutputLength: maxBytes })).toString('utf8');
  } catch (cause) {
    const tooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const problem = tooLarge ? `unpacks to more than ${maxBytes / 1024 / 1024} MB` : 'cannot be unpacked';
    throw new ApiError('protocol', `the reply ${problem}`, { code: tooLarge ? 'reply_too_large' : null, cause });
  }
}

/** Judges by the content: new-api sends JSON as text/plain, and its dashboard page with status 200. */
function parse(source: Source, response: Dispatcher.ResponseData, raw: string): unknown {
  const status = response.statusCode;
  const text = raw.replace(/^\ufeff/, '').trim();
  const facts = {
    retryAfter: retryAfterOf(response.headers),
    traceId: headerText(response.headers['x-oneapi-request-id']),
  };
  if (status >= 300 && status < 400) {
    const location = headerText(response.headers.location);
    const to = (location === null ? null : URL.parse(location, source.baseUrl)?.host) ?? 'nowhere';
    throw new ApiError('protocol', `${status} sends us on to ${sanitizeLine(to)} · is the base URL right?`, { status });
  }
  let body: unknown;
  let isJson = false;
  try {
    body = JSON.parse(text);
    isJson = true;
  } catch {
    body = undefined;
  }
  if (status >= 200 && status < 300) {
    if (isJson) return body;
    if (text.startsWith('<')) {
      throw new ApiError('protocol', `${status} with a web page instead of JSON · is the base URL right?`, { status });
    }
    throw new ApiError('network', text === '' ? 'an empty reply' : 'the reply is cut off or not JSON', {
      status,
      reached: true,
    });
  }
  throw toApiError(source, status, isJson ? body : plainComplaint(text), facts);
}

/** A short plain-text error is worth showing; a page of HTML is not. */
function plainComplaint(text: string): unknown {
  if (text === '' || text.startsWith('<')) return {};
  return { message: text.length > 200 ? `${text.slice(0, 200)}…` : text };
}

/** `Retry-After` in milliseconds, from seconds or a date; at most a day is believed. */
function retryAfterOf(headers: Dispatcher.ResponseData['headers']): number | null {
  const value = headerText(headers['retry-after']);
  if (value === null) return null;
  const now = dateOf(headers.date) ?? Date.now();
  // Date.parse makes a date of almost anything, also of "-5".
  const date = /\d:\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  const wait = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : date - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), 86_400_000) : null;
}

const headerText = (value: string | string[] | undefined): string | null =>
  value === undefined ? null : sanitizeLine(Array.isArray(value) ? (value[0] ?? '') : value) || null;

function dateOf(value: string | string[] | undefined): number | null {
  const time = Date.parse(headerText(value) ?? '');
  return Number.isFinite(time) ? time : null;
}
