import { isFinal, type Task } from '../task/task.ts';
import type { Watch } from './batches.ts';
import type { Clock } from './clock.ts';
import type { Finding } from './answer.ts';
import { aloneInterval, askInterval, gracePeriod, onBeat } from './schedule.ts';

/** What the last answer meant for one id. */
export type Outcome = {
  /** The task before the answer. */
  readonly before: Task | undefined;
  readonly found: Finding;
};

/** How often an id that spoiled a batch gets back into one. */
const maxStrikes = 3;

/** The share of an interval by which a round may be late and still count as on the beat. */
const tolerance = 0.25;

/**
 * When the round began that `now` belongs to. A little late is on the beat all the same: sources that were started together
 * stay together, and the screen changes once in an interval, not once for each of them. After a pause or a rest the beat
 * begins anew, so that a round is not followed by the next at once.
 */
function roundAt(start: number, now: number, interval: number): number {
  const rounds = Math.floor((now - start) / interval + 1e-9);
  if (rounds < 1) return start;
  const beat = start + rounds * interval;
  return now - beat <= tolerance * interval ? beat : now;
}

/** The tasks of a source that are to be asked about, in the order they were last asked, and when each is due. */
export class Watches {
  readonly #watches = new Map<string, Watch>();
  readonly #clock: Clock;
  readonly #interval: () => number;
  readonly #task: (id: string) => Task | undefined;
  /** All that is asked within an interval from here belongs to one round, and is due together again. */
  #roundStart = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, interval: () => number, task: (id: string) => Task | undefined) {
    this.#clock = clock;
    this.#interval = interval;
    this.#task = task;
  }

  get size(): number {
    return this.#watches.size;
  }

  has(id: string): boolean {
    return this.#watches.has(id);
  }

  values(): Iterable<Watch> {
    return this.#watches.values();
  }

  /** New ones are asked about at once, and then ride along with the others. */
  add(ids: readonly string[]): void {
    const now = this.#clock.monotonic();
    for (const id of ids) {
      if (this.#watches.has(id)) continue;
      // A task from a saved list was added long before this run.
      const age = Math.max(0, this.#clock.wall() - (this.#task(id)?.addedAt ?? Number.POSITIVE_INFINITY));
      this.#watches.set(id, {
        id,
        dueAt: now,
        addedAt: now - age,
        seenAt: null,
        movedAt: now,
        missingSince: null,
        confirm: false,
        alone: false,
        strikes: 0,
        asked: false,
      });
    }
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.#watches.delete(id);
  }

  /** Makes ids due at once, also finished ones; a missing one is asked for alone. */
  refresh(ids: readonly string[]): void {
    this.add(ids);
    const now = this.#clock.monotonic();
    for (const id of ids) {
      const watch = this.#watches.get(id);
      if (watch === undefined) continue;
      watch.dueAt = now;
      watch.confirm = this.#task(id)?.status === 'missing';
    }
  }

  refreshAll(): void {
    const now = this.#clock.monotonic();
    for (const watch of this.#watches.values()) watch.dueAt = Math.min(watch.dueAt, now);
  }

  /** A changed interval counts from the last round, not from the end of the old interval. */
  reschedule(): void {
    const now = this.#clock.monotonic();
    for (const watch of this.#watches.values()) {
      if (watch.dueAt > now) watch.dueAt = this.#dueFrom(this.#roundStart, watch, now);
    }
  }

  /** These are being asked about: to the back of the line, whatever comes of it. */
  ask(ids: readonly string[]): void {
    const now = this.#clock.monotonic();
    this.#roundStart = roundAt(this.#roundStart, now, this.#interval());
    for (const id of ids) {
      const watch = this.#watches.get(id);
      if (watch === undefined) continue;
      this.#watches.delete(id);
      this.#watches.set(id, watch);
    }
  }

  /** After the store has taken an answer in: when is the task due again, if ever? */
  settle(id: string, { before, found }: Outcome): void {
    const watch = this.#watches.get(id);
    if (watch === undefined) return;
    const task = this.#task(id);
    if (task === undefined || isFinal(task.status)) {
      this.#watches.delete(id);
      return;
    }
    const now = this.#clock.monotonic();
    watch.asked = found !== 'left';
    watch.confirm = false;
    if (task !== before) watch.movedAt = now;
    if (found === 'row') {
      watch.seenAt = now;
      watch.missingSince = null;
      // Back into the batch, unless that was tried often enough.
      watch.alone &&= watch.strikes >= maxStrikes;
    }
    if (task.status === 'missing') watch.missingSince ??= now;
    // The rest of a reply that was cut short needs no new round.
    watch.dueAt = found === 'left' ? now : this.#nextDue(watch, now);
  }

  /** Asks for an absent id alone, when it has been absent for long enough to say more. */
  confirm(id: string): boolean {
    const watch = this.#watches.get(id);
    const status = this.#task(id)?.status ?? 'missing';
    if (watch === undefined || !this.isPastGrace(id) || status === 'missing' || isFinal(status)) return false;
    watch.confirm = true;
    watch.dueAt = this.#clock.monotonic();
    return true;
  }

  /** The question about it alone failed, and that says nothing about the source: later. `spoils`: it did so in a batch. */
  excuse(id: string, { spoils }: { spoils: boolean }): void {
    const watch = this.#watches.get(id);
    if (watch === undefined) return;
    if (spoils) {
      watch.alone = true;
      watch.strikes++;
    }
    watch.asked = true;
    watch.confirm = false;
    watch.dueAt = this.#onBeat(aloneInterval, this.#clock.monotonic());
  }

  isPastGrace(id: string): boolean {
    const watch = this.#watches.get(id);
    if (watch === undefined) return false;
    return this.#clock.monotonic() - (watch.seenAt ?? watch.addedAt) >= gracePeriod;
  }

  #nextDue(watch: Watch, now: number): number {
    return this.#onBeat(this.#delay(watch, now), now);
  }

  #dueFrom(start: number, watch: Watch, now: number): number {
    return Math.max(now, onBeat(start, this.#delay(watch, now), this.#interval()));
  }

  /** After a reply that took longer than the interval the next round begins on the beat, not at once. */
  #onBeat(delay: number, now: number): number {
    const late = now - this.#roundStart + 1;
    return onBeat(this.#roundStart, Math.max(delay, late), this.#interval());
  }

  #delay(watch: Watch, now: number): number {
    const task = this.#task(watch.id);
    if (task === undefined) return 0;
    if (watch.alone) return aloneInterval;
    return askInterval(task, {
      interval: this.#interval(),
      sinceMoved: now - watch.movedAt,
      sinceMissing: watch.missingSince === null ? 0 : now - watch.missingSince,
    });
  }
}
