import { expect } from 'vitest';
import { simulated, status, type Row } from './row.ts';

const well = { state: 'ok', next: 5 } as const;
const wrongKind = { state: 'retrying', next: 5 } as const;
const offline = { state: 'offline', next: 1 } as const;
const megabyte = 1024 * 1024;

export const bodyRows: readonly Row[] = [
  simulated('JSON that is cut off', { kind: 'truncate-json' }, offline),
  status('an empty reply with status 200', 200, ['offline', 1]),
  simulated('bytes that are no UTF-8', { kind: 'invalid-utf8' }, well),
  simulated('a byte order mark', { kind: 'bom' }, well),
  simulated('gzip', { kind: 'gzip' }, well),
  simulated('JSON that is called text/plain', { kind: 'text-plain' }, well),
  simulated('a web page with status 200', { kind: 'html' }, wrongKind),
  status('JSON of another kind with status 200', 200, ['retrying', 5], { body: [1, 2, 3] }),
  simulated(
    'a reply of 300 MB',
    { kind: 'huge-body', bytes: 300_000_000 },
    {
      ...wrongKind,
      check: world => expect(world.simulator.requests.at(-1)?.bytesSent).toBeLessThan(64 * megabyte),
    },
  ),
  simulated('gzip that unpacks to 1 GB', { kind: 'gzip-bomb', bytes: 1_000_000_000 }, wrongKind),
  {
    name: 'a redirect to another host',
    begin: world => world.simulator.fault({ kind: 'redirect', location: world.stranger.url }),
    end: world => world.simulator.fault(null),
    ...wrongKind,
    // The token stays with the vendor.
    check: world => expect(world.stranger.requests).toBe(0),
  },
  simulated(
    'no row for tasks that were there',
    { kind: 'data-null' },
    { state: 'retrying', next: 1, first: { state: 'ok', next: 5 } },
  ),
  {
    ...simulated(
      'a row without an id',
      {
        kind: 'status',
        status: 200,
        body: JSON.stringify({ code: 0, data: { list: [{ uid: 'x', status: 'SUCCESS' }] } }),
      },
      well,
    ),
    check: world => expect(world.state.log.at(-1)?.text).toMatch(/1 row could not be read .*, its keys: uid, status$/),
  },
  status('nothing, as when new-api cannot write a row', 200, ['retrying', 1], {
    dialects: ['fetch'],
    body: { code: 'success', data: null },
  }),
];
