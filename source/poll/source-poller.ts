import { ApiError } from '../api/errors.ts';
import type { Answer, Client } from '../api/client.ts';
import { taskKey, type Task, type TaskKey } from '../task/task.ts';
import { dedupe, outcomeKinds, outcomes, rowsLostError, wasSeen } from './answer.ts';
import { SourceHealth } from './backoff.ts';
import { nextRequest, probeRequest, type NextStep, type Request, type Turn } from './batches.ts';
import { Bisection } from './bisection.ts';
import type { Clock } from './clock.ts';
import type { PollEvent, RefreshOutcome } from './events.ts';
import { RequestFailures } from './request-failures.ts';
import { isStalled, requestGap, type Interval } from './schedule.ts';
import { SourcePacing } from './source-pacing.ts';
import { TaskQueue } from './task-queue.ts';
import { Latencies } from './latencies.ts';

type SourcePollerOptions = {
  readonly client: Client;
  readonly clock: Clock;
  readonly random: () => number;
  readonly emit: (event: PollEvent) => void;
  /** What is known about a task by now. */
  readonly lookup: (key: TaskKey) => Task | undefined;
  readonly interval: () => Interval;
  /** How long ends may wait in the mean until they are known, milliseconds, where the interval is learned. */
  readonly targetDelay: () => number;
  /** Milliseconds after which an open task counts as stalled. */
  readonly deadline: number;
};

/**
 * The open tasks of one source: what to ask next, and what follows from an answer or a failure.
 * It has no timer and no loop; the queue of its host has both.
 */
export class SourcePoller {
  readonly client: Client;
  readonly #options: SourcePollerOptions;
  readonly #tasks: TaskQueue;
  readonly #bisection: Bisection;
  readonly #health: SourceHealth;
  readonly #failures: RequestFailures;
  readonly #latencies = new Latencies();
  readonly #pacing: SourcePacing;
  #last: Turn = 'single';
  /** When others than the suspects were last asked. */
  #batchAt = Number.NEGATIVE_INFINITY;
  /** The last batch brought nothing about tasks that were there before: a single unknown id does not change that. */
  #unconfirmed = false;
  /** How far the vendor's clock is ahead of ours. */
  #skew = 0;

  constructor(options: SourcePollerOptions) {
    const { client, clock, random, emit, interval, targetDelay } = options;
    this.client = client;
    this.#options = options;
    const about = () => ({ source: this.name, at: clock.wall() });
    this.#pacing = new SourcePacing({
      ...{ clock, interval, targetDelay, task: id => this.#task(id) },
      reportRoundTime: roundTime => emit({ type: 'pace', ...about(), roundTime }),
      reportPlan: plan => emit({ type: 'plan', ...about(), plan }),
      reportLearned: (action, durations) => emit({ type: 'learned', ...about(), action, durations }),
    });
    this.#tasks = new TaskQueue(clock, this.#pacing.beats, id => this.#task(id));
    this.#bisection = new Bisection(clock);
    this.#health = new SourceHealth(clock, random, health => emit({ type: 'health', ...about(), health }));
    this.#failures = new RequestFailures({
      tasks: this.#tasks,
      bisection: this.#bisection,
      health: this.#health,
      latencies: this.#latencies,
      report: (id, code, message) => emit({ type: 'task-error', ...about(), id, code, message }),
    });
  }

  get name(): string {
    return this.client.source.name;
  }

  /** Every watched id was asked about at least once, or the source failed: a single run is over. */
  get askedOnce(): boolean {
    if (this.#health.failedOnce && (!this.#bisection.active || this.#bisection.isOutage)) return true;
    for (const watch of this.#tasks.values()) if (!watch.asked || watch.confirm) return false;
    return true;
  }

  /** Whether there are tasks that are asked about. */
  get open(): boolean {
    return this.#tasks.size > 0;
  }

  get health(): SourceHealth {
    return this.#health;
  }

  add(ids: readonly string[]): void {
    this.#tasks.add(ids);
  }

  remove(ids: readonly string[]): void {
    this.#tasks.remove(ids);
    this.#pacing.remove(ids);
  }

  /** Learns from tasks that ended earlier how long such tasks take. */
  learn(tasks: readonly Task[]): void {
    this.#pacing.learn(tasks);
  }

  /** Makes watched ids due at once. */
  hint(ids: readonly string[]): void {
    this.#tasks.refresh(ids.filter(id => this.#tasks.has(id)));
  }

  /** Makes ids due at once, also finished ones, and ends the waiting of the source where that is ours to end. */
  refresh(ids: readonly string[]): RefreshOutcome {
    this.#tasks.refresh(ids);
    return this.#refreshed(ids.length);
  }

  refreshAll(): RefreshOutcome {
    this.#tasks.refreshAll();
    return this.#refreshed(this.#tasks.size);
  }

  #refreshed(tasks: number): RefreshOutcome {
    const about = { source: this.name, tasks };
    // A wish to ask about nothing must not open the way for the next request.
    const until = tasks === 0 ? null : this.#health.retryNow();
    if (until !== null) return { ...about, kind: 'waits', until };
    return { ...about, kind: this.#health.failing ? 'again' : 'asked' };
  }

  reschedule(): void {
    this.#tasks.reschedule();
    this.#pacing.plan(this.#tasks);
  }

  /** The machine slept: nobody knows what happened meanwhile, and the network may be back. */
  wake(): void {
    this.#health.wake();
    this.#pacing.wake();
    this.#tasks.refreshAll();
  }

  next(): NextStep {
    const now = this.#options.clock.monotonic();
    if (this.#tasks.size === 0) return { kind: 'wait', until: Number.POSITIVE_INFINITY };
    if (this.#health.retryAt > now) return { kind: 'wait', until: this.#health.retryAt };
    const part = this.#bisection.next(id => this.#tasks.has(id));
    const isSuspect = (id: string) => this.#bisection.isSuspect(id);
    const probe = this.#bisection.unsure ? probeRequest(this.#tasks.values(), isSuspect) : undefined;
    const { limit } = this.#bisection;
    const company = this.#pacing.company(this.#tasks.size, limit);
    const turn = { last: this.#last, batchAt: this.#batchAt };
    return probe ?? nextRequest(this.#tasks.values(), { now, part, isSuspect, ...turn, limit, company });
  }

  /** How many requests one round takes. */
  get batches(): number {
    const { limit } = this.#bisection;
    // Counting is for the long lists only, where some tasks may be asked about less often than the others.
    return Math.ceil((this.#tasks.size > limit ? this.#tasks.regular : this.#tasks.size) / limit);
  }

  /** Tells how often the tasks are asked about, when that has changed. `turns`: requests to the host in one round. */
  reportPace(turns: number): void {
    const gap = requestGap(this.client.source.dialect);
    this.#pacing.report({ batches: this.batches, turns, gap, latency: this.#latencies.median });
  }

  /** Sends one request and takes in whatever comes of it. A vendor cannot make it throw. */
  async ask(request: Request, signal: AbortSignal): Promise<void> {
    const ids = request.kind === 'batch' ? request.ids : [request.id];
    const asked = this.#options.clock.monotonic();
    this.#last = this.#turnOf(request);
    this.#tasks.ask(ids, this.#bisection.limit);
    this.#health.asked();
    const limit = this.#latencies.limit;
    let answer: Answer;
    try {
      answer = await (request.kind === 'batch'
        ? this.client.batch(request.ids, signal, limit)
        : this.client.single(request.id, signal, limit));
    } catch (thrown) {
      if (signal.aborted) return;
      const error = thrown instanceof ApiError ? thrown : new ApiError('protocol', String(thrown), { cause: thrown });
      if (request.kind === 'batch') this.#failures.batch(ids, error);
      else this.#failures.single(request.id, error);
      return;
    }
    if (signal.aborted) return;
    this.#latencies.answered(answer.latency);
    const isBatch = request.kind === 'batch';
    const poisoned = answer.rowsLost && (ids.length > 1 || this.#bisection.answered);
    const unconfirmed = answer.rowsLost || (answer.noRows && ids.length > 1 && ids.some(id => wasSeen(this.#task(id))));
    if (isBatch && poisoned) this.#failures.batch(ids, rowsLostError());
    else if (isBatch && unconfirmed) {
      this.#unconfirmed = true;
      this.#failures.withoutRows(ids, { lost: answer.rowsLost, seen: ids.some(id => wasSeen(this.#task(id))) });
    } else {
      this.#answered(request, ids, answer);
      this.#pacing.answered(answer, { ids, asked: isBatch ? asked : null, skew: this.#skew, tasks: this.#tasks });
      if (this.next().kind === 'wait') this.#pacing.plan(this.#tasks);
    }
  }

  /** After a single id that was to show whether the source answers, it is the turn of those that were in no failed batch. */
  #turnOf(request: Request): Turn {
    if (request.kind === 'single' || this.#bisection.unsure) return 'single';
    if (request.ids.some(id => this.#bisection.isSuspect(id))) return 'part';
    this.#batchAt = this.#options.clock.monotonic();
    return 'batch';
  }

  #answered(request: Request, ids: readonly string[], answer: Answer): void {
    const { clock, emit, deadline } = this.#options;
    const at = clock.wall();
    if (answer.serverTime !== null) this.#skew = answer.serverTime - at;
    const found = outcomes(ids, request.kind, answer);
    const before = new Map(ids.map(id => [id, this.#task(id)]));
    if (request.kind === 'batch') this.#bisection.answer(ids);
    if (request.kind === 'batch' || answer.snapshots.length > 0) this.#unconfirmed = false;
    if (!this.#unconfirmed) this.#health.recovered();
    emit({
      type: 'answered',
      source: this.name,
      at,
      snapshots: dedupe(answer.snapshots),
      absent: found.absent.filter(id => this.#tasks.has(id)),
      notFound: found.notFound.filter(id => this.#tasks.isPastGrace(id)),
      apart: this.client.source.dialect === 'tasks',
      stalled: ids.filter(id => isStalled(this.#task(id), { at, skew: this.#skew, deadline })),
      unreadable: request.kind === 'batch' ? answer.unreadable : null,
      latency: Math.round(answer.latency),
      // The Date header has whole seconds: less than two is no skew.
      skew: Math.abs(this.#skew) < 2000 ? 0 : this.#skew,
    });
    for (const kind of outcomeKinds) {
      for (const id of found[kind]) this.#tasks.settle(id, { before: before.get(id), outcome: kind });
    }
    for (const id of found.absent) this.#tasks.confirm(id);
    // The vendor does answer, and one task is really gone: no reason to wait before the next is asked for.
    if (this.#unconfirmed && found.notFound.length > 0) this.#health.retryNow();
  }

  #task(id: string): Task | undefined {
    return this.#options.lookup(taskKey(this.name, id));
  }
}
