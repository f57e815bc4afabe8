import type { Client } from '../api/client.ts';
import type { ApiError } from '../api/errors.ts';
import type { Request } from './batches.ts';
import type { AutoPlan } from './events.ts';
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
  /** Polling goes on at so many times its intervals, until then. */
  #slow = { factor: 1, until: Number.NEGATIVE_INFINITY };
  #polledAt = Number.NEGATIVE_INFINITY;
  /** When the next request would have been sent, as far as was known when last looked at. */
  #dueAt = Number.POSITIVE_INFINITY;
  #passes = true;

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
    this.#passes = true;
    this.#poller.wake();
  }

  list(lister: Lister): void {
    this.#lister = lister;
  }

  /** Polls at a part of the pace for so many milliseconds: ends are told in another way meanwhile. */
  slowDown(factor: number, duration: number): void {
    this.#slow = { factor, until: this.#now() + duration };
  }

  /** A plan with the times at which is really asked while polling is slowed down. */
  slowed(plan: AutoPlan): AutoPlan {
    const { factor, until } = this.#slow;
    if (until <= this.#now()) return plan;
    const wait = Math.max(plan.wait, Math.min(factor * plan.wait, until - this.#polledAt));
    const { nextAt, least, most } = plan;
    const range = { least: factor * least, most: factor * most };
    return { ...plan, ...range, wait, nextAt: nextAt + wait - plan.wait, slowed: true };
  }

  /** The next request is not held back: something was added, or is wanted now. */
  pass(): void {
    this.#passes = true;
  }

  next(): NextTurn {
    const next = this.#held(this.#poller.next());
    if (this.#lister === null) return next;
    const listAt = Math.max(this.#lister.nextAt(this.#poller.open), this.#poller.health.retryAt);
    const isDue = listAt <= this.#now();
    if (next.kind !== 'wait') return isDue && !this.#lastWasList ? { kind: 'list' } : next;
    return isDue ? { kind: 'list' } : { kind: 'wait', until: Math.min(next.until, listAt) };
  }

  /** While polling is slowed down, what comes next comes later. A source that fails has waiting times of its own. */
  #held(next: NextTurn): NextTurn {
    const now = this.#now();
    const natural = next.kind === 'wait' ? next.until : Math.min(this.#dueAt, now);
    this.#dueAt = natural;
    const { factor, until } = this.#slow;
    if (this.#passes || until <= now || natural === Number.POSITIVE_INFINITY || this.#poller.health.failing)
      return next;
    const later = this.#polledAt + factor * Math.max(0, natural - this.#polledAt);
    const at = Math.max(natural, Math.min(later, until));
    return at <= now ? next : { kind: 'wait', until: at };
  }

  async ask(request: TurnRequest, signal: AbortSignal): Promise<void> {
    this.#lastWasList = request.kind === 'list';
    if (request.kind !== 'list') {
      this.#lister?.polled();
      this.#polledAt = this.#now();
      this.#passes = false;
      this.#dueAt = Number.POSITIVE_INFINITY;
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
