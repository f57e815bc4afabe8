import type { Client } from '../api/client.ts';
import type { ApiError } from '../api/errors.ts';
import type { Request } from './batches.ts';
import type { SourcePoller } from './source-poller.ts';

/** What asks a source for tasks that are not on the list; it shares the source's turn in the queue of its host. */
export type Lister = {
  /** When it wants to ask next, monotonic milliseconds; infinite: not as things are. `open`: tasks are being asked about. */
  readonly nextAt: (open: boolean) => number;
  /** A request about tasks is sent. */
  readonly polled: () => void;
  /** Sends one request, and takes in what comes of it. The error that it failed with, if any. */
  readonly ask: (signal: AbortSignal) => Promise<ApiError | null>;
};

/** One request of a source: about its tasks, or for more of them. */
export type TurnRequest = Request | { readonly kind: 'list' };
type NextTurn = TurnRequest | { readonly kind: 'wait'; readonly until: number };

/**
 * The one thing to ask a source next, of what its poller and its lister want: whoever has waited goes first, and neither
 * goes while the source is left alone after a failure.
 */
export class SourceTurns {
  readonly #poller: SourcePoller;
  readonly #now: () => number;
  #lister: Lister | null = null;
  #lastWasList = false;

  constructor(poller: SourcePoller, now: () => number) {
    this.#poller = poller;
    this.#now = now;
  }

  get client(): Client {
    return this.#poller.client;
  }

  get batches(): number {
    return this.#poller.batches;
  }

  reportPace(turns: number): void {
    this.#poller.reportPace(turns);
  }

  wake(): void {
    this.#poller.wake();
  }

  list(lister: Lister): void {
    this.#lister = lister;
  }

  next(): NextTurn {
    const next = this.#poller.next();
    if (this.#lister === null) return next;
    const listAt = Math.max(this.#lister.nextAt(this.#poller.open), this.#poller.health.retryAt);
    const isDue = listAt <= this.#now();
    if (next.kind !== 'wait') return isDue && !this.#lastWasList ? { kind: 'list' } : next;
    return isDue ? { kind: 'list' } : { kind: 'wait', until: Math.min(next.until, listAt) };
  }

  async ask(request: TurnRequest, signal: AbortSignal): Promise<void> {
    this.#lastWasList = request.kind === 'list';
    if (request.kind !== 'list') {
      this.#lister?.polled();
      await this.#poller.ask(request, signal);
      return;
    }
    const error = (await this.#lister?.ask(signal)) ?? null;
    if (signal.aborted) return;
    // While tasks are open, what a request about them comes to says more about the source; but a limit is a limit.
    const { health, open } = this.#poller;
    if (error !== null && (!open || error.kind === 'busy')) health.failed(error);
    if (error === null && !open) health.recovered();
  }
}
