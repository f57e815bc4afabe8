import type { Clock } from './clock.ts';
import { requestGap } from './schedule.ts';
import type { SourceTurns, TurnRequest } from './source-turns.ts';

/**
 * Everything that goes to one host: at most one request under way for each source, and a gap between the starts of any two,
 * so that a source that gives no answer holds up no other. A loop that always knows the one next thing to do; adding ids,
 * refreshing or resuming only makes it look again.
 */
export class HostQueue {
  readonly #sources: SourceTurns[] = [];
  readonly #clock: Clock;
  readonly #beforeRequest: () => void;
  readonly #afterRequest: () => void;
  #stopped = false;
  #paused = false;
  #notBefore = Number.NEGATIVE_INFINITY;
  #turn = 0;
  readonly #inFlight = new Map<SourceTurns, AbortController>();
  #interruptSleep: () => void = () => undefined;
  /** The loop, and the requests that it has sent. */
  readonly #running = new Set<Promise<void>>();

  constructor(clock: Clock, hooks: { readonly beforeRequest: () => void; readonly afterRequest: () => void }) {
    this.#clock = clock;
    this.#beforeRequest = hooks.beforeRequest;
    this.#afterRequest = hooks.afterRequest;
  }

  /** Whether a request is under way. */
  get busy(): boolean {
    return this.#inFlight.size > 0;
  }

  add(source: SourceTurns): void {
    this.#sources.push(source);
  }

  start(): void {
    if (this.#running.size === 0) this.#track(this.#run());
  }

  /** Something changed: what is next may be sooner than thought. */
  reschedule(): void {
    this.#interruptSleep();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.reschedule();
  }

  /** The connections are dead: what was asked through them is asked again, and is no failure of the source. */
  wake(): void {
    for (const request of this.#inFlight.values()) request.abort();
    for (const source of this.#sources) source.wake();
    this.reschedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const request of this.#inFlight.values()) request.abort();
    this.#interruptSleep();
    await Promise.all(this.#running);
  }

  /** Has each source tell how often its tasks are asked about, when that has changed: they share the host's gap. */
  reportPaces(): void {
    for (const source of this.#sources) {
      const own = source.batches;
      const turns = this.#sources.reduce((sum, { batches }) => sum + Math.min(own, batches), 0);
      source.reportPace(turns);
    }
  }

  async #run(): Promise<void> {
    while (!this.#isStopped()) {
      const next = this.#next();
      if (next.kind === 'wait') await this.#sleep(next.until);
      else this.#track(this.#send(next.source, next.request));
    }
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }

  /** A stop during an await is not seen by a type checker that has narrowed the field. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  async #send(source: SourceTurns, request: TurnRequest): Promise<void> {
    // Before the request counts as under way: what this finds out ends those that are.
    this.#beforeRequest();
    const controller = new AbortController();
    this.#inFlight.set(source, controller);
    this.#notBefore = this.#clock.monotonic() + requestGap(source.client.source.dialect);
    await source.ask(request, controller.signal);
    this.#inFlight.delete(source);
    this.reportPaces();
    this.#afterRequest();
    this.reschedule();
  }

  /** The sources of a host take turns. */
  #next(): Next {
    let until = Number.POSITIVE_INFINITY;
    if (this.#paused) return { kind: 'wait', until };
    for (let step = 1; step <= this.#sources.length; step++) {
      const turn = (this.#turn + step) % this.#sources.length;
      const source = this.#sources[turn];
      if (source === undefined || this.#inFlight.has(source)) continue;
      const request = source.next();
      if (request.kind === 'wait') {
        until = Math.min(until, request.until);
      } else if (this.#notBefore > this.#clock.monotonic()) {
        return { kind: 'wait', until: this.#notBefore };
      } else {
        this.#turn = turn;
        return { kind: 'ask', source, request };
      }
    }
    return { kind: 'wait', until };
  }

  async #sleep(until: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#interruptSleep = () => resolve(undefined);
    const wait = until - this.#clock.monotonic();
    const cancel = Number.isFinite(wait) ? this.#clock.after(wait, () => resolve(undefined)) : () => undefined;
    await promise;
    cancel();
    this.#interruptSleep = () => undefined;
  }
}

type Next =
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'ask'; readonly source: SourceTurns; readonly request: TurnRequest };
