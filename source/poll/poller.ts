import type { Client } from '../api/client.ts';
import type { SourceName, Task, TaskKey } from '../task/task.ts';
import { systemClock, type Clock } from './clock.ts';
import type { PollEvent, RefreshOutcome } from './events.ts';
import { HostQueue } from './host-queue.ts';
import { WakeDetector } from './wake-detector.ts';
import { defaultTargetDelay } from './pacing.ts';
import { defaultDeadline, defaultInterval, minInterval, type Interval } from './schedule.ts';
import { SourcePoller } from './source-poller.ts';
import { SourceTurns, type Lister } from './source-turns.ts';

type PollerOptions = {
  readonly emit: (event: PollEvent) => void;
  /** What is known about a task by now; it must be up to date when `emit` returns. */
  readonly lookup: (key: TaskKey) => Task | undefined;
  /** A fixed one is at least one second. */
  readonly interval?: Interval;
  readonly deadline?: number;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** The machine slept or its clock was set: connections are probably dead. */
  readonly onWake?: () => void;
};

/** Named by what the poller needs to know of a task. */
type TaskRef = Pick<Task, 'source' | 'id'>;

/** Keeps asking about open tasks until told to stop. It draws nothing and never throws because a vendor failed. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #clock: Clock;
  readonly #queues = new Map<string, HostQueue>();
  readonly #sources = new Map<SourceName, { poller: SourcePoller; turns: SourceTurns; queue: HostQueue }>();
  readonly #wakeDetector: WakeDetector;
  #interval: Interval;
  #targetDelay = defaultTargetDelay;
  #paused = false;
  #started = false;
  /** A round has begun, and its end is still to be told. */
  #roundOpen = true;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#wakeDetector = new WakeDetector(this.#clock, () => this.#wake());
    this.#interval = atLeast(options.interval ?? defaultInterval);
  }

  addSource(client: Client): void {
    if (this.#sources.has(client.source.name)) return;
    const host = new URL(client.source.baseUrl).origin;
    let queue = this.#queues.get(host);
    if (queue === undefined) {
      queue = new HostQueue(this.#clock, {
        beforeRequest: () => {
          this.#roundOpen = true;
          this.#wakeDetector.check();
        },
        afterRequest: () => this.#checkRound(),
      });
      queue.pause(this.#paused);
      this.#queues.set(host, queue);
      if (this.#started) queue.start();
    }
    const poller = new SourcePoller({
      client,
      clock: this.#clock,
      random: this.#options.random ?? Math.random,
      emit: event => this.#options.emit(withSlowdown(event, turns)),
      lookup: this.#options.lookup,
      interval: () => this.#interval,
      targetDelay: () => this.#targetDelay,
      deadline: this.#options.deadline ?? defaultDeadline,
    });
    const turns = new SourceTurns(poller, this.#clock.monotonic);
    queue.add(turns);
    this.#sources.set(client.source.name, { poller, turns, queue });
  }

  /** Has a source asked for more tasks as well, within its turns at the host. It has to be added before. */
  list(source: SourceName, lister: Lister): void {
    this.#sources.get(source)?.turns.list(lister);
    this.lookAgain(source);
  }

  /** Has open tasks asked about at once because somebody says that they have ended; a source that rests goes on resting. */
  hint(tasks: readonly TaskRef[]): void {
    this.#each(tasks, (poller, ids) => poller.hint(ids));
  }

  /** Has a source polled at a part of its pace for so many milliseconds. */
  slowDown(source: SourceName, factor: number, duration: number): void {
    this.#sources.get(source)?.turns.slowDown(factor, duration);
  }

  /** What a lister wants to ask may be due sooner than it was. */
  lookAgain(source: SourceName): void {
    this.#sources.get(source)?.queue.reschedule();
  }

  start(): void {
    this.#started = true;
    this.#wakeDetector.start();
    for (const queue of this.#queues.values()) queue.start();
    this.#checkRound();
  }

  async stop(): Promise<void> {
    this.#wakeDetector.stop();
    await Promise.all([...this.#queues.values()].map(queue => queue.stop()));
  }

  add(tasks: readonly TaskRef[]): void {
    this.#each(tasks, (poller, ids) => poller.add(ids));
  }

  remove(tasks: readonly TaskRef[]): void {
    this.#each(tasks, (poller, ids) => poller.remove(ids));
  }

  /** Learns how long tasks take from those that ended earlier. */
  learn(tasks: readonly Task[]): void {
    for (const [name, group] of Map.groupBy(tasks, ({ source }) => source))
      this.#sources.get(name)?.poller.learn(group);
  }

  /** Asks about these tasks, also about finished ones. Returns what will happen, for each of their sources. */
  refresh(tasks: readonly TaskRef[]): readonly RefreshOutcome[] {
    const outcomes: RefreshOutcome[] = [];
    const unknown = Map.groupBy(tasks, ({ source }) => source);
    this.#each(tasks, (poller, ids) => {
      unknown.delete(poller.name);
      outcomes.push(this.#unlessPaused(poller.refresh(ids)));
    });
    return [
      ...outcomes,
      ...[...unknown].map(([source, group]) => ({ source, tasks: group.length, kind: 'unknown' }) as const),
    ];
  }

  /**
   * Asks about every open task, also at sources that rest because their token was refused. Returns what will happen, for
   * each source that has open tasks.
   */
  refreshAll(): readonly RefreshOutcome[] {
    this.#roundOpen = true;
    const outcomes: RefreshOutcome[] = [];
    for (const { poller, turns, queue } of this.#sources.values()) {
      turns.pass();
      outcomes.push(this.#unlessPaused(poller.refreshAll()));
      queue.reschedule();
    }
    this.#checkRound();
    return outcomes.filter(({ tasks }) => tasks > 0);
  }

  #unlessPaused(outcome: RefreshOutcome): RefreshOutcome {
    return this.#paused ? { source: outcome.source, tasks: outcome.tasks, kind: 'paused' } : outcome;
  }

  /** Whether the last `round-finished` still holds: nothing has become due since. */
  get roundFinished(): boolean {
    return !this.#roundOpen;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** A request that is under way still comes in. Resuming asks one round, not the ones missed. */
  pause(paused: boolean): void {
    this.#paused = paused;
    for (const queue of this.#queues.values()) queue.pause(paused);
  }

  get interval(): Interval {
    return this.#interval;
  }

  setInterval(interval: Interval): void {
    this.#interval = atLeast(interval);
    this.#reschedule();
  }

  /** How long ends may wait in the mean until they are known, in milliseconds, where the interval is learned. */
  setTargetDelay(targetDelay: number): void {
    this.#targetDelay = targetDelay;
    this.#reschedule();
  }

  #reschedule(): void {
    for (const { poller, queue } of this.#sources.values()) {
      poller.reschedule();
      queue.reschedule();
      queue.reportPaces();
    }
  }

  /** Tells the end of a round, once: with nothing under way, and nothing due at any source. */
  #checkRound(): void {
    if (!this.#started || !this.#roundOpen) return;
    const sources = [...this.#sources.values()];
    if (sources.some(({ poller, queue }) => queue.busy || poller.next().kind !== 'wait' || !poller.askedOnce)) return;
    this.#roundOpen = false;
    this.#options.emit({ type: 'round-finished', at: this.#clock.wall() });
  }

  /** Once for all hosts: a second reset would break what the first host has just asked. */
  #wake(): void {
    this.#options.onWake?.();
    for (const queue of this.#queues.values()) queue.wake();
  }

  #each(tasks: readonly TaskRef[], act: (poller: SourcePoller, ids: readonly string[]) => void): void {
    this.#roundOpen = true;
    const bySource = Map.groupBy(tasks, task => task.source);
    for (const [name, group] of bySource) {
      const source = this.#sources.get(name);
      if (source === undefined) continue;
      source.turns.pass();
      act(
        source.poller,
        group.map(({ id }) => id),
      );
      source.queue.reschedule();
    }
    this.#checkRound();
  }
}

/** What is told of the next request is when it is sent. */
const withSlowdown = (event: PollEvent, turns: SourceTurns): PollEvent =>
  event.type === 'plan' && event.plan !== null ? { ...event, plan: turns.slowed(event.plan) } : event;

const atLeast = (interval: Interval): Interval => (interval === 'auto' ? interval : Math.max(minInterval, interval));
