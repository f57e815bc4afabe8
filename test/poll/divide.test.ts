import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../source/api/providers.ts';
import { faults, type Ask } from './vendor.ts';
import { idsUpTo, watching, type Watching } from './watching.ts';

const dialects: readonly Dialect[] = ['fetch', 'tasks'];

/** Every way in which a request fails as a whole. */
const failures = [
  ['400', () => faults.request()],
  ['500', () => faults.server()],
  ['502', () => faults.server(502)],
  ['504', () => faults.server(504)],
  ['a broken connection', () => faults.reset()],
  ['no answer', () => faults.timeout()],
  ['a reply that is too large', () => faults.tooLarge()],
] as const;

const cases = dialects.flatMap(dialect => failures.map(([name, fault]) => ({ dialect, name, fault })));

function watch(dialect: Dialect, count: number, fault: Watching['vendor']['fault']): Watching {
  const all = watching({ dialect, interval: 1_000 });
  all.addKnown(idsUpTo(count));
  all.vendor.fault = fault;
  all.start();
  return all;
}

/** Milliseconds until so many tasks have been answered for. */
async function timeUntil(all: Watching, count: number): Promise<number> {
  const start = all.clock.monotonic();
  const shown = () => all.store.getState().tasks.filter(({ status }) => status === 'running').length;
  while (shown() < count && all.clock.monotonic() - start < 300_000) await all.clock.advance(100);
  return all.clock.monotonic() - start;
}

const tooMany = (limit: number, fault: () => ReturnType<typeof faults.request>) => (ask: Ask) =>
  ask.kind === 'batch' && ask.ids.length > limit ? fault() : undefined;

describe.each(cases)('$name, $dialect dialect', ({ dialect, fault }) => {
  test('for more than 20 ids: all 60 are soon answered, and from then on asked 20 at a time', async () => {
    const all = watch(dialect, 60, tooMany(20, fault));
    expect(await timeUntil(all, 60)).toBeLessThan(dialect === 'fetch' ? 10_000 : 15_000);
    await all.clock.advance(10_000);
    const health = all.events.filter(({ type }) => type === 'health').length;
    const asks = await all.during(500_000);
    expect(new Set(asks.map(ask => ask.ids.length))).toEqual(new Set([20]));
    expect(all.events.filter(({ type }) => type === 'health').length).toBe(health);
    expect(all.events.filter(({ type }) => type === 'task-error')).toEqual([]);
  });

  test('for one id of ten: the nine others are soon answered, and its own row says why', async () => {
    const [, , , bad = ''] = idsUpTo(10);
    const all = watch(dialect, 10, ask => (ask.ids.includes(bad) ? fault() : undefined));
    // The answer of another kind than expected is tried again after 5 s at the earliest.
    const first = fault().kind === 'protocol' ? 5_000 : 1_000;
    expect(await timeUntil(all, 9)).toBeLessThan(first + (dialect === 'fetch' ? 5_000 : 15_000));
    await all.clock.advance(5_000);
    expect(all.task(bad).error).not.toBeNull();
    expect(all.health().state).toBe('ok');
  });

  test('for the first batch: the other ids are asked one second later', async () => {
    const all = watch(dialect, 100, ask => (ask.ids.includes('task_00000') ? fault() : undefined));
    const others = idsUpTo(100).slice(50);
    await all.clock.advance(fault().kind === 'protocol' ? 7_300 : 3_400);
    expect(others.filter(id => all.task(id).status !== 'running')).toEqual([]);
  });
});

describe.each([1, 2, 5, 10, 13, 30, 49])('a source that answers at most %i ids at a time', limit => {
  test('is asked about all of 120, and no more at a time than it answers', async () => {
    const all = watch(
      'fetch',
      120,
      tooMany(limit, () => faults.server(504)),
    );
    await timeUntil(all, 120);
    await all.clock.advance(60_000);
    expect(all.store.getState().tasks.filter(({ status }) => status !== 'running')).toEqual([]);
    const asks = await all.during(60_000);
    expect(Math.max(...asks.map(ask => ask.ids.length))).toBeLessThanOrEqual(limit);
    expect(all.events.filter(({ type }) => type === 'task-error')).toEqual([]);
  });
});

describe('what works is remembered', () => {
  test('for ten quiet minutes; then one larger batch is tried, and no harm is done when it fails', async () => {
    const all = watch(
      'fetch',
      60,
      tooMany(20, () => faults.server(504)),
    );
    await timeUntil(all, 60);
    await all.clock.advance(20_000);
    const health = all.events.filter(({ type }) => type === 'health').length;
    const asks = await all.during(1_900_000);
    const larger = asks.filter(ask => ask.ids.length > 20);
    expect(larger.map(ask => ask.ids.length)).toEqual([50, 50, 50]);
    expect((larger[1]?.at ?? 0) - (larger[0]?.at ?? 0)).toBeGreaterThanOrEqual(600_000);
    expect(all.events.filter(({ type }) => type === 'health').length).toBe(health);
    expect(all.events.filter(({ type }) => type === 'task-error')).toEqual([]);
  });

  test('and forgotten, step by step, when larger ones are answered again', async () => {
    const all = watch(
      'fetch',
      60,
      tooMany(10, () => faults.server(504)),
    );
    await timeUntil(all, 60);
    await all.clock.advance(20_000);
    all.vendor.fault = () => undefined;
    await all.clock.advance(610_000);
    expect(Math.max(...(await all.during(10_000)).map(ask => ask.ids.length))).toBe(20);
    await all.clock.advance(610_000);
    expect(Math.max(...(await all.during(10_000)).map(ask => ask.ids.length))).toBeGreaterThan(20);
  });

  test('but an id that makes every batch fail is no reason for smaller ones', async () => {
    const all = watch('fetch', 60, ask => (ask.ids.includes('task_00003') ? faults.reset() : undefined));
    await all.clock.advance(30_000);
    expect(Math.max(...(await all.during(10_000)).map(ask => ask.ids.length))).toBe(50);
  });

  test('and neither is an outage', async () => {
    const all = watch('fetch', 60, () => undefined);
    await all.clock.advance(10_000);
    for (const seconds of [1, 3, 8, 40]) {
      all.vendor.fault = () => faults.server(502);
      await all.clock.advance(seconds * 1000);
      all.vendor.fault = () => undefined;
      await all.clock.advance(30_000);
    }
    expect(Math.max(...(await all.during(10_000)).map(ask => ask.ids.length))).toBe(50);
  });
});

test.each([
  ['a refused token', () => faults.refused()],
  ['a balance that is used up', () => faults.exhausted()],
  ['429', () => faults.busy()],
  ['503 with a time to come back', () => faults.later(9_000)],
  ['no connection', () => faults.network()],
])('%s concerns the source: nothing is divided', async (_, fault) => {
  const all = watch('fetch', 50, ask => (ask.ids.length > 20 ? fault() : undefined));
  const asks = await all.during(120_000);
  expect(asks.every(ask => ask.ids.length === 50)).toBe(true);
});

test('a source that fails at random blames nobody for long, and is asked about everything', async () => {
  let seed = 1;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const all = watch('fetch', 60, () => (random() < 0.3 ? faults.server(502) : undefined));
  await all.clock.advance(600_000);
  all.vendor.fault = () => undefined;
  await all.clock.advance(61_000);
  expect(all.store.getState().tasks.filter(({ status, error }) => status !== 'running' || error !== null)).toEqual([]);
});

test('a hundred ids of which thirty make every batch fail', async () => {
  const bad = new Set(idsUpTo(100).filter((_, index) => index % 10 < 3));
  const all = watch('fetch', 100, ask => (ask.ids.some(id => bad.has(id)) ? faults.reset() : undefined));
  expect(await timeUntil(all, 70)).toBeLessThan(60_000);
});
