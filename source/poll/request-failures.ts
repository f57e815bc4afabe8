import type { ApiError } from '../api/errors.ts';
import { failsAsBatch } from './answer.ts';
import type { SourceHealth } from './backoff.ts';
import type { Bisection } from './bisection.ts';
import type { Latencies } from './latencies.ts';
import type { TaskQueue } from './task-queue.ts';

type RequestFailuresOptions = {
  readonly tasks: TaskQueue;
  readonly bisection: Bisection;
  readonly health: SourceHealth;
  readonly latencies: Latencies;
  /** Tells what is wrong with one task. */
  readonly report: (id: string, code: string, message: string) => void;
};

/** What follows from a request that failed: for its source, or for the one id that is to blame. */
export class RequestFailures {
  readonly #options: RequestFailuresOptions;

  constructor(options: RequestFailuresOptions) {
    this.#options = options;
  }

  batch(ids: readonly string[], error: ApiError): void {
    const { bisection, health, latencies } = this.#options;
    const slow = error.code === 'timeout';
    const verdict = failsAsBatch(error) ? bisection.fail(ids, { slow }) : 'unsure';
    if (verdict === 'unsure') health.failed(error);
    // Where others are answered in time, it is not the time that was too short.
    if (verdict === 'unsure' && slow) latencies.timedOut();
    const [only] = ids;
    if (verdict === 'blamed' && only !== undefined) this.#blame(only, error, { poisonsBatch: true });
  }

  /** Where batches work, a single request that is not taken concerns its own id and nobody else. */
  single(id: string, error: ApiError): void {
    if (failsAsBatch(error) || error.kind === 'protocol') this.#blame(id, error, { poisonsBatch: false });
    else this.#options.health.failed(error);
  }

  /** It is asked alone from now on, and seldom; its row says why. */
  #blame(id: string, { code, message }: ApiError, how: { poisonsBatch: boolean }): void {
    const { tasks, report } = this.#options;
    if (!tasks.has(id)) return;
    tasks.deferAlone(id, how);
    report(id, code ?? 'rejected', message);
  }
}
