import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../source/task/task.ts';
import { isFinal, newTask } from '../../source/task/task.ts';
import { running } from './vendor.ts';
import { Watching } from './watching.ts';

const second = 1000;

/** What the vendor says of its times: the truth, or something else. */
const lies = ['no', 'none', 'zero', 'past', 'future', 'backwards', 'whole', 'shifting'] as const;
type Lie = (typeof lies)[number];

type Life = { readonly addedAt: number; readonly took: number; readonly lie: Lie; readonly action: string };
type History = {
  readonly earlier: readonly number[];
  readonly lives: readonly Life[];
  readonly latency: number;
  /** The vendor tells of an end at its next update only. */
  readonly period: number;
  readonly targetDelay: number;
  readonly jumps: readonly { readonly at: number; readonly by: number }[];
};

const took = fc.integer({ min: 500, max: 300_000 });
const histories: fc.Arbitrary<History> = fc.record({
  earlier: fc.array(took, { maxLength: 30 }),
  lives: fc.array(
    fc.record({
      addedAt: fc.oneof(fc.constant(0), fc.nat(200_000)),
      took,
      lie: fc.constantFrom(...lies),
      action: fc.constantFrom('music', 'music', 'cover'),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  latency: fc.oneof(fc.constant(0), fc.nat(3000)),
  period: fc.constantFrom(1, 1, 10_000, 15_000, 16_000),
  targetDelay: fc.constantFrom(2100, 2100, 1000, 6000),
  jumps: fc.array(fc.record({ at: fc.nat(300_000), by: fc.integer({ min: -9_000_000, max: 9_000_000 }) }), {
    maxLength: 3,
  }),
});

const epoch = Date.parse('2026-09-21T14:00:00Z');

function snapshotOf(id: string, { addedAt, took: duration, lie, action }: Life, now: number, period: number): Snapshot {
  const end = Math.ceil((addedAt + duration) / period) * period;
  const ended = now >= end;
  const written = period === 1 ? now - (now % 7000) : Math.max(addedAt, now - (now % period));
  const wrong: Readonly<Record<Lie, readonly (number | null)[]>> = {
    no: [addedAt, end, written],
    none: [null, null, null],
    zero: [-epoch, -epoch, -epoch],
    past: [addedAt - 5_000_000, end - 5_000_000, written - 5_000_000],
    future: [addedAt + 5_000_000, end + 9_000_000, written + 5_000_000],
    backwards: [end, addedAt, epoch - now],
    whole: [addedAt - (addedAt % 60_000), end - (end % 60_000), written - (written % 60_000)],
    shifting: [addedAt - 13 * now, end - 7 * now, now * 3],
  };
  const [submittedAt, finishedAt, updatedAt] = wrong[lie].map(time => (time === null ? null : epoch + time));
  return running(id, {
    ...{ action, submittedAt: submittedAt ?? null, updatedAt: updatedAt ?? null },
    ...(ended ? { status: 'succeeded', finishedAt: finishedAt ?? null } : {}),
  });
}

test('an end is never noticed later than with a request every 15 s, whatever the vendor and the clock say', async () => {
  await fc.assert(fc.asyncProperty(histories, live), { numRuns: 200 });
}, 60_000);

async function live(history: History): Promise<void> {
  const { lives, latency, period } = history;
  const all = new Watching({ interval: 'auto' });
  const start = all.clock.monotonic();
  const now = () => all.clock.monotonic() - start;
  const idOf = (index: number) => `task_${index}`;
  const noticed = new Map<string, number>();
  all.store.subscribe(({ tasks }) => {
    for (const { id, status } of tasks) if (isFinal(status) && !noticed.has(id)) noticed.set(id, now());
  });
  all.vendor.answering = async ({ ids }, signal) => {
    const snapshots = ids.flatMap(id => {
      const life = lives[Number(id.slice(5))];
      return life === undefined ? [] : snapshotOf(id, life, now(), period);
    });
    if (latency > 0) await all.vendor.wait(latency, signal);
    const rest = { unreadable: [], noRows: false, rowsLost: false, more: false, latency, serverTime: null };
    return { snapshots, ...rest };
  };
  all.poller.learn(
    history.earlier.map((each, index) => ({
      ...newTask(all.source, `earlier${index}`, epoch),
      ...{ status: 'succeeded', action: 'music', submittedAt: epoch, finishedAt: epoch + each },
    })),
  );
  all.poller.setTargetDelay(history.targetDelay);
  all.start();
  const events = [
    ...lives.map(({ addedAt }, index) => ({ at: addedAt, act: () => all.add([idOf(index)]) })),
    ...history.jumps.map(({ at, by }) => ({ at, act: () => all.clock.set(by) })),
  ];
  for (const { at, act } of events.toSorted((a, b) => a.at - b.at)) {
    await all.clock.advance(Math.max(0, at - now()));
    act();
  }
  await all.clock.advance(700 * second - now());
  for (const [index, { addedAt, took: duration, lie }] of lives.entries()) {
    const told = Math.ceil((addedAt + duration) / period) * period;
    // What seems to be open for years is asked about once a minute, at whatever interval.
    const longest = lie === 'zero' ? 60 : 15;
    expect((noticed.get(idOf(index)) ?? Infinity) - told).toBeLessThanOrEqual(longest * second + latency);
  }
  expect(all.vendor.mostInFlight).toBe(1);
  // Nothing is open any more.
  expect(await all.during(600 * second)).toEqual([]);
  await all.poller.stop();
}
