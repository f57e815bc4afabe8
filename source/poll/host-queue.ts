import type { Asking } from './batches.ts';
import type { Clock } from './clock.ts';
import { requestGap } from './schedule.ts';
import type { SourcePoll } from './source-poller.ts';

/**
 * Everything that goes to one host: one request at a time, with a gap between them, whatever the number of sources.
 * A loop that always knows the one next thing to do; adding ids, refreshing or resuming only makes it look again.
 */
export class Lane {
  readonly #sources: SourcePoll[] = [];
  readonly #clock: Clock;
  readonly #beforeAsking: () => void;
  #stopped = false;
  #paused = false;
  #notBefore = Number.NEGATIVE_INFINITY;
  #turn = 0;
  #asking: AbortController | null = null;
  #kick: () => void = () => undefined;
  #running: Promise<void> | null = null;

  constructor(clock: Clock, beforeAsking: () => void) {
    this.#clock = clock;
    this.#beforeAsking = beforeAsking;
  }

  add(source: SourcePoll): void {
    this.#sources.push(source);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Something changed: what is next may be sooner than thought. */
  look(): void {
    this.#kick();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.look();
  }

  /** The connections are dead: what was asked through them is asked again, and is no failure of the source. */
  wake(): void {
    this.#asking?.abort();
    for (const source of this.#sources) source.wake();
    this.look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#asking?.abort();
    this.#kick();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped()) {
      const next = this.#next();
      if (next.kind === 'wait') await this.#sleep(next.until);
      else await this.#ask(next.source, next.question);
    }
  }

  /** A stop during an await is not seen by a type checker that has narrowed the field. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  async #ask(source: SourcePoll, question: Asking): Promise<void> {
    this.#beforeAsking();
    const start = this.#clock.monotonic();
    this.#asking = new AbortController();
    await source.ask(question, this.#asking.signal);
    this.#asking = null;
    this.#notBefore = start + requestGap(source.client.source.dialect);
  }

  /** The sources of a host take turns. */
  #next(): Next {
    let until = Number.POSITIVE_INFINITY;
    if (this.#paused) return { kind: 'wait', until };
    for (let step = 1; step <= this.#sources.length; step++) {
      const turn = (this.#turn + step) % this.#sources.length;
      const source = this.#sources[turn];
      const question = source?.next();
      if (source === undefined || question === undefined) continue;
      if (question.kind === 'wait') {
        until = Math.min(until, question.until);
      } else if (this.#notBefore > this.#clock.monotonic()) {
        return { kind: 'wait', until: this.#notBefore };
      } else {
        this.#turn = turn;
        return { kind: 'ask', source, question };
      }
    }
    return { kind: 'wait', until };
  }

  async #sleep(until: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#kick = () => resolve(undefined);
    const wait = until - this.#clock.monotonic();
    const cancel = Number.isFinite(wait) ? this.#clock.after(wait, () => resolve(undefined)) : () => undefined;
    await promise;
    cancel();
    this.#kick = () => undefined;
  }
}

type Next =
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'ask'; readonly source: SourcePoll; readonly question: Asking };
