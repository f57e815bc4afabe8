import type { Clock } from './clock.ts';
import { requestGap } from './schedule.ts';
import type { SourcePoll } from './source-poll.ts';

/** Our clocks disagree by this much after a nap of the machine, or when somebody sets the time. */
const jump = 5_000;

/**
 * Everything that goes to one host: one request at a time, with a gap between them, whatever the number of sources.
 * A loop that always knows the one next thing to do; adding ids, refreshing or resuming only makes it look again.
 */
export class Lane {
  readonly #sources: SourcePoll[] = [];
  readonly #clock: Clock;
  readonly #onWake: () => void;
  readonly #abort = new AbortController();
  #paused = false;
  #notBefore = Number.NEGATIVE_INFINITY;
  #drift: number;
  #kick: () => void = () => undefined;
  #running: Promise<void> | null = null;

  constructor(clock: Clock, onWake: () => void) {
    this.#clock = clock;
    this.#onWake = onWake;
    this.#drift = clock.wall() - clock.monotonic();
  }

  get sources(): readonly SourcePoll[] {
    return this.#sources;
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

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#kick();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const [source, question] = this.#next();
      if (source === undefined || question.kind === 'wait') {
        await this.#sleep(question.kind === 'wait' ? question.until : Number.POSITIVE_INFINITY);
        continue;
      }
      const gap = this.#notBefore - this.#clock.monotonic();
      if (gap > 0) {
        await this.#sleep(this.#notBefore);
        continue;
      }
      await source.ask(question, signal);
      this.#notBefore = Math.max(this.#clock.monotonic(), this.#startedAt + requestGap(source.client.source.dialect));
    }
  }

  #startedAt = 0;
  #turn = 0;

  /** The sources of a host take turns. */
  #next(): [SourcePoll | undefined, ReturnType<SourcePoll['next']>] {
    let until = Number.POSITIVE_INFINITY;
    if (!this.#paused) {
      for (let step = 1; step <= this.#sources.length; step++) {
        const turn = (this.#turn + step) % this.#sources.length;
        const source = this.#sources[turn];
        const question = source?.next();
        if (source === undefined || question === undefined) continue;
        if (question.kind !== 'wait') {
          if (this.#notBefore <= this.#clock.monotonic()) {
            this.#turn = turn;
            this.#startedAt = this.#clock.monotonic();
          }
          return [source, question];
        }
        until = Math.min(until, question.until);
      }
    }
    return [undefined, { kind: 'wait', until }];
  }

  async #sleep(until: number): Promise<void> {
    if (this.#abort.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#kick = () => resolve(undefined);
    const wait = until - this.#clock.monotonic();
    const cancel = Number.isFinite(wait) ? this.#clock.after(wait, () => resolve(undefined)) : () => undefined;
    await promise;
    cancel();
    this.#kick = () => undefined;
    const drift = this.#clock.wall() - this.#clock.monotonic();
    if (Math.abs(drift - this.#drift) > jump) this.#onWake();
    this.#drift = drift;
  }
}
