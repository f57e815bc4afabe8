import { ApiError } from '../api/errors.ts';
import type { Answer, Client } from '../api/client.ts';
import { taskKey, type Task, type TaskKey } from '../task/task.ts';
import { batchLimit, nextQuestion, type Asking, type Question } from './batches.ts';
import { Bisection } from './bisection.ts';
import type { Clock } from './clock.ts';
import { dedupe } from './answer.ts';
import type { PollEvent } from './events.ts';
import { findingKinds, findings } from './answer.ts';
import { SourceHealth } from './backoff.ts';
import { isStalled } from './schedule.ts';
import { lostReply, nothingKnown, suspicionOf } from './answer.ts';
import { Watches } from './task-queue.ts';

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

/**
 * The open tasks of one source: what to ask next, and what follows from an answer or a failure.
 * It has no timer and no loop; the lane of its host has both.
 */
export class SourcePoll {
  readonly client: Client;
  readonly #options: SourcePollOptions;
  readonly #watches: Watches;
  readonly #bisection = new Bisection();
  readonly #health: SourceHealth;
  #lastKind: 'batch' | 'single' = 'single';
  /** The last batch brought nothing about tasks that were there before: a single unknown id does not change that. */
  #doubtful = false;
  /** How far the vendor's clock is ahead of ours. */
  #skew = 0;

  constructor(options: SourcePollOptions) {
    const { client, clock, random, emit, interval } = options;
    this.client = client;
    this.#options = options;
    this.#watches = new Watches(clock, interval, id => this.#task(id));
    this.#health = new SourceHealth(clock, random, health =>
      emit({ type: 'health', source: this.name, at: clock.wall(), health }),
    );
  }

  get name(): string {
    return this.client.source.name;
  }

  /** Every watched id was asked about at least once, or the source failed: a single run is over. */
  get askedOnce(): boolean {
    if (this.#health.failedOnce && !this.#bisection.active) return true;
    return Array.from(this.#watches.values()).every(watch => watch.asked && !watch.confirm);
  }

  add(ids: readonly string[]): void {
    this.#watches.add(ids);
  }

  remove(ids: readonly string[]): void {
    this.#watches.remove(ids);
  }

  /** Makes ids due at once, also finished ones, and ends any waiting of the source. */
  refresh(ids: readonly string[]): void {
    this.#health.endRest();
    this.#watches.refresh(ids);
  }

  refreshAll(): void {
    this.#health.endRest();
    this.#watches.refreshAll();
  }

  reschedule(): void {
    this.#watches.reschedule();
  }

  /** The machine slept: nobody knows what happened meanwhile, and the network may be back. */
  wake(): void {
    this.#health.wake();
    this.#watches.refreshAll();
  }

  next(): Question {
    const now = this.#options.clock.monotonic();
    if (this.#watches.size === 0) return { kind: 'wait', until: Number.POSITIVE_INFINITY };
    if (this.#health.restsUntil > now) return { kind: 'wait', until: this.#health.restsUntil };
    const parts = this.#bisection.pending(id => this.#watches.has(id));
    const limit = this.#bisection.givenUp ? 1 : batchLimit;
    return nextQuestion(this.#watches.values(), { now, parts, lastKind: this.#lastKind, limit });
  }

  /** Sends one question and takes in whatever comes of it. A vendor cannot make it throw. */
  async ask(question: Asking, signal: AbortSignal): Promise<void> {
    const ids = question.kind === 'batch' ? question.ids : [question.id];
    this.#lastKind = question.kind;
    this.#watches.ask(ids);
    let answer: Answer;
    try {
      answer = await (question.kind === 'batch'
        ? this.client.batch(question.ids, signal)
        : this.client.single(question.id, signal));
    } catch (error) {
      if (signal.aborted) return;
      const fault = error instanceof ApiError ? error : new ApiError('protocol', String(error), { cause: error });
      if (question.kind === 'batch') this.#batchFailed(ids, fault);
      else this.#singleFailed(question.id, fault);
      return;
    }
    if (signal.aborted) return;
    const isBatch = question.kind === 'batch';
    const spoiled = answer.lost && (ids.length > 1 || this.#bisection.answered);
    const doubtful = answer.lost || (answer.blank && ids.length > 1 && this.#knows(ids));
    if (isBatch && spoiled) this.#batchFailed(ids, lostReply());
    else if (isBatch && doubtful) this.#doubted(ids, answer);
    else this.#answered(question, ids, answer);
  }

  #answered(question: Asking, ids: readonly string[], answer: Answer): void {
    const { clock, emit, deadline } = this.#options;
    const at = clock.wall();
    if (answer.serverTime !== null) this.#skew = answer.serverTime - at;
    const found = findings(ids, question.kind, answer);
    const before = new Map(ids.map(id => [id, this.#task(id)]));
    if (question.kind === 'batch') this.#bisection.answer(ids);
    if (question.kind === 'batch' || answer.snapshots.length > 0) this.#doubtful = false;
    if (!this.#doubtful) this.#health.recovered();
    emit({
      type: 'answered',
      source: this.name,
      at,
      snapshots: dedupe(answer.snapshots),
      absent: found.absent.filter(id => this.#watches.has(id)),
      unknown: found.unknown.filter(id => this.#watches.isPastGrace(id)),
      stalled: ids.filter(id => isStalled(this.#task(id), { at, skew: this.#skew, deadline })),
      latency: Math.round(answer.latency),
      // The Date header has whole seconds: less than two is no skew.
      skew: Math.abs(this.#skew) < 2000 ? 0 : this.#skew,
    });
    for (const kind of findingKinds) {
      for (const id of found[kind]) this.#watches.settle(id, { before: before.get(id), found: kind });
    }
    for (const id of found.absent) this.#watches.confirm(id);
    // The vendor does answer, and one task is really gone: no reason to wait before the next is asked for.
    if (this.#doubtful && found.unknown.length > 0) this.#health.endRest();
  }

  /** A reply without rows where there were some: it says more about the source than about the tasks. */
  #doubted(ids: readonly string[], answer: Answer): void {
    this.#doubtful = true;
    this.#bisection.skip(ids);
    this.#health.failed(answer.lost ? lostReply() : nothingKnown());
    // One task at a time stands for all: is it gone? A lost reply does not even ask that.
    if (answer.lost && this.#knows(ids)) return;
    for (const id of ids) if (this.#watches.confirm(id)) break;
  }

  #batchFailed(ids: readonly string[], fault: ApiError): void {
    const suspicion = suspicionOf(fault);
    const searching = this.#bisection.active || this.#health.failing;
    if (suspicion === 'ids' || (suspicion === 'perhaps' && searching)) {
      const [only] = ids;
      if (this.#bisection.fail(ids) && only !== undefined) {
        this.#blame(only, fault, { spoils: true });
        return;
      }
      // Others are answered: no reason to let them wait.
      if (this.#bisection.answered) return;
    }
    this.#health.failed(fault);
  }

  /** Where batches work, a single question that is not taken concerns its own id and nobody else. */
  #singleFailed(id: string, fault: ApiError): void {
    const suspicion = suspicionOf(fault);
    if (suspicion !== 'none' || fault.kind === 'protocol') this.#blame(id, fault, { spoils: false });
    else this.#health.failed(fault);
  }

  /** It is asked alone from now on, and seldom; its row says why. */
  #blame(id: string, fault: ApiError, how: { spoils: boolean }): void {
    if (!this.#watches.has(id)) return;
    this.#watches.excuse(id, how);
    const { code, message } = fault;
    const at = this.#options.clock.wall();
    this.#options.emit({ type: 'noted', source: this.name, at, id, code: code ?? 'rejected', message });
  }

  /** Whether there was a row about one of these at some time, and nobody has said since that it is gone. */
  #knows(ids: readonly string[]): boolean {
    return ids.some(id => {
      const task = this.#task(id);
      return task !== undefined && task.seenAt !== null && task.status !== 'missing';
    });
  }

  #task(id: string): Task | undefined {
    return this.#options.lookup(taskKey(this.name, id));
  }
}
