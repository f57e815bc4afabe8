import type { Answer } from '../api/client.ts';
import type { Durations } from '../task/durations.ts';
import type { Task } from '../task/task.ts';
import { AutoPace, updateStamps } from './auto-pace.ts';
import type { Beats } from './beats.ts';
import type { Clock } from './clock.ts';
import type { AutoPlan } from './events.ts';
import { Pace } from './pace.ts';
import { pacingLimits } from './pacing.ts';
import type { RoundFacts } from './round-time.ts';
import type { Interval } from './schedule.ts';
import type { TaskQueue } from './task-queue.ts';

type SourcePacingOptions = {
  readonly clock: Clock;
  readonly interval: () => Interval;
  readonly targetDelay: () => number;
  readonly task: (id: string) => Task | undefined;
  readonly reportRoundTime: (roundTime: number | null) => void;
  readonly reportPlan: (plan: AutoPlan | null) => void;
  readonly reportLearned: (action: string | null, durations: Durations) => void;
};

/** How often the tasks of a source are asked about: at a fixed interval, or as is learned from them. */
export class SourcePacing {
  readonly #options: SourcePacingOptions;
  readonly #auto: AutoPace;
  readonly #pace: Pace;

  constructor(options: SourcePacingOptions) {
    this.#options = options;
    this.#auto = new AutoPace(options.clock, { plan: options.reportPlan, learned: options.reportLearned });
    this.#pace = new Pace(options.reportRoundTime);
  }

  readonly beats: Beats = {
    interval: () => {
      const interval = this.#options.interval();
      return interval === 'auto' ? this.#auto.wait : interval;
    },
    learned: () => this.#options.interval() === 'auto',
  };

  /** Learns from tasks that ended earlier. */
  learn(tasks: readonly Task[]): void {
    this.#auto.learning.learn(tasks);
    this.#auto.settle();
  }

  remove(ids: readonly string[]): void {
    this.#auto.learning.remove(ids);
  }

  wake(): void {
    this.#auto.wake();
  }

  /**
   * Every request asks about a whole list that has room in one. A longer one is asked about in rounds, whose batches are due
   * within a second of one another.
   */
  company(size: number, limit: number): number {
    if (!this.beats.learned()) return 0;
    return size <= limit ? pacingLimits.max : Math.min(1000, this.#auto.wait / 2);
  }

  /** Tells how often the tasks are asked about, when that has changed. */
  report(facts: Omit<RoundFacts, 'interval'>): void {
    this.#pace.update({ ...facts, interval: this.beats.learned() ? pacingLimits.max : this.beats.interval() });
  }

  /** Takes in an answer, after the store and the queue have. `skew`: how far the vendor's clock is ahead. */
  answered(
    { snapshots }: Answer,
    { ids, asked, skew, tasks }: { ids: readonly string[]; asked: number | null; skew: number; tasks: TaskQueue },
  ): void {
    const { clock, task } = this.#options;
    const now = clock.monotonic();
    for (const id of ids) {
      const known = task(id);
      const polled = tasks.get(id);
      if (known === undefined) continue;
      const regular = polled === undefined || tasks.isRegular(polled);
      const addedAt = polled?.addedAt ?? now;
      this.#auto.learning.answered(known, { now, serverNow: clock.wall() + skew, addedAt, regular });
    }
    this.#auto.settle();
    if (asked !== null) this.#auto.heard({ stamps: updateStamps(snapshots), asked, answered: now });
  }

  /** Decides when to ask next, when nothing is due or the interval has changed. */
  plan(tasks: TaskQueue): void {
    if (!this.beats.learned()) {
      this.#auto.clear();
      return;
    }
    this.#auto.aimAt(this.#options.targetDelay());
    this.#auto.plan();
    tasks.applyWait();
  }
}
