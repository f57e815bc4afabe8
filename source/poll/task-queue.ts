import { isFinal, type Task } from '../task/task.ts';
import type { PolledTask } from './batches.ts';
import { dueAfterWait, roundStart, type Beats } from './beats.ts';
import type { Clock } from './clock.ts';
import type { Outcome } from './answer.ts';
import { pacingLimits } from './pacing.ts';
import { aloneInterval, pollInterval, gracePeriod, nextTick } from './schedule.ts';

/** What the last answer meant for one id. */
type TaskOutcome = {
  /** The task before the answer. */
  readonly before: Task | undefined;
  readonly outcome: Outcome;
};

/**
 * An id that made a batch fail and is then answered alone is put into a batch again. After so many times it is asked alone for
 * so many milliseconds since the last: a source that fails at random may have made an innocent one look guilty.
 */
const maxPoisonCount = 3;
const poisonMemory = 600_000;

/** The tasks of a source that are to be asked about, in the order they were last asked, and when each is due. */
export class TaskQueue {
  readonly #tasks = new Map<string, PolledTask>();
  readonly #clock: Clock;
  readonly #beats: Beats;
  readonly #lookup: (id: string) => Task | undefined;
  /** All that is asked within an interval from here belongs to one round, and is due together again. */
  #roundStart = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, beats: Beats, task: (id: string) => Task | undefined) {
    this.#clock = clock;
    this.#beats = beats;
    this.#lookup = task;
  }

  get size(): number {
    return this.#tasks.size;
  }

  has(id: string): boolean {
    return this.#tasks.has(id);
  }

  get(id: string): PolledTask | undefined {
    return this.#tasks.get(id);
  }

  values(): Iterable<PolledTask> {
    return this.#tasks.values();
  }

  /** How many are asked about at each beat; those that are missing, stalled, unmoved or asked alone are so less often. */
  get regular(): number {
    let count = 0;
    for (const polled of this.#tasks.values()) if (this.isRegular(polled)) count++;
    return count;
  }

  isRegular({ delay }: PolledTask): boolean {
    return delay <= (this.#beats.learned() ? pacingLimits.max : this.#beats.interval());
  }

  /** New ones are asked about at once, and from then on together with the others. */
  add(ids: readonly string[]): void {
    const now = this.#clock.monotonic();
    for (const id of ids) {
      if (this.#tasks.has(id)) continue;
      // A task from a saved list was added long before this run.
      const age = Math.max(0, this.#clock.wall() - (this.#lookup(id)?.addedAt ?? Number.POSITIVE_INFINITY));
      this.#tasks.set(id, {
        id,
        dueAt: now,
        delay: 0,
        askedAt: now,
        addedAt: now - age,
        seenAt: null,
        movedAt: now,
        missingSince: null,
        confirm: false,
        alone: false,
        poisonCount: 0,
        poisonedAt: Number.NEGATIVE_INFINITY,
        asked: false,
      });
    }
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.#tasks.delete(id);
  }

  /** Makes ids due at once and before all others, also finished ones; a missing one is asked for alone. */
  refresh(ids: readonly string[]): void {
    this.add(ids);
    const now = this.#clock.monotonic();
    const first: PolledTask[] = [];
    for (const id of ids) {
      const polled = this.#tasks.get(id);
      if (polled === undefined) continue;
      polled.dueAt = now;
      polled.confirm = this.#lookup(id)?.status === 'missing';
      first.push(polled);
      this.#tasks.delete(id);
    }
    const others = [...this.#tasks.values()];
    this.#tasks.clear();
    for (const polled of [...first, ...others]) this.#tasks.set(polled.id, polled);
  }

  refreshAll(): void {
    const now = this.#clock.monotonic();
    for (const polled of this.#tasks.values()) polled.dueAt = Math.min(polled.dueAt, now);
  }

  /** A changed interval counts from the last round, not from the end of the old interval. */
  reschedule(): void {
    const now = this.#clock.monotonic();
    for (const polled of this.#tasks.values()) {
      if (polled.dueAt > now) polled.dueAt = Math.max(now, this.#dueFrom(polled, this.#delay(polled, now)));
    }
  }

  /** A wait was learned. It says nothing about those that are asked about less often than the others. */
  applyWait(): void {
    const now = this.#clock.monotonic();
    const wait = this.#beats.interval();
    for (const polled of this.#tasks.values()) {
      if (polled.dueAt <= now || !this.isRegular(polled)) continue;
      polled.delay = wait;
      polled.dueAt = dueAfterWait(polled.askedAt, wait, now);
    }
  }

  /** These are being asked about: to the end of the queue, whatever comes of it. `limit`: how many fit into a batch. */
  ask(ids: readonly string[], limit: number): void {
    const now = this.#clock.monotonic();
    const interval = this.#beats.interval();
    // Where waits are learned, a request about a whole list is a round; those about a part of it within a wait are one.
    const begins = this.#beats.learned() && (this.size <= limit || now - this.#roundStart >= interval);
    this.#roundStart = begins ? now : roundStart(this.#roundStart, now, interval);
    for (const id of ids) {
      const polled = this.#tasks.get(id);
      if (polled === undefined) continue;
      polled.askedAt = this.#roundStart;
      this.#tasks.delete(id);
      this.#tasks.set(id, polled);
    }
  }

  /** After the store has taken an answer in: when is the task due again, if ever? */
  settle(id: string, { before, outcome }: TaskOutcome): void {
    const polled = this.#tasks.get(id);
    if (polled === undefined) return;
    const task = this.#lookup(id);
    if (task === undefined || isFinal(task.status)) {
      this.#tasks.delete(id);
      return;
    }
    const now = this.#clock.monotonic();
    polled.asked = outcome !== 'truncated';
    polled.confirm = false;
    if (task !== before) polled.movedAt = now;
    if (outcome === 'found') {
      polled.seenAt = now;
      polled.missingSince = null;
      // Back into a batch at once; after three times only when it has been answered alone for ten minutes.
      polled.alone &&= polled.poisonCount >= maxPoisonCount && now - polled.poisonedAt < poisonMemory;
    }
    if (task.status === 'missing') polled.missingSince ??= now;
    // The rest of a reply that was cut short needs no new round.
    polled.dueAt = outcome === 'truncated' ? now : this.#dueAfter(polled, this.#delay(polled, now), now);
  }

  /** Asks for an absent id alone, when it has been absent for long enough to say more. */
  confirm(id: string): boolean {
    const polled = this.#tasks.get(id);
    const status = this.#lookup(id)?.status ?? 'missing';
    if (polled === undefined || !this.isPastGrace(id) || status === 'missing' || isFinal(status)) return false;
    polled.confirm = true;
    polled.dueAt = this.#clock.monotonic();
    return true;
  }

  /** A request for it alone failed, which says nothing about the source: later. `poisonsBatch`: batches with it fail, too. */
  deferAlone(id: string, { poisonsBatch }: { poisonsBatch: boolean }): void {
    const polled = this.#tasks.get(id);
    if (polled === undefined) return;
    if (poisonsBatch) {
      polled.alone = true;
      polled.poisonCount++;
      polled.poisonedAt = this.#clock.monotonic();
    }
    polled.asked = true;
    polled.confirm = false;
    polled.delay = aloneInterval;
    polled.dueAt = this.#dueAfter(polled, aloneInterval, this.#clock.monotonic());
  }

  isPastGrace(id: string): boolean {
    const polled = this.#tasks.get(id);
    if (polled === undefined) return false;
    return this.#clock.monotonic() - (polled.seenAt ?? polled.addedAt) >= gracePeriod;
  }

  #dueFrom({ askedAt }: PolledTask, delay: number): number {
    return this.#beats.learned() ? askedAt + delay : nextTick(this.#roundStart, delay, this.#beats.interval());
  }

  /** After a reply that took longer than the interval the next round begins at the next beat, not at once. */
  #dueAfter(polled: PolledTask, delay: number, now: number): number {
    if (this.#beats.learned()) return dueAfterWait(polled.askedAt, delay, now);
    return this.#dueFrom(polled, Math.max(delay, now - this.#roundStart + 1));
  }

  #delay(polled: PolledTask, now: number): number {
    polled.delay = this.#delayOf(polled, now);
    return polled.delay;
  }

  #delayOf(polled: PolledTask, now: number): number {
    const task = this.#lookup(polled.id);
    if (task === undefined) return 0;
    if (polled.alone) return aloneInterval;
    return pollInterval(task, {
      interval: this.#beats.interval(),
      sinceMoved: now - polled.movedAt,
      sinceMissing: polled.missingSince === null ? 0 : now - polled.missingSince,
    });
  }
}
