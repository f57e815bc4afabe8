import dns from 'node:dns';
import tls from 'node:tls';
import { expect, onTestFinished, vi } from 'vitest';
import { trustedCertificate } from './front.ts';
import { simulated, type Row } from './row.ts';
import { shortTimeout, type World } from './world.ts';

const offline = { state: 'offline', next: 1 } as const;
const secure = { scheme: 'https', host: '127.0.0.1' } as const;

/** Makes the loopback certificate as good as one that somebody has signed. */
async function trust(world: World): Promise<void> {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, trustedCertificate]);
  onTestFinished(() => tls.setDefaultCACertificates(before));
  await world.front.set('trusted');
}

/** What the name of the vendor leads to; the real resolver is left alone. */
function resolveTo(answer: string | NodeJS.ErrnoException): void {
  vi.restoreAllMocks();
  const spy = vi.spyOn(dns, 'lookup');
  const lookup = (...args: unknown[]): void => {
    const callback = args.at(-1) as (error: Error | null, addresses?: unknown, family?: number) => void;
    const options = args[1] as { all?: boolean };
    if (typeof answer !== 'string') callback(answer);
    else if (options.all === true) callback(null, [{ address: answer, family: 4 }]);
    else callback(null, answer, 4);
  };
  spy.mockImplementation(lookup);
  onTestFinished(() => spy.mockRestore());
}

const dnsError = (code: string): NodeJS.ErrnoException => Object.assign(new Error(`getaddrinfo ${code}`), { code });

/** The connections of before would outlive the name. */
const noName = (code: string) => async (world: World) => {
  resolveTo(dnsError(code));
  await world.front.set('plain');
};

export const connectionRows: readonly Row[] = [
  {
    name: 'nobody listens at the address',
    begin: world => world.front.set('off'),
    end: world => world.front.set('plain'),
    ...offline,
  },
  {
    name: 'the host name is unknown',
    address: { scheme: 'http', host: 'cliptop.invalid' },
    setUp: () => resolveTo('127.0.0.1'),
    begin: noName('ENOTFOUND'),
    end: () => resolveTo('127.0.0.1'),
    ...offline,
  },
  {
    name: 'no name server answers',
    address: { scheme: 'http', host: 'cliptop.invalid' },
    setUp: () => resolveTo('127.0.0.1'),
    begin: noName('EAI_AGAIN'),
    end: () => resolveTo('127.0.0.1'),
    ...offline,
  },
  {
    name: 'https, but no TLS at the port',
    address: secure,
    setUp: trust,
    begin: world => world.front.set('plain'),
    end: world => world.front.set('trusted'),
    ...offline,
  },
  {
    name: 'a certificate that nobody has signed',
    address: secure,
    setUp: trust,
    begin: world => world.front.set('untrusted'),
    end: world => world.front.set('trusted'),
    ...offline,
  },
  simulated('the connection is reset before the reply', { kind: 'reset-before-headers' }, offline),
  simulated('the connection is reset in the middle of the reply', { kind: 'reset-in-body' }, offline),
  simulated('no reply', { kind: 'hang-before-headers' }, { ...offline, patience: shortTimeout }),
  simulated('the reply stops in the middle', { kind: 'hang-in-body' }, { ...offline, patience: shortTimeout }),
  {
    name: 'the machine sleeps while a request is under way, and its connection dies',
    begin: world => world.simulator.fault({ kind: 'hang-before-headers', times: 1 }),
    end: () => undefined,
    state: 'ok',
    next: 5,
    check: world => expect(world.resets).toBe(1),
  },
];
