import { ApiError } from '../api/errors.ts';
import type { Answer, Client } from '../api/client.ts';
import { isFinal, taskKey, type Snapshot, type Task, type TaskKey } from '../task/task.ts';
import { nextQuestion, type Question, type Watch } from './batches.ts';
import { Bisection } from './bisection.ts';
import type { Clock } from './clock.ts';
import type { Health, PollEvent } from './events.ts';
import { askInterval, delayAfter, gracePeriod, onBeat } from './schedule.ts';

export type SourcePollOptions = {
  readonly client: Client;
  readonly clock: Clock;
  readonly random: () => number;
  readonly emit: (event: PollEvent) => void;
  /** What is known about a task by now. */
  readonly lookup: (key: TaskKey) => Task | undefined;
  readonly interval: () => number;
  /** Milliseconds after which an open task counts as stalled. */
  readonly deadline: number;
};

/** Milliseconds between questions about an id that spoils batches, and how often it gets back into one. */
const aloneInterval = 60_000;
const maxStrikes = 3;

/**
 * The open tasks of one source: what to ask next, and what follows from an answer or a failure.
 * It sends nothing itself and has no timer; the lane of its host does both.
 */
export class SourcePoll {
  readonly client: Client;
  readonly #options: SourcePollOptions;
  /** In the order they were last asked. */
  readonly #watches = new Map<string, Watch>();
  readonly #bisection = new Bisection();
  #lastKind: 'batch' | 'single' = 'single';
  #roundStart = Number.NEGATIVE_INFINITY;
  #attempt = 0;
  #retryAt = Number.NEGATIVE_INFINITY;
  #failingSince: number | null = null;
  #skew = 0;
  #failures = 0;

  constructor(options: SourcePollOptions) {
    this.client = options.client;
    this.#options = options;
  }

  get name(): string {
    return this.client.source.name;
  }

  /** Every watched id was asked about at least once, or a request failed: a single run is over. */
  get askedOnce(): boolean {
    return this.#failures > 0 || [...this.#watches.values()].every(watch => watch.asked && !watch.confirm);
  }

  add(ids: readonly string[]): void {
    const now = this.#options.clock.monotonic();
    for (const id of ids) {
      if (this.#watches.has(id)) continue;
      this.#watches.set(id, {
        id,
        dueAt: now,
        addedAt: now,
        forced: false,
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

  /** Makes ids due at once, also finished ones, and ends any waiting of the source. */
  refresh(ids: readonly string[] | 'open'): void {
    const now = this.#options.clock.monotonic();
    this.#retryAt = Number.NEGATIVE_INFINITY;
    if (ids !== 'open') this.add(ids);
    for (const id of ids === 'open' ? [...this.#watches.keys()] : ids) {
      const watch = this.#watches.get(id);
      if (watch === undefined) continue;
      watch.dueAt = now;
      watch.forced = ids !== 'open';
      watch.confirm = ids !== 'open' && this.#task(id)?.status === 'missing';
    }
  }

  /** A changed interval counts from the last round, not from the end of the old interval. */
  reschedule(): void {
    const now = this.#options.clock.monotonic();
    for (const watch of this.#watches.values()) {
      if (watch.dueAt > now) watch.dueAt = this.#nextDue(watch, now);
    }
  }

  /** The network may be back: no reason to sit out the rest of a back-off. */
  wake(): void {
    if (this.#retryAt !== Number.POSITIVE_INFINITY) this.#retryAt = Number.NEGATIVE_INFINITY;
  }

  next(): Question {
    const now = this.#options.clock.monotonic();
    if (this.#watches.size === 0) return { kind: 'wait', until: Number.POSITIVE_INFINITY };
    if (this.#retryAt > now) return { kind: 'wait', until: this.#retryAt };
    const parts = this.#bisection.pending(id => this.#watches.has(id));
    return nextQuestion(this.#watches.values(), { now, parts, lastKind: this.#lastKind });
  }

  /** Sends one question and takes in whatever comes of it; never throws but when aborted. */
  async ask(question: Exclude<Question, { kind: 'wait' }>, signal: AbortSignal): Promise<void> {
    const now = this.#options.clock.monotonic();
    const ids = question.kind === 'batch' ? question.ids : [question.id];
    if (now >= this.#roundStart + this.#options.interval()) this.#roundStart = now;
    this.#lastKind = question.kind;
    this.#bisection.take(ids);
    // To the back of the line, whatever the outcome.
    for (const id of ids) {
      const watch = this.#watches.get(id);
      if (watch === undefined) continue;
      this.#watches.delete(id);
      this.#watches.set(id, watch);
    }
    try {
      const answer =
        question.kind === 'batch'
          ? await this.client.batch(question.ids, signal)
          : await this.client.single(question.id, signal);
      if (!signal.aborted) this.#answered(question, ids, answer);
    } catch (error) {
      if (signal.aborted) return;
      this.#failures++;
      this.#faulted(ids, error instanceof ApiError ? error : new ApiError('protocol', String(error), { cause: error }));
    }
  }

  #answered(question: Question, ids: readonly string[], answer: Answer): void {
    const { clock, emit } = this.#options;
    const now = clock.monotonic();
    const at = clock.wall();
    const answered = new Set(answer.snapshots.map(({ id }) => id));
    if (question.kind === 'batch' && ids.length > 1 && this.#looksLost(ids, answer)) {
      if (this.#bisection.split(ids)) this.#recovered(at);
      else this.#faulted([], new ApiError('server', 'the API answers with nothing about tasks it knew'));
      return;
    }
    if (answered.size > 0) this.#bisection.answer();
    if (answer.serverTime !== null) this.#skew = answer.serverTime - at;

    const before = new Map(ids.map(id => [id, this.#task(id)]));
    const absent: string[] = [];
    const unknown: string[] = [];
    for (const id of ids) {
      const watch = this.#watches.get(id);
      if (watch === undefined) continue;
      if (answered.has(id)) {
        watch.seenAt = now;
        watch.missingSince = null;
        watch.confirm = false;
        // Back into the batch, unless that was tried often enough.
        watch.alone &&= watch.strikes >= maxStrikes;
      } else if (question.kind === 'single') {
        watch.confirm = false;
        unknown.push(id);
      } else if (!(answer.more && answered.size > 0)) {
        absent.push(id);
      }
    }
    this.#recovered(at);
    emit({
      type: 'answered',
      source: this.name,
      at,
      snapshots: dedupe(answer.snapshots),
      absent,
      unknown: unknown.filter(id => this.#isPastGrace(id, now)),
      stalled: ids.filter(id => this.#isStalled(id, at)),
      latency: Math.round(answer.latency),
      // The Date header has whole seconds: less than two is no skew.
      skew: Math.abs(this.#skew) < 2000 ? 0 : this.#skew,
    });
    for (const id of ids)
      this.#settle(id, now, {
        before: before.get(id),
        absent: absent.includes(id),
        left: answer.more && !answered.has(id),
      });
  }

  /** After the store has taken the answer in: when is the task due again, if ever? */
  #settle(
    id: string,
    now: number,
    { before, absent, left }: { before: Task | undefined; absent: boolean; left: boolean },
  ): void {
    const watch = this.#watches.get(id);
    if (watch === undefined) return;
    const task = this.#task(id);
    watch.forced = false;
    if (task === undefined || isFinal(task.status)) {
      this.#watches.delete(id);
      return;
    }
    watch.asked = !left;
    if (task !== before) watch.movedAt = now;
    if (task.status === 'missing') watch.missingSince ??= now;
    if (absent && task.status !== 'missing' && this.#isPastGrace(id, now)) watch.confirm = true;
    // The rest of a reply that was cut short, and an id to be confirmed, need no new round.
    watch.dueAt = left || watch.confirm ? now : this.#nextDue(watch, now);
  }

  #faulted(ids: readonly string[], fault: ApiError): void {
    const { clock, random } = this.#options;
    // One id may spoil the batch: suspected at once when the vendor rejects the request, and at the second failure in a
    // row when it breaks on it. Other faults say nothing about the ids.
    if (fault.kind === 'request' || (fault.status === 500 && this.#attempt > 0)) {
      const [only] = ids;
      if (ids.length === 1 && only !== undefined && (fault.kind === 'request' || this.#bisection.answered)) {
        this.#isolate(only, fault);
        return;
      }
      if (this.#bisection.split(ids) && fault.kind === 'request') return;
    }
    this.#attempt++;
    const delay = delayAfter(fault, this.#attempt, random);
    this.#retryAt = delay === null ? Number.POSITIVE_INFINITY : clock.monotonic() + delay;
    this.#failingSince ??= clock.wall();
    this.#health({
      state: fault.kind === 'refused' ? 'refused' : fault.kind === 'network' ? 'offline' : 'retrying',
      message: fault.traceId === null ? fault.message : `${fault.message} (trace ${fault.traceId})`,
      retryAt: delay === null ? null : Math.round(clock.wall() + delay),
      since: this.#failingSince,
    });
  }

  /** The culprit is asked alone from now on, and seldom; its row says why. */
  #isolate(id: string, fault: ApiError): void {
    const { clock, emit, interval } = this.#options;
    const watch = this.#watches.get(id);
    if (watch === undefined) return;
    watch.alone = true;
    watch.confirm = false;
    watch.strikes++;
    watch.dueAt = onBeat(this.#roundStart, aloneInterval, interval());
    emit({
      type: 'noted',
      source: this.name,
      at: clock.wall(),
      id,
      code: fault.code ?? 'rejected',
      message: fault.message,
    });
  }

  #recovered(at: number): void {
    this.#attempt = 0;
    this.#retryAt = Number.NEGATIVE_INFINITY;
    if (this.#failingSince === null && this.#lastHealth?.state === 'ok') return;
    this.#failingSince = null;
    this.#health({ state: 'ok', message: null, retryAt: null, since: null }, at);
  }

  #lastHealth: Health | undefined;

  #health(health: Health, at = this.#options.clock.wall()): void {
    this.#lastHealth = health;
    this.#options.emit({ type: 'health', source: this.name, at, health });
  }

  /** A reply without any row is a lost one when a row is known to exist; otherwise nobody knows these ids. */
  #looksLost(ids: readonly string[], answer: Answer): boolean {
    if (!answer.blank) return false;
    return answer.lost || ids.some(id => (this.#watches.get(id)?.seenAt ?? null) !== null);
  }

  #isPastGrace(id: string, now: number): boolean {
    const watch = this.#watches.get(id);
    if (watch === undefined) return false;
    const task = this.#task(id);
    // A task from a saved list was added long before this run.
    const known = task === undefined ? 0 : this.#options.clock.wall() - task.addedAt;
    return Math.max(now - (watch.seenAt ?? watch.addedAt), watch.seenAt === null ? known : 0) >= gracePeriod;
  }

  #isStalled(id: string, at: number): boolean {
    const task = this.#task(id);
    if (task === undefined || task.status === 'missing' || isFinal(task.status)) return false;
    const age = at - Math.min(task.addedAt, (task.submittedAt ?? task.addedAt) - this.#skew);
    return age >= this.#options.deadline;
  }

  #nextDue(watch: Watch, now: number): number {
    const task = this.#task(watch.id);
    if (task === undefined) return now;
    const interval = this.#options.interval();
    if (watch.alone) return onBeat(this.#roundStart, aloneInterval, interval);
    const delay = askInterval(task, {
      interval,
      sinceMoved: now - watch.movedAt,
      sinceMissing: watch.missingSince === null ? 0 : now - watch.missingSince,
    });
    return onBeat(this.#roundStart, delay, interval);
  }

  #task(id: string): Task | undefined {
    return this.#options.lookup(taskKey(this.name, id));
  }
}

/** One reply may hold a task twice, in an old and a new state: the final or the newest row comes last and wins. */
export function dedupe(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const best = new Map<string, Snapshot>();
  for (const snapshot of snapshots) {
    const other = best.get(snapshot.id);
    if (other === undefined || !isBetter(other, snapshot)) best.set(snapshot.id, snapshot);
  }
  return [...best.values()];
}

function isBetter(a: Snapshot, b: Snapshot): boolean {
  if (isFinal(a.status) !== isFinal(b.status)) return isFinal(a.status);
  return (a.updatedAt ?? 0) > (b.updatedAt ?? 0);
}
