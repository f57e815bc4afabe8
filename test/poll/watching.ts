import { onTestFinished } from 'vitest';
import type { Client } from '../../source/api/client.ts';
import type { Dialect } from '../../source/api/providers.ts';
import type { Health, PollEvent, RefreshOutcome } from '../../source/poll/events.ts';
import { Poller } from '../../source/poll/poller.ts';
import type { Interval } from '../../source/poll/schedule.ts';
import { Store } from '../../source/store/store.ts';
import { newTask, taskKey, type Task } from '../../source/task/task.ts';
import { FakeClock } from '../helpers/fake-clock.ts';
import { Vendor } from './vendor.ts';

export type WatchingOptions = {
  readonly dialect?: Dialect;
  readonly interval?: Interval;
  readonly deadline?: number;
  readonly random?: () => number;
  /** Other sources than one of the dialect. */
  readonly clients?: (vendor: Vendor) => readonly Client[];
};

/** A poller with its store, a vendor that it asks and a clock; the first source is the one meant when none is named. */
export class Watching {
  readonly clock = new FakeClock();
  readonly vendor = new Vendor(this.clock);
  readonly store = new Store();
  readonly events: PollEvent[] = [];
  readonly poller: Poller;
  readonly source: string;
  wakes = 0;

  constructor(options: WatchingOptions = {}) {
    const { dialect = 'fetch', interval = 5_000, deadline, random = () => 0 } = options;
    this.poller = new Poller({
      emit: event => {
        this.events.push(event);
        this.store.dispatch(event);
      },
      lookup: key => this.store.getState().tasks[this.store.getState().positions.get(key) ?? -1],
      interval,
      ...(deadline === undefined ? {} : { deadline }),
      clock: this.clock,
      random,
      onWake: () => this.wakes++,
    });
    const usual = [this.vendor.client(dialect === 'fetch' ? 'ccapi/producer' : 'xhuo/producer', { dialect })];
    const clients = options.clients?.(this.vendor) ?? usual;
    this.source = clients[0]?.source.name ?? '';
    this.store.dispatch({ type: 'add-sources', names: clients.map(({ source }) => source.name) });
    for (const client of clients) this.poller.addSource(client);
  }

  add(ids: readonly string[], { source = this.source, addedAt = this.clock.wall() } = {}): void {
    const tasks = ids.map(id => newTask(source, id, addedAt));
    this.store.dispatch({ type: 'add', tasks });
    this.poller.add(tasks);
  }

  /** Adds ids that the vendor knows. */
  addKnown(ids: readonly string[], source = this.source): void {
    this.vendor.know(ids);
    this.add(ids, { source });
  }

  refreshed(id: string, source = this.source): readonly RefreshOutcome[] {
    return this.poller.refresh([{ source, id }]);
  }

  refresh(ids: readonly string[], source = this.source): void {
    this.poller.refresh(ids.map(id => ({ source, id })));
  }

  start(): void {
    this.poller.start();
  }

  task(id: string, source = this.source): Task {
    const { tasks, positions } = this.store.getState();
    const task = tasks[positions.get(taskKey(source, id)) ?? -1];
    if (task === undefined) throw new Error(`${id} is not on the list`);
    return task;
  }

  health(source = this.source): Health {
    const found = this.store.getState().sources.find(({ name }) => name === source);
    if (found === undefined) throw new Error(`${source} is no source`);
    return found.health;
  }

  /** The requests sent while so much time passes. */
  async during(milliseconds: number): Promise<Vendor['asks']> {
    const before = this.vendor.asks.length;
    await this.clock.advance(milliseconds);
    return this.vendor.asks.slice(before);
  }
}

/** Started, and stopped when the test is over. */
export function watching(options: WatchingOptions = {}): Watching {
  const all = new Watching(options);
  onTestFinished(() => all.poller.stop());
  return all;
}

export const idsUpTo = (count: number, prefix = 'task_'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(5, '0')}`);

/** Milliseconds from each request to the next. */
export const gaps = (asks: Vendor['asks']): readonly number[] =>
  asks.slice(1).map((ask, index) => ask.at - (asks[index]?.at ?? 0));

/** Watches one task of a vendor whose every answer is this fault; `random` is what the poller draws each time. */
export function failing(fault: Watching['vendor']['fault'], random = 0): Watching {
  const all = watching({ random: () => random });
  all.addKnown(['task_a']);
  all.vendor.fault = fault;
  all.start();
  return all;
}
