import type { ApiError } from '../api/errors.ts';
import { failsAsBatch, noRowsError, rowsLostError } from './answer.ts';
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

  /**
   * A reply without rows where there were some: it says more about the source than about the tasks. `lost`: the vendor may
   * have failed to write them. `seen`: there were rows about these tasks before.
   */
  withoutRows(ids: readonly string[], { lost, seen }: { lost: boolean; seen: boolean }): void {
    const { bisection, health, tasks } = this.#options;
    if (lost) bisection.fail(ids);
    else bisection.skip(ids);
    health.failed(lost ? rowsLostError() : noRowsError());
    // One task at a time stands for all: is it gone? A lost reply does not even ask that.
    if (lost && seen) return;
    for (const id of ids) if (tasks.confirm(id)) break;
  }
}
