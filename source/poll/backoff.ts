import type { ApiError, ApiErrorKind } from '../api/errors.ts';
import type { Clock } from './clock.ts';
import type { Health } from './events.ts';
import { restThreshold, retryDelay } from './schedule.ts';

/** How a source is doing, and how long it is left alone after a failure. Moments are monotonic milliseconds. */
export class SourceHealth {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #report: (health: Health) => void;
  /** Failures since the last answer, by kind: those of one kind do not lengthen the wait after another. */
  readonly #attempts = new Map<ApiErrorKind, number>();
  #retryAt = Number.NEGATIVE_INFINITY;
  #failingSince: number | null = null;
  /** `rest`: the server asked for more than five minutes. */
  #askedByServer: 'no' | 'wait' | 'rest' = 'no';
  /** A person wants one request during a rest. */
  #once = false;
  #reported = false;
  #failedOnce = false;

  constructor(clock: Clock, random: () => number, report: (health: Health) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#report = report;
  }

  /** When the source may be asked; infinite: when a person asks again. */
  get retryAt(): number {
    return this.#once ? Number.NEGATIVE_INFINITY : this.#retryAt;
  }

  get failing(): boolean {
    return this.#failingSince !== null;
  }

  get failedOnce(): boolean {
    return this.#failedOnce;
  }

  /** A request is sent. */
  asked(): void {
    this.#once = false;
  }

  failed(fault: ApiError): void {
    this.#failedOnce = true;
    this.#reported = true;
    const attempt = (this.#attempts.get(fault.kind) ?? 0) + 1;
    this.#attempts.set(fault.kind, attempt);
    const delay = retryDelay(fault, attempt, this.#random);
    const now = this.#clock.monotonic();
    const askedByServer = fault.retryAfter !== null && delay !== null;
    // The one request that a person wanted during a rest does not end the rest.
    const restGoesOn = this.#askedByServer === 'rest' && this.#retryAt > now && !askedByServer && delay !== null;
    if (!restGoesOn) {
      const isRest = (fault.retryAfter ?? 0) > restThreshold;
      this.#askedByServer = askedByServer ? (isRest ? 'rest' : 'wait') : 'no';
      this.#retryAt = delay === null ? Number.POSITIVE_INFINITY : now + delay;
    }
    this.#failingSince ??= this.#clock.wall();
    this.#report({
      state: fault.kind === 'refused' ? 'refused' : fault.kind === 'network' ? 'offline' : 'retrying',
      message: fault.message,
      ...(fault.traceId === null ? {} : { trace: fault.traceId }),
      retryAt: this.#wall(this.#retryAt),
      since: this.#failingSince,
      ...(this.#askedByServer === 'rest' ? { resting: true } : {}),
    });
  }

  recovered(): void {
    this.#attempts.clear();
    this.#retryAt = Number.NEGATIVE_INFINITY;
    this.#askedByServer = 'no';
    if (this.#reported && this.#failingSince === null) return;
    this.#reported = true;
    this.#failingSince = null;
    this.#report({ state: 'ok', message: null, retryAt: null, since: null });
  }

  /**
   * A person asks again. A server that asked for up to five minutes gets them all the same; one that asked for more is
   * asked once. Returns until when it waits, milliseconds since 1970, or null when it is asked.
   */
  retryNow(): number | null {
    if (this.#askedByServer === 'wait' && this.#retryAt > this.#clock.monotonic()) return this.#wall(this.#retryAt);
    if (this.#askedByServer === 'rest') this.#once = true;
    else this.#retryAt = Number.NEGATIVE_INFINITY;
    return null;
  }

  /** The network may be back: no reason to wait for the rest of a back-off. A refused token is as bad as before. */
  wake(): void {
    const isOurs = this.#askedByServer === 'no' && this.#retryAt !== Number.POSITIVE_INFINITY;
    if (isOurs) this.#retryAt = Number.NEGATIVE_INFINITY;
  }

  #wall(monotonic: number): number | null {
    return Number.isFinite(monotonic) ? Math.round(this.#clock.wall() + monotonic - this.#clock.monotonic()) : null;
  }
}
