import type { Fault } from './faults.ts';
import { dashboard, json, type Reply } from './reply.ts';

/** What can be wrong with a media host, and how a task whose song is there says so. */
export const mediaFaults = {
  forbidden: 'its song is answered with 403, as an address that has expired',
  html: 'a web page comes instead of its song, with status 200',
  json: 'a JSON error comes instead of its song, with status 200',
  loop: 'its song redirects in circles',
  slow: 'its song comes at a byte a second',
  short: 'its song is shorter than announced, each time',
  changed: 'its song breaks off, and has another length when it goes on',
  reset: 'its song breaks off with a reset connection, and goes on well',
  'no-range': 'its song breaks off, and begins anew, for there are no ranges',
  'wrong-range': 'its song breaks off, and another range comes than the one asked for',
  'other-host': 'its song needs the token, and redirects to another host, which is not to get it',
} as const;
export type MediaFault = keyof typeof mediaFaults;

export const isMediaFault = (name: string): name is MediaFault => Object.hasOwn(mediaFaults, name);

type FileRequest = {
  readonly headers: Readonly<Record<string, string>>;
  /** The path of the file without its fault. */
  readonly path: string;
  /** The same machine under another name. */
  readonly otherOrigin: string;
  /** How often this file was asked for, this time included. */
  readonly count: number;
};

/**
 * What a host with a fault answers. `whole` is the reply without regard to ranges, `valid` the one that a good host would
 * send; the second part of the result is how the reply is sent.
 */
export function faultyFile(
  fault: MediaFault,
  { whole, valid }: { readonly whole: Reply; readonly valid: Reply },
  { headers, path, otherOrigin, count }: FileRequest,
): { readonly reply: Reply; readonly sending: Fault | null } {
  const asksRange = headers.range !== undefined;
  const breaksOff = { kind: 'reset-in-body', after: 30 } as const;
  const redirect = (location: string): Reply => ({ status: 302, headers: { location }, body: Buffer.alloc(0) });
  switch (fault) {
    case 'forbidden':
      return { reply: { status: 403, headers: {}, body: Buffer.alloc(0) }, sending: null };
    case 'html':
      return { reply: dashboard(), sending: null };
    case 'json':
      return { reply: json(200, { error: { code: 'expired', message: 'the address has expired' } }), sending: null };
    case 'loop':
      return { reply: redirect(`/media/loop${path.replace('/media', '')}?round=${count}`), sending: null };
    case 'slow':
      return { reply: valid, sending: { kind: 'drip' } };
    case 'short':
      return { reply: valid, sending: { kind: 'short-body' } };
    case 'reset':
      return { reply: valid, sending: asksRange || count > 1 ? null : breaksOff };
    case 'changed':
      return asksRange ? { reply: grown(valid), sending: null } : { reply: whole, sending: breaksOff };
    case 'no-range':
      return { reply: withoutRanges(whole), sending: count > 1 ? null : breaksOff };
    case 'wrong-range':
      return asksRange
        ? { reply: fromTheStart(whole), sending: null }
        : { reply: whole, sending: count > 1 ? null : breaksOff };
    case 'other-host':
      if (headers.authorization === undefined) return { reply: json(401, { error: 'no token' }), sending: null };
      return { reply: redirect(`${otherOrigin}${path}`), sending: null };
  }
}

/** A range of a file that has become longer meanwhile. */
const grown = (reply: Reply): Reply => ({
  ...reply,
  headers: {
    ...reply.headers,
    'content-range': (reply.headers['content-range'] ?? '').replace(/\d+$/, total => String(Number(total) + 1000)),
  },
});

/** The whole file, as if it were the range that was asked for. */
const fromTheStart = ({ headers, body }: Reply): Reply => ({
  status: 206,
  headers: { ...headers, 'content-range': `bytes 0-${body.length - 1}/${body.length}` },
  body,
});

function withoutRanges({ headers, ...reply }: Reply): Reply {
  return { ...reply, headers: { ...headers, 'accept-ranges': 'none' } };
}
