import type { ApiError } from '../api/errors.ts';
import type { Clock } from './clock.ts';
import type { Health } from './events.ts';
import { retryDelay } from './schedule.ts';

/** How a source is doing, and how long it is left alone after a failure. */
export class SourceHealth {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #report: (health: Health) => void;
  #attempt = 0;
  #retryAt = Number.NEGATIVE_INFINITY;
  #failingSince: number | null = null;
  /** The server itself named the time: a person's wish does not change it. */
  #askedByServer = false;
  #reported = false;
  #failedOnce = false;

  constructor(clock: Clock, random: () => number, report: (health: Health) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#report = report;
  }

  /** Monotonic; infinite: until a person asks again. */
  get retryAt(): number {
    return this.#retryAt;
  }

  get failing(): boolean {
    return this.#failingSince !== null;
  }

  get failedOnce(): boolean {
    return this.#failedOnce;
  }

  failed(fault: ApiError): void {
    this.#failedOnce = true;
    this.#reported = true;
    this.#attempt++;
    const delay = retryDelay(fault, this.#attempt, this.#random);
    this.#askedByServer = fault.retryAfter !== null && delay !== null;
    this.#retryAt = delay === null ? Number.POSITIVE_INFINITY : this.#clock.monotonic() + delay;
    this.#failingSince ??= this.#clock.wall();
    this.#report({
      state: fault.kind === 'refused' ? 'refused' : fault.kind === 'network' ? 'offline' : 'retrying',
      message: fault.traceId === null ? fault.message : `${fault.message} (trace ${fault.traceId})`,
      retryAt: delay === null ? null : Math.round(this.#clock.wall() + delay),
      since: this.#failingSince,
    });
  }

  recovered(): void {
    this.#attempt = 0;
    this.#retryAt = Number.NEGATIVE_INFINITY;
    if (this.#reported && this.#failingSince === null) return;
    this.#reported = true;
    this.#failingSince = null;
    this.#report({ state: 'ok', message: null, retryAt: null, since: null });
  }

  /** A person asks again; a server that asked for patience gets it all the same. */
  retryNow(): void {
    if (!this.#askedByServer) this.#retryAt = Number.NEGATIVE_INFINITY;
  }

  /** The network may be back: no reason to sit out the rest of a back-off. A refused token is as bad as before. */
  wake(): void {
    if (this.#retryAt !== Number.POSITIVE_INFINITY) this.retryNow();
  }
}
