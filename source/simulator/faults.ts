import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { dashboard, json, type Reply } from './reply.ts';
import type { Dialect } from './scenario.ts';

/** What can go wrong with a reply on its way to the client. */
type FaultKind =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** `application/json` when there is a body. */
      readonly contentType?: string;
    }
  | { readonly kind: 'reset-before-headers' | 'hang-before-headers' | 'hang-in-body' }
  /** After half of the body, and so many milliseconds in which that half can arrive. */
  | { readonly kind: 'reset-in-body'; readonly after?: number }
  /** The whole length is announced: a byte comes every so many milliseconds, 1000 when absent; or half of them come. */
  | { readonly kind: 'drip'; readonly every?: number }
  | { readonly kind: 'short-body' }
  | { readonly kind: 'truncate-json' | 'invalid-utf8' | 'bom' | 'gzip' | 'html' | 'data-null' | 'text-plain' }
  /** A JSON string of so many bytes, 1 GB when absent. Sending stops when the client closes the connection. */
  | { readonly kind: 'huge-body' | 'gzip-bomb'; readonly bytes?: number }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** Every reply to a request that names this id is an error. */
  | { readonly kind: 'poison'; readonly id: string }
  /** The reply comes late, in milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number };

/** Which requests a fault applies to; `any` is every one about tasks, never a file. */
type FaultTarget = 'batch' | 'single' | 'list' | 'any' | 'media';

export type Fault = FaultKind & {
  /** For so many requests; until it is cleared when absent. */
  readonly times?: number;
  readonly when?: FaultTarget;
};

/** What a fault can depend on in a request. */
export type RequestInfo = {
  readonly target: 'batch' | 'single' | 'list' | 'media' | null;
  readonly dialect: Dialect | null;
  readonly ids: readonly string[];
};

/** Whether a fault applies to a request. */
export function appliesTo(fault: Fault, request: RequestInfo): boolean {
  const when = fault.when ?? 'any';
  const aimed = when === 'any' ? request.target !== 'media' && request.target !== null : request.target === when;
  return aimed && (fault.kind !== 'poison' || request.ids.includes(fault.id));
}

/** The reply that is sent instead, for the faults that change status, headers or body. */
export function applyFault(reply: Reply, fault: Fault, request: RequestInfo): Reply {
  const body = (bytes: Buffer, headers: Readonly<Record<string, string>> = {}): Reply => ({
    status: reply.status,
    headers: { ...reply.headers, ...headers },
    body: bytes,
  });
  switch (fault.kind) {
    case 'status': {
      const type = fault.contentType ?? (fault.body === undefined ? null : 'application/json');
      const headers = { ...(type === null ? {} : { 'content-type': type }), ...fault.headers };
      return { status: fault.status, headers, body: Buffer.from(fault.body ?? '') };
    }
    case 'truncate-json':
      return body(reply.body.subarray(0, Math.floor(reply.body.length * 0.6)));
    case 'invalid-utf8':
      return body(withBrokenText(reply.body));
    case 'bom':
      return body(Buffer.concat([Buffer.from('\uFEFF'), reply.body]));
    case 'gzip':
      return body(gzipSync(reply.body), { 'content-encoding': 'gzip' });
    case 'gzip-bomb':
      return body(gzipBomb(fault.bytes ?? 1_000_000_000), { 'content-encoding': 'gzip' });
    case 'html':
      return dashboard();
    case 'text-plain':
      return body(reply.body, { 'content-type': 'text/plain; charset=utf-8' });
    case 'data-null':
      if (request.dialect !== 'tasks') return json(200, { code: 'success', message: '', data: null });
      return json(200, request.target === 'single' ? {} : { items: [], count: 0 });
    case 'poison':
      return request.dialect === 'tasks'
        ? json(500, { success: false, error: { code: 'api_error', message: 'Internal server error.' } })
        : json(200, { code: 'success', data: null });
    case 'redirect':
      return { status: fault.status ?? 301, headers: { location: fault.location }, body: Buffer.alloc(0) };
    default:
      return reply;
  }
}

/** Inserts bytes that are not UTF-8 into the first title, or before the last quote where there is no title. */
function withBrokenText(body: Buffer): Buffer {
  const title = body.indexOf('"title":"');
  const at = title === -1 ? Math.max(0, body.lastIndexOf('"')) : title + '"title":"'.length;
  return Buffer.concat([body.subarray(0, at), Buffer.from([0xff, 0xc3, 0x28]), body.subarray(at)]);
}

const opening = '{"code":"success","message":"","data":null,"padding":"';

/** Valid gzip of valid JSON. Its middle is one compressed member repeated; RFC 1952 allows members to be concatenated. */
function gzipBomb(bytes: number): Buffer {
  const blockLength = 4_000_000;
  const block = gzipSync(Buffer.alloc(blockLength, 'x'));
  const blocks = Array.from({ length: Math.ceil(bytes / blockLength) }, () => block);
  return Buffer.concat([gzipSync(opening), ...blocks, gzipSync('"}')]);
}

/** Sends a reply, with the faults of the connection; `sent` is called with each number of body bytes that are written. */
export function sendReply(
  response: ServerResponse,
  reply: Reply,
  fault: Fault | null,
  sent: (bytes: number) => void,
): void {
  const withBody = response.req.method !== 'HEAD' && reply.status !== 204 && reply.status !== 304;
  const head = () => {
    const length = reply.status === 204 || reply.status === 304 ? {} : { 'content-length': reply.body.length };
    response.writeHead(reply.status, { ...reply.headers, ...length });
  };
  const half = reply.body.subarray(0, Math.floor(reply.body.length / 2));
  const reset = () => response.socket?.resetAndDestroy();
  const { after } = fault?.kind === 'reset-in-body' ? fault : {};
  const resetLater = after === undefined ? reset : () => void setTimeout(reset, after);
  const all = () => {
    head();
    if (withBody) sent(reply.body.length);
    response.end(withBody ? reply.body : undefined);
  };
  switch (fault?.kind) {
    case 'reset-before-headers':
      reset();
      return;
    case 'hang-before-headers':
      return;
    case 'reset-in-body':
    case 'hang-in-body':
      head();
      sent(half.length);
      response.write(half, fault.kind === 'reset-in-body' ? resetLater : undefined);
      return;
    case 'short-body':
      head();
      sent(half.length);
      response.write(half, () => response.socket?.end());
      return;
    case 'drip':
      head();
      drip(response, reply.body, fault.every ?? 1000, sent);
      return;
    case 'huge-body':
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
      sendHugeBody(response, fault.bytes ?? 1_000_000_000, sent);
      return;
    case 'delay': {
      const timer = setTimeout(all, fault.ms);
      response.once('close', () => clearTimeout(timer));
      return;
    }
    default:
      all();
  }
}

/** Writes a body byte by byte. */
function drip(response: ServerResponse, body: Buffer, every: number, sent: (bytes: number) => void): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at >= body.length) {
      response.end();
      return;
    }
    response.write(body.subarray(at, ++at));
    sent(1);
  }, every);
  response.once('close', () => clearInterval(timer));
}

/** Writes a huge body piece by piece, waiting for `drain`, so that it does not collect in memory. */
function sendHugeBody(response: ServerResponse, bytes: number, sent: (bytes: number) => void): void {
  const piece = Buffer.alloc(64_000, 'x');
  let left = bytes;
  response.write(opening);
  const more = () => {
    while (left > 0 && !response.destroyed) {
      const next = piece.subarray(0, Math.min(left, piece.length));
      left -= next.length;
      sent(next.length);
      if (!response.write(next)) {
        response.once('drain', more);
        return;
      }
    }
    if (!response.destroyed) response.end('"}');
  };
  more();
}
