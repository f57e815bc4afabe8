import type { Durations } from '../task/durations.ts';
import type { Task } from '../task/task.ts';
import { earnedAfter, noAllowance, spend } from './allowance.ts';
import type { Clock } from './clock.ts';
import type { AutoPlan } from './events.ts';
import { Learning } from './learning.ts';
import { defaultTargetDelay, paceOf, requestPrice } from './pacing.ts';
import { defaultInterval } from './schedule.ts';
import { noUpdates, rhythmOf, withReply, type UpdateTimes } from './update-phase.ts';

type Reply = {
  /** `updated_at` of its rows, by the vendor's clock. */
  readonly stamps: readonly number[];
  /** When it was asked for and when it came, monotonic milliseconds. */
  readonly asked: number;
  readonly answered: number;
};

type Reports = {
  readonly plan: (plan: AutoPlan | null) => void;
  readonly learned: (action: string | null, durations: Durations) => void;
};

/** How long to wait between two requests of a source, from what it learns about its tasks and about the relay. */
export class AutoPace {
  readonly learning = new Learning();
  readonly #clock: Clock;
  readonly #reports: Reports;
  #updates: UpdateTimes = noUpdates;
  #targetDelay = defaultTargetDelay;
  #price: number | null = null;
  #asked = Number.NEGATIVE_INFINITY;
  #allowance = noAllowance;
  #plan: AutoPlan | null = null;

  constructor(clock: Clock, reports: Reports) {
    this.#clock = clock;
    this.#reports = reports;
  }

  /** Milliseconds from the last request to the next. */
  get wait(): number {
    return this.#plan?.wait ?? defaultInterval;
  }

  /** How long ends may wait in the mean until they are known, in milliseconds. */
  aimAt(targetDelay: number): void {
    if (targetDelay !== this.#targetDelay) this.#price = null;
    this.#targetDelay = targetDelay;
  }

  /** A batch was answered. */
  heard(reply: Reply): void {
    this.#updates = withReply(this.#updates, reply);
    this.#asked = reply.asked;
  }

  /** Nobody knows how long the machine slept: at which moments the relay updates its rows is unknown again. */
  wake(): void {
    this.#updates = noUpdates;
  }

  /** Takes in what was learned since. */
  settle(): void {
    const learned = this.learning.settle(this.#clock.monotonic());
    if (learned !== null) this.#price = null;
    for (const { action, durations } of learned ?? []) this.#reports.learned(action, durations);
  }

  /** Decides anew, after an answer that left nothing due, or when it is to be decided otherwise. */
  plan(): void {
    const open = this.learning.open;
    if (open.length === 0) {
      this.clear();
      return;
    }
    const now = this.#clock.monotonic();
    this.#price ??= requestPrice(this.learning.spell(now), this.#targetDelay);
    if (this.#asked !== this.#allowance.at) this.#allowance = spend(this.#allowance, this.#asked);
    const paced = paceOf(open, { now: this.#asked, price: this.#price, updates: this.#updates });
    const { reason } = paced;
    const wait = Math.max(paced.wait, earnedAfter(this.#allowance));
    const period = reason === 'updates' ? (rhythmOf(this.#updates)?.period ?? null) : null;
    this.#plan = {
      ...{ wait, reason, period },
      nextAt: this.#clock.wall() + Math.max(0, this.#asked + wait - now),
      least: Math.min(wait, this.#plan?.least ?? wait),
      most: Math.max(wait, this.#plan?.most ?? wait),
    };
    this.#reports.plan(this.#plan);
  }

  /** Nothing is open, or the interval is fixed. */
  clear(): void {
    if (this.#plan !== null) this.#reports.plan(null);
    this.#plan = null;
  }
}

/** The moments at which a relay updated its rows after they were submitted: they are written then, too, at any time. */
export const updateStamps = (rows: readonly Pick<Task, 'submittedAt' | 'updatedAt'>[]): readonly number[] =>
  rows.flatMap(({ submittedAt, updatedAt }) =>
    submittedAt !== null && updatedAt !== null && updatedAt > submittedAt + 1000 ? [updatedAt] : [],
  );
