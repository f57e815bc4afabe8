import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export { songOf } from './song.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A media host that answers as a test says; `requests` are the headers of what was asked, by path. */
export async function mediaHost(handle: Handler) {
  const requests: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    requests.push({ path: request.url ?? '/', headers: request.headers });
    handle(request, response, requests.length);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, requests, close };
}

/** Serves a file as a good host does: with its length, an ETag, and the rest of it where a range is asked for. */
export function serve(file: Buffer, request: IncomingMessage, response: ServerResponse, type = 'audio/mpeg'): void {
  const etag = `"${createHash('sha1').update(file).digest('hex')}"`;
  const headers = { 'content-type': type, etag, 'accept-ranges': 'bytes' };
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
  const ifRange = request.headers['if-range'];
  if (Number.isNaN(from) || (ifRange !== undefined && ifRange !== etag)) {
    response.writeHead(200, { ...headers, 'content-length': file.length });
    response.end(file);
  } else if (from >= file.length) {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${file.length}` });
    response.end();
  } else {
    const range = `bytes ${from}-${file.length - 1}/${file.length}`;
    response.writeHead(206, { ...headers, 'content-length': file.length - from, 'content-range': range });
    response.end(file.subarray(from));
  }
}

/** The same, but the connection breaks after so many bytes of the body. */
export function breakAfter(bytes: number, file: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const { write, end } = { write: response.write.bind(response), end: response.end.bind(response) };
  response.end = ((chunk?: Buffer) => {
    if (chunk === undefined || chunk.length <= bytes) return end(chunk);
    // A reset takes away what was sent and not read yet: a busy machine has time for that.
    write(chunk.subarray(0, bytes), () => setTimeout(() => response.socket?.resetAndDestroy(), 150));
    return response;
  }) as ServerResponse['end'];
  serve(file, request, response);
}

/** Serves a file piece by piece. */
export function serveSlowly(file: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const end = response.end.bind(response);
  response.end = ((body?: Buffer) => {
    const pieces = Math.ceil((body?.length ?? 0) / 20_000);
    const send = (piece: number): void => {
      if (response.destroyed) return;
      if (piece >= pieces) end();
      else response.write(body?.subarray(piece * 20_000, (piece + 1) * 20_000), () => setTimeout(send, 2, piece + 1));
    };
    send(0);
    return response;
  }) as typeof response.end;
  serve(file, request, response);
}
