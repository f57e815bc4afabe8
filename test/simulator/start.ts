import { onTestFinished } from 'vitest';
import type { Scenario, SimulatedTask } from '../../source/simulator/scenario.ts';
import { startSimulator, type Simulator } from '../../source/simulator/simulator.ts';

export type Clock = { now: number };

/** A simulated API on a clock that moves only when the test says so; closed when the test is over. */
export async function start(
  scenario: Scenario,
  options: Parameters<typeof startSimulator>[0] = {},
): Promise<{ readonly simulator: Simulator; readonly clock: Clock }> {
  const clock = { now: Date.parse('2026-09-21T14:00:00Z') };
  const simulator = await startSimulator({ scenario, now: () => clock.now, ...options });
  onTestFinished(() => simulator.close());
  return { simulator, clock };
}

/** An API without any task. */
export const noTasks: Scenario = { tasks: [] };

/** A task of the fetch dialect: queued for 3 s, running for 10 s. */
export const fetchTask = (more: Partial<SimulatedTask> = {}): SimulatedTask => ({
  id: 'task_AAAAbbbbCCCCddddEEEEffffGGGGhhh1',
  dialect: 'fetch',
  service: 'producer',
  titles: ['Quiet Pier'],
  queuedFor: 3_000,
  endsAfter: 13_000,
  ...more,
});

/** The same of the tasks dialect. */
export const tasksTask = (more: Partial<SimulatedTask> = {}): SimulatedTask => ({
  ...fetchTask(),
  id: '11111111-1111-4111-8111-000000000001',
  dialect: 'tasks',
  ...more,
});

export const bearer = (simulator: Simulator) => ({ authorization: `Bearer ${simulator.token}` });

export const postFetch = (simulator: Simulator, body: unknown, service = 'producer'): Promise<Response> =>
  fetch(`${simulator.fetchBaseUrl}/${service}/fetch`, {
    method: 'POST',
    headers: bearer(simulator),
    body: typeof body === 'string' ? body : JSON.stringify(body),
    redirect: 'manual',
  });

export const getFetch = (simulator: Simulator, id: string, service = 'producer'): Promise<Response> =>
  fetch(`${simulator.fetchBaseUrl}/${service}/fetch/${encodeURIComponent(id)}`, { headers: bearer(simulator) });

export const postTasks = (simulator: Simulator, body: unknown, service = 'producer'): Promise<Response> =>
  fetch(`${simulator.tasksBaseUrl}/${service}/tasks`, {
    method: 'POST',
    headers: bearer(simulator),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** The body of a reply as the type a test expects. */
export const bodyOf = async <Body>(response: Promise<Response>): Promise<Body> =>
  (await (await response).json()) as Body;

type Row = {
  readonly task_id: string;
  readonly status: string;
  readonly progress?: string | null;
  readonly [key: string]: unknown;
};

export const rowsOf = async (simulator: Simulator, ids: readonly string[], service?: string) =>
  (await bodyOf<{ data: Row[] | null }>(postFetch(simulator, { ids }, service))).data;

export const rowOf = async (simulator: Simulator, id: string, service?: string) =>
  (await bodyOf<{ data: Row }>(getFetch(simulator, id, service))).data;

export type Item = {
  readonly id?: string;
  readonly response?: {
    readonly success?: boolean;
    readonly error?: unknown;
    readonly status?: string;
    readonly data?: unknown;
  } | null;
  readonly finished_at?: number | string | null;
  readonly [key: string]: unknown;
};

export const itemOf = (simulator: Simulator, id: string, service?: string) =>
  bodyOf<Item>(postTasks(simulator, { action: 'retrieve', id }, service));

export const itemsOf = (simulator: Simulator, ids: readonly string[], more: object = {}) =>
  bodyOf<{ items: Item[]; count: number }>(postTasks(simulator, { action: 'retrieve_batch', ids, ...more }));
