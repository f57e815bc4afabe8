import type { Client } from '../api/client.ts';
import type { SourceName, Task, TaskKey } from '../task/task.ts';
import { systemClock, type Clock } from './clock.ts';
import type { PollEvent } from './events.ts';
import { Lane } from './host-queue.ts';
import { Naps } from './wake-detector.ts';
import { defaultDeadline, defaultInterval, leastInterval } from './schedule.ts';
import { SourcePoll } from './source-poller.ts';

export type PollerOptions = {
  readonly emit: (event: PollEvent) => void;
  /** What is known about a task by now; it must be up to date when `emit` returns. */
  readonly lookup: (key: TaskKey) => Task | undefined;
  /** Milliseconds; at least one second. */
  readonly interval?: number;
  readonly deadline?: number;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** The machine slept or its clock was set: connections are probably dead. */
  readonly onWake?: () => void;
};

/** Named by what the poller needs to know of a task. */
export type Watched = Pick<Task, 'source' | 'id'>;

/** Keeps asking about open tasks until told to stop. It draws nothing and never throws because a vendor failed. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #clock: Clock;
  readonly #lanes = new Map<string, Lane>();
  readonly #sources = new Map<SourceName, { poll: SourcePoll; lane: Lane }>();
  readonly #naps: Naps;
  #interval: number;
  #paused = false;
  #started = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#naps = new Naps(this.#clock, () => this.#wake());
    this.#interval = Math.max(leastInterval, options.interval ?? defaultInterval);
  }

  addSource(client: Client): void {
    if (this.#sources.has(client.source.name)) return;
    const host = new URL(client.source.baseUrl).origin;
    let lane = this.#lanes.get(host);
    if (lane === undefined) {
      lane = new Lane(this.#clock, () => this.#naps.look());
      lane.pause(this.#paused);
      this.#lanes.set(host, lane);
      if (this.#started) lane.start();
    }
    const poll = new SourcePoll({
      client,
      clock: this.#clock,
      random: this.#options.random ?? Math.random,
      emit: this.#options.emit,
      lookup: this.#options.lookup,
      interval: () => this.#interval,
      deadline: this.#options.deadline ?? defaultDeadline,
    });
    lane.add(poll);
    this.#sources.set(client.source.name, { poll, lane });
  }

  start(): void {
    this.#started = true;
    this.#naps.start();
    for (const lane of this.#lanes.values()) lane.start();
  }

  async stop(): Promise<void> {
    this.#naps.stop();
    await Promise.all([...this.#lanes.values()].map(lane => lane.stop()));
  }

  add(tasks: readonly Watched[]): void {
    this.#each(tasks, (poll, ids) => poll.add(ids));
  }

  remove(tasks: readonly Watched[]): void {
    this.#each(tasks, (poll, ids) => poll.remove(ids));
  }

  /** Asks about these tasks as soon as the host's limit allows, also about finished ones. */
  refresh(tasks: readonly Watched[]): void {
    this.#each(tasks, (poll, ids) => poll.refresh(ids));
  }

  /** Asks about every open task, also at sources that rest because their token was refused. */
  refreshAll(): void {
    for (const { poll, lane } of this.#sources.values()) {
      poll.refreshAll();
      lane.look();
    }
  }

  /** Whether nothing is due: the round is over. */
  get resting(): boolean {
    return [...this.#sources.values()].every(({ poll }) => poll.next().kind === 'wait');
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** A request that is under way still comes in. Resuming asks one round, not the ones missed. */
  pause(paused: boolean): void {
    this.#paused = paused;
    for (const lane of this.#lanes.values()) lane.pause(paused);
  }

  get interval(): number {
    return this.#interval;
  }

  setInterval(milliseconds: number): void {
    this.#interval = Math.max(leastInterval, milliseconds);
    for (const { poll, lane } of this.#sources.values()) {
      poll.reschedule();
      lane.look();
    }
  }

  /** Whether every source with open tasks has been answered, or has failed, at least once. */
  get askedOnce(): boolean {
    return [...this.#sources.values()].every(({ poll }) => poll.askedOnce);
  }

  /** Once for all hosts: a second reset would break what the first host has just asked. */
  #wake(): void {
    this.#options.onWake?.();
    for (const lane of this.#lanes.values()) lane.wake();
  }

  #each(tasks: readonly Watched[], act: (poll: SourcePoll, ids: readonly string[]) => void): void {
    const bySource = Map.groupBy(tasks, task => task.source);
    for (const [name, group] of bySource) {
      const source = this.#sources.get(name);
      if (source === undefined) continue;
      act(
        source.poll,
        group.map(({ id }) => id),
      );
      source.lane.look();
    }
  }
}
