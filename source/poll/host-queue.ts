import type { Request } from './batches.ts';
import type { Clock } from './clock.ts';
import { requestGap } from './schedule.ts';
import type { SourcePoller } from './source-poller.ts';

/**
 * Everything that goes to one host: one request at a time, with a gap between them, whatever the number of sources.
 * A loop that always knows the one next thing to do; adding ids, refreshing or resuming only makes it look again.
 */
export class HostQueue {
  readonly #sources: SourcePoller[] = [];
  readonly #clock: Clock;
  readonly #beforeRequest: () => void;
  readonly #afterRequest: () => void;
  #stopped = false;
  #paused = false;
  #notBefore = Number.NEGATIVE_INFINITY;
  #turn = 0;
  #inFlight: AbortController | null = null;
  #interruptSleep: () => void = () => undefined;
  #running: Promise<void> | null = null;

  constructor(clock: Clock, hooks: { readonly beforeRequest: () => void; readonly afterRequest: () => void }) {
    this.#clock = clock;
    this.#beforeRequest = hooks.beforeRequest;
    this.#afterRequest = hooks.afterRequest;
  }

  /** Whether a request is under way. */
  get busy(): boolean {
    return this.#inFlight !== null;
  }

  add(source: SourcePoller): void {
    this.#sources.push(source);
  }

  start(): void {
    this.#running ??= this.#run();
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
    this.#inFlight?.abort();
    for (const source of this.#sources) source.wake();
    this.reschedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#inFlight?.abort();
    this.#interruptSleep();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped()) {
      const next = this.#next();
      if (next.kind === 'wait') await this.#sleep(next.until);
      else await this.#send(next.source, next.request);
    }
  }

  /** A stop during an await is not seen by a type checker that has narrowed the field. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  async #send(source: SourcePoller, request: Request): Promise<void> {
    this.#beforeRequest();
    const start = this.#clock.monotonic();
    this.#inFlight = new AbortController();
    await source.ask(request, this.#inFlight.signal);
    this.#inFlight = null;
    this.#notBefore = start + requestGap(source.client.source.dialect);
    this.#afterRequest();
  }

  /** The sources of a host take turns. */
  #next(): Next {
    let until = Number.POSITIVE_INFINITY;
    if (this.#paused) return { kind: 'wait', until };
    for (let step = 1; step <= this.#sources.length; step++) {
      const turn = (this.#turn + step) % this.#sources.length;
      const source = this.#sources[turn];
      const request = source?.next();
      if (source === undefined || request === undefined) continue;
      if (request.kind === 'wait') {
        until = Math.min(until, request.until);
      } else if (this.#notBefore > this.#clock.monotonic()) {
        return { kind: 'wait', until: this.#notBefore };
      } else {
        this.#turn = turn;
        return { kind: 'ask', source, request: request };
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
  | { readonly kind: 'ask'; readonly source: SourcePoller; readonly request: Request };
