import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { dashboard, json, type Reply } from './reply.ts';
import type { Dialect } from './scenario.ts';

/** What can go wrong between a valid reply and the one who asked. */
export type FaultKind =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** `application/json` when there is a body. */
      readonly contentType?: string;
    }
  | { readonly kind: 'reset-before-headers' | 'reset-in-body' | 'hang-before-headers' | 'hang-in-body' }
  | { readonly kind: 'truncate-json' | 'invalid-utf8' | 'bom' | 'gzip' | 'html' | 'data-null' | 'text-plain' }
  /** So many bytes of JSON in one string; 1 GB when not said. Stops when the other side has had enough. */
  | { readonly kind: 'huge-body' | 'gzip-bomb'; readonly bytes?: number }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** One id spoils every reply it is part of. */
  | { readonly kind: 'poison'; readonly id: string }
  | { readonly kind: 'delay'; readonly ms: number };

/** What kind of question a fault is for; `any` is a batch or a single query, never a file. */
export type FaultTarget = 'batch' | 'single' | 'any' | 'media';

export type Fault = FaultKind & {
  /** For the next so many questions; until it is cleared when absent. */
  readonly times?: number;
  readonly when?: FaultTarget;
};

/** The question that a reply is for. */
export type Asked = {
  readonly target: 'batch' | 'single' | 'media' | null;
  readonly dialect: Dialect | null;
  readonly ids: readonly string[];
};

export function isHit(fault: Fault, asked: Asked): boolean {
  const when = fault.when ?? 'any';
  const aimed = when === 'any' ? asked.target === 'batch' || asked.target === 'single' : asked.target === when;
  return aimed && (fault.kind !== 'poison' || asked.ids.includes(fault.id));
}

/** The reply that comes out instead, for faults that only change what it says. */
export function spoil(reply: Reply, fault: Fault, asked: Asked): Reply {
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
      return body(bomb(fault.bytes ?? 1_000_000_000), { 'content-encoding': 'gzip' });
    case 'html':
      return dashboard();
    case 'text-plain':
      return body(reply.body, { 'content-type': 'text/plain; charset=utf-8' });
    case 'data-null':
      if (asked.dialect !== 'tasks') return json(200, { code: 'success', message: '', data: null });
      return json(200, asked.target === 'single' ? {} : { items: [], count: 0 });
    case 'poison':
      return asked.dialect === 'tasks'
        ? json(500, { success: false, error: { code: 'api_error', message: 'Internal server error.' } })
        : json(200, { code: 'success', data: null });
    case 'redirect':
      return { status: fault.status ?? 301, headers: { location: fault.location }, body: Buffer.alloc(0) };
    default:
      return reply;
  }
}

/** Puts bytes that are no UTF-8 into a title where there is one, else behind the last quote. */
function withBrokenText(body: Buffer): Buffer {
  const title = body.indexOf('"title":"');
  const at = title === -1 ? Math.max(0, body.lastIndexOf('"')) : title + '"title":"'.length;
  return Buffer.concat([body.subarray(0, at), Buffer.from([0xff, 0xc3, 0x28]), body.subarray(at)]);
}

const opening = '{"code":"success","message":"","data":null,"padding":"';

/** Valid gzip of valid JSON. Its middle is one compressed block over and over, which the format allows. */
function bomb(bytes: number): Buffer {
  const blockLength = 4_000_000;
  const block = gzipSync(Buffer.alloc(blockLength, 'x'));
  const blocks = Array.from({ length: Math.ceil(bytes / blockLength) }, () => block);
  return Buffer.concat([gzipSync(opening), ...blocks, gzipSync('"}')]);
}

/** Sends a reply, with the faults that concern the connection; says how many bytes of the body went out. */
export function deliver(
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
      response.write(half, fault.kind === 'reset-in-body' ? reset : undefined);
      return;
    case 'huge-body':
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
      pour(response, fault.bytes ?? 1_000_000_000, sent);
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

/** Writes as long as the socket takes it, and no longer: half a gigabyte must not gather here. */
function pour(response: ServerResponse, bytes: number, sent: (bytes: number) => void): void {
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
