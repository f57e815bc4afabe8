import type { Dialect } from '../../source/api/providers.ts';
import type { HealthState } from '../../source/poll/events.ts';
import type { Fault } from '../../source/simulator/faults.ts';
import type { Address, World } from './world.ts';

/** One thing that can go wrong. */
export type Row = {
  readonly name: string;
  /** Both when absent. */
  readonly dialects?: readonly Dialect[];
  readonly address?: Address;
  /** Milliseconds that a request may take. */
  readonly patience?: number;
  /** Before anything is asked: how a healthy world is set up. */
  readonly setUp?: (world: World) => void | Promise<void>;
  readonly begin: (world: World) => void | Promise<void>;
  readonly end: (world: World) => void | Promise<void>;
  /** What the source is held for. `ok`: it is no fault. */
  readonly state: Exclude<HealthState, 'new'>;
  /** Seconds to the next request; null: until a person asks. */
  readonly next: number | null;
  /** Only once there was an answer: another state and time before that. */
  readonly first?: { readonly state: Exclude<HealthState, 'new'>; readonly next: number | null };
  /** What must hold besides, while it lasts. */
  readonly check?: (world: World) => void;
};

/** A fault of the simulated API. */
export const simulated = (
  name: string,
  fault: Fault,
  { state, next, ...more }: Pick<Row, 'state' | 'next'> & Partial<Row>,
): Row => ({
  name,
  begin: world => world.simulator.fault(fault),
  end: world => world.simulator.fault(null),
  state,
  next,
  ...more,
});

type Envelope = Partial<Row> & {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
};

/** A reply with a status, and a body in one of the envelopes seen. */
export function status(
  name: string,
  code: number,
  [state, next]: readonly [Row['state'], Row['next']],
  { body, headers, contentType, ...more }: Envelope = {},
): Row {
  const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const type = contentType === undefined ? {} : { contentType };
  const fault: Fault = { kind: 'status', status: code, ...text, ...type, ...(headers ? { headers } : {}) };
  return simulated(name, fault, { state, next, ...more });
}

export const page = { body: '<html><body>502 Bad Gateway</body></html>', contentType: 'text/html' } as const;
