import type { Answer, Client } from '../../source/api/client.ts';
import { ApiError } from '../../source/api/errors.ts';
import type { Dialect } from '../../source/api/providers.ts';
import type { Clock } from '../../source/poll/clock.ts';
import type { Snapshot } from '../../source/task/task.ts';
import { snapshot } from '../helpers/tasks.ts';

/** One request, as it arrived. */
export type Ask = {
  readonly at: number;
  readonly source: string;
  readonly dialect: Dialect;
  readonly kind: 'batch' | 'single';
  readonly ids: readonly string[];
  /** Milliseconds that it may take. */
  readonly timeLimit: number | undefined;
};

/** What a vendor says about a task when a test does not care. */
export const running = (id: string, more: Partial<Snapshot> = {}): Snapshot => snapshot({ id, ...more });

/** A vendor inside the process: it knows tasks, writes down what it is asked, and fails when told to. */
export class Vendor {
  readonly asks: Ask[] = [];
  readonly tasks = new Map<string, Snapshot>();
  /** Milliseconds to an answer. */
  delay = 0;
  inFlight = 0;
  mostInFlight = 0;
  /** Instead of the answer; undefined: nothing is wrong with this one. */
  fault: (ask: Ask) => ApiError | Partial<Answer> | undefined = () => undefined;
  /** Instead of everything else: the test makes the answers itself. */
  answering: ((ask: Ask, signal?: AbortSignal) => Promise<Answer>) | undefined;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  know(ids: readonly string[], more: Partial<Snapshot> = {}): void {
    for (const id of ids) this.tasks.set(id, running(id, more));
  }

  client(name: string, { dialect = 'fetch', host = 'vendor.test' }: { dialect?: Dialect; host?: string } = {}): Client {
    const [provider = '', service = 'producer'] = name.split('/');
    const source: Client['source'] = {
      name,
      provider: provider,
      service: service,
      dialect,
      baseUrl: `https://${host}/${provider}`,
      token: 'secret',
      tokenPlace: 'TOKEN',
    };
    const ask = (kind: Ask['kind'], ids: readonly string[], signal?: AbortSignal, timeLimit?: number) =>
      this.#answer({ at: this.#clock.monotonic(), source: name, dialect, kind, ids, timeLimit }, signal);
    return {
      source,
      batch: (ids, signal, timeLimit) => ask('batch', ids, signal, timeLimit),
      single: (id, signal, timeLimit) => ask('single', [id], signal, timeLimit),
    };
  }

  async #answer(ask: Ask, signal?: AbortSignal): Promise<Answer> {
    this.asks.push(ask);
    this.inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      if (this.answering !== undefined) return await this.answering(ask, signal);
      if (this.delay > 0) await this.wait(this.delay, signal);
      const fault = this.fault(ask);
      if (fault instanceof ApiError) throw fault;
      const snapshots = ask.ids.flatMap(id => this.tasks.get(id) ?? []);
      const noRows = (fault?.snapshots ?? snapshots).length === 0;
      const rest = { unreadable: [], rowsLost: false, more: false, latency: 1, serverTime: null };
      return { snapshots, noRows, ...rest, ...fault };
    } finally {
      this.inFlight--;
    }
  }

  now(): number {
    return this.#clock.monotonic();
  }

  /** Takes so long, or until it is no longer wanted. */
  readonly wait = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const cancel = this.#clock.after(milliseconds, resolve);
      signal?.addEventListener('abort', () => {
        cancel();
        reject(new Error('aborted'));
      });
    });
}

/** The least an outage answers with. */
export const faults = {
  server: (status = 500) => new ApiError('server', `${status} internal server error`, { status }),
  network: () => new ApiError('network', 'connection refused'),
  reset: () => new ApiError('network', 'connection reset', { reached: true }),
  timeout: () => new ApiError('network', 'no answer within 10 s', { code: 'timeout', reached: true }),
  tooLarge: () => new ApiError('protocol', 'the reply is larger than 16 MB', { code: 'reply_too_large' }),
  request: () => new ApiError('request', '400 bad request', { status: 400, code: 'bad_request' }),
  refused: () => new ApiError('refused', '401 Invalid token', { status: 401 }),
  exhausted: () => new ApiError('exhausted', '403 used up', { status: 403, code: 'used_up' }),
  busy: (retryAfter: number | null = null) =>
    new ApiError('busy', '429 too many requests', { status: 429, retryAfter }),
  later: (retryAfter: number) => new ApiError('server', '503 service unavailable', { status: 503, retryAfter }),
  lost: (): Partial<Answer> => ({ snapshots: [], noRows: true, rowsLost: true }),
  nothing: (): Partial<Answer> => ({ snapshots: [], noRows: true }),
} as const;
