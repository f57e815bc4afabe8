import { request, type Dispatcher } from 'undici';
import { FileError } from './fetch-errors.ts';

export type AskOptions = {
  readonly url: string;
  readonly dispatcher: Dispatcher;
  /** The origin of the source's own API and its token: no other host ever gets it, and this one only when it asks. */
  readonly api: { readonly origin: string; readonly token: string } | null;
  readonly signal: AbortSignal;
  /** Milliseconds without a byte after which the connection counts as dead. */
  readonly idleTimeout?: number;
};

const maxRedirects = 5;

/**
 * Asks for a file and resolves with the reply of a host that has it (200, 206 or 416), its body unread. Follows redirects
 * by itself: with the token, the client must not. Throws FileError for every other reply.
 */
export async function ask(
  options: AskOptions,
  headers: Readonly<Record<string, string>>,
): Promise<Dispatcher.ResponseData> {
  const { dispatcher, signal, api, idleTimeout = 30_000 } = options;
  let url = options.url;
  let authorized = false;
  for (let redirects = 0; ;) {
    const isApi = api !== null && URL.parse(url)?.origin === api.origin;
    const response = await request(url, {
      method: 'GET',
      dispatcher,
      signal,
      headersTimeout: idleTimeout,
      bodyTimeout: idleTimeout,
      headers: { ...headers, ...(isApi && authorized ? { authorization: `Bearer ${api.token}` } : {}) },
    });
    const { statusCode: status } = response;
    const location = headerText(response.headers.location);
    if (status >= 300 && status < 400 && status !== 304 && location !== null) {
      discard(response);
      const next = URL.parse(location, url);
      if (next === null || !/^https?:$/.test(next.protocol)) throw new FileError('gone', 'redirected to no address');
      if (++redirects > maxRedirects) throw new FileError('gone', 'redirected in circles');
      // An address that was encrypted must not become one that everybody can read.
      if (url.startsWith('https:') && next.protocol === 'http:')
        throw new FileError('gone', 'redirected to plain http');
      url = next.href;
      continue;
    }
    if ((status === 401 || status === 403) && isApi && !authorized) {
      discard(response);
      authorized = true;
      continue;
    }
    if (status === 200 || status === 206 || status === 416) return response;
    discard(response);
    throw statusError(status, headerText(response.headers['retry-after']));
  }
}

/** Lets a reply go unread; what the connection says about that is of no interest. */
export function discard({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => undefined);
  body.destroy();
}

/** The first of the values of a header; null where there is none. */
export const headerText = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value) ?? null;

function statusError(status: number, retryAfter: string | null): FileError {
  const seconds = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : null;
  const passes = status === 408 || status === 425 || status === 429 || status >= 500;
  return new FileError(passes ? 'passing' : 'gone', String(status), {
    status,
    retryAfter: seconds === null ? null : Math.min(seconds * 1000, 3_600_000),
  });
}
