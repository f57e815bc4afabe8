import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Client } from '../../source/api/client.ts';
import type { Dialect } from '../../source/api/providers.ts';
import { requestGap } from '../../source/poll/schedule.ts';
import { taskChanges } from '../../source/store/changes.ts';
import type { State } from '../../source/store/state.ts';
import { isFinal, type Status, type Task } from '../../source/task/task.ts';
import { faultsEnd, histories, livesEnd, ModelVendor, type Deed, type History } from './model.ts';
import type { Vendor } from './vendor.ts';
import { gaps, Watching } from './watching.ts';

/** A long run is asked for by CLIPTOP_SOAK=1, or by the number of histories. */
const soak = Number(process.env.CLIPTOP_SOAK ?? 0);
const numRuns = soak === 0 ? 4_000 : soak === 1 ? 200_000 : soak;
/** Time to come to rest: a back-off, a minute until an id is asked about alone, and until a missing one is. */
const rest = 250_000;

test(
  'whatever happens on the way, in the end the table says what is true',
  async () => {
    await fc.assert(fc.asyncProperty(histories, live), { numRuns });
  },
  30_000 + numRuns * 20,
);

async function live(history: History): Promise<void> {
  const ids = history.lives.map((_, index) => `task_${String(index).padStart(2, '0')}`);
  const all = new Watching({
    interval: history.interval,
    dialect: history.dialect,
    clients: vendor => [overlaid(vendor, history)],
  });
  const start = all.clock.monotonic();
  const now = () => all.clock.monotonic() - start;
  const model = new ModelVendor(history, all.vendor.client(all.source).source, now, () => Promise.resolve());
  const reports = new Reports(all);

  const added = history.lives.map(({ addedAt }, index) => ({ at: addedAt, add: ids[index] ?? '' }));
  const events = [...added, ...history.deeds].toSorted((a, b) => a.at - b.at);
  all.start();
  for (const event of events) {
    await all.clock.advance(Math.max(0, event.at - now()));
    if ('add' in event) all.add([event.add]);
    else act(all, event, ids);
  }
  await all.clock.advance(Math.max(0, faultsEnd - now()));
  all.poller.pause(false);
  // The last trouble may still be under way.
  await all.clock.advance(21_000);
  // The one thing that does not mend itself: a refused token.
  all.poller.refreshAll();
  await all.clock.advance(Math.max(0, livesEnd - now()) + rest);

  for (const id of ids) {
    const task = all.task(id);
    const truth = model.truth(id);
    if (truth === null) expect(told(task)).toEqual(gone(id, history.dialect));
    // A preview that was there is kept when the task fails after all.
    else expect(told(task)).toEqual(told({ ...truth, clips: truth.clips.length > 0 ? truth.clips : task.clips }));
  }
  reports.check();
  expect(all.health().state).toBe('ok');
  expect(all.vendor.mostInFlight).toBeLessThanOrEqual(1);
  expect(Math.min(Infinity, ...gaps(all.vendor.asks))).toBeGreaterThanOrEqual(requestGap(history.dialect));
  // Open tasks go on being asked about, those that are missing now and then, and finished ones never.
  // One that seemed to make batches fail is asked about each minute.
  const last = new Set((await all.during(61_000)).flatMap(ask => ask.ids));
  for (const id of ids) {
    const { status } = all.task(id);
    if (status !== 'missing') expect(last.has(id)).toBe(!isFinal(status));
  }
  await all.poller.stop();
}

/** The counting client of the test's vendor, with the answers of the model. */
function overlaid(vendor: Vendor, history: History): Client {
  const client = vendor.client(history.dialect === 'fetch' ? 'ccapi/producer' : 'xhuo/producer', history);
  const start = vendor.now();
  const model = new ModelVendor(history, client.source, () => vendor.now() - start, vendor.wait);
  vendor.answering = (ask, signal) => model.answer(ask.kind, ask.ids, signal);
  return client;
}

function act(all: Watching, { deed }: Deed, ids: readonly string[]): void {
  switch (deed) {
    case 'refresh':
      all.poller.refreshAll();
      return;
    case 'refresh-one':
      if (all.store.getState().tasks.length > 0) all.refresh([all.store.getState().tasks[0]?.id ?? '']);
      return;
    case 'pause':
      all.poller.pause(!all.poller.paused);
      return;
    case 'sleep':
      all.clock.sleep(60_000, { counted: ids.length % 2 === 0 });
      return;
    case 'interval':
      all.poller.setInterval(all.poller.interval === 'auto' ? 4000 : all.poller.interval / 2);
  }
}

const told = ({
  id,
  status,
  progress,
  clips,
  error,
}: Pick<Task, 'id' | 'status' | 'progress' | 'clips' | 'error'>) => ({
  id,
  status,
  progress,
  titles: clips.map(({ title }) => title),
  error: error?.message ?? null,
});

const gone = (id: string, dialect: Dialect) => ({
  id,
  status: 'missing',
  progress: null,
  titles: [],
  error: `${dialect === 'tasks' ? 'not found at producer: a Suno id is added as xhuo/suno:ID' : 'the API does not know this id'}, or it belongs to another key`,
});

/** What a person is told, as `--json` tells it. */
class Reports {
  readonly #statuses = new Map<string, Status[]>();

  constructor(all: Watching) {
    all.store.subscribe((state, previous) => {
      this.#keepsFinals(state, previous);
      for (const { change, task } of taskChanges(state, previous)) {
        if (change !== 'status' && change !== 'added') continue;
        const before = this.#statuses.get(task.id) ?? [];
        this.#statuses.set(task.id, [...before, task.status]);
      }
    });
  }

  #keepsFinals(state: State, previous: State): void {
    for (const [index, task] of previous.tasks.entries()) {
      const next = state.tasks[index];
      if (next?.key !== task.key) throw new Error(`${task.id} is lost`);
      if (isFinal(task.status) && next.status !== task.status) {
        throw new Error(`${task.id} went from ${task.status} to ${next.status}`);
      }
    }
  }

  /** Nothing is told twice, and but for a task that was missing meanwhile nothing goes back. */
  check(): void {
    const order: readonly Status[] = ['pending', 'queued', 'running', 'succeeded', 'partial', 'failed'];
    for (const [id, statuses] of this.#statuses) {
      for (const [index, status] of statuses.slice(1).entries()) {
        const before = statuses[index] ?? 'pending';
        const forward = order.indexOf(status) > order.indexOf(before) && !isFinal(before);
        if (status !== before && (status === 'missing' || before === 'missing' || forward)) continue;
        throw new Error(`${id}: ${statuses.join(' → ')}`);
      }
    }
  }
}
