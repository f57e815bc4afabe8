import type { ApiError } from '../api/errors.ts';
import type { Clock } from './clock.ts';
import type { Health } from './events.ts';
import { delayAfter } from './schedule.ts';

/** How a source is doing, and how long it is left alone after a failure. */
export class SourceHealth {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #report: (health: Health) => void;
  #attempt = 0;
  #restsUntil = Number.NEGATIVE_INFINITY;
  #failingSince: number | null = null;
  /** The server itself named the time: a person's wish does not change it. */
  #named = false;
  #known = false;
  #failedOnce = false;

  constructor(clock: Clock, random: () => number, report: (health: Health) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#report = report;
  }

  /** Monotonic; infinite: until a person asks again. */
  get restsUntil(): number {
    return this.#restsUntil;
  }

  get failing(): boolean {
    return this.#failingSince !== null;
  }

  get failedOnce(): boolean {
    return this.#failedOnce;
  }

  failed(fault: ApiError): void {
    this.#failedOnce = true;
    this.#known = true;
    this.#attempt++;
    const delay = delayAfter(fault, this.#attempt, this.#random);
    this.#named = fault.retryAfter !== null && delay !== null;
    this.#restsUntil = delay === null ? Number.POSITIVE_INFINITY : this.#clock.monotonic() + delay;
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
    this.#restsUntil = Number.NEGATIVE_INFINITY;
    if (this.#known && this.#failingSince === null) return;
    this.#known = true;
    this.#failingSince = null;
    this.#report({ state: 'ok', message: null, retryAt: null, since: null });
  }

  /** A person asks again; a server that asked for patience gets it all the same. */
  endRest(): void {
    if (!this.#named) this.#restsUntil = Number.NEGATIVE_INFINITY;
  }

  /** The network may be back: no reason to sit out the rest of a back-off. A refused token is as bad as before. */
  wake(): void {
    if (this.#restsUntil !== Number.POSITIVE_INFINITY) this.endRest();
  }
}
