import { describe, expect, test } from 'vitest';
import type { Ask } from './vendor.ts';
import { faults } from './vendor.ts';
import { idsUpTo, watching, type Watching } from './watching.ts';

const ids = idsUpTo(50);
const culprit = 'task_00017';
const others = ids.filter(id => id !== culprit);
const spoils = (bad: readonly string[]) => (ask: Ask) => ask.ids.some(id => bad.includes(id));

function poisoned(dialect: 'fetch' | 'tasks', fault: 'lost' | 'server' | 'request', bad = [culprit]): Watching {
  const all = watching({ dialect });
  all.addKnown(ids);
  all.vendor.fault = ask => {
    if (!spoils(bad)(ask)) return undefined;
    // new-api cannot write this row when asked for it alone either, and there it is an error.
    return fault === 'lost' && ask.kind === 'single' ? faults.request() : faults[fault]();
  };
  return all;
}

describe.each([
  ['fetch', 'lost', 20],
  ['fetch', 'request', 20],
  ['tasks', 'server', 24],
] as const)('one id among 50 spoils each reply it is in (%s dialect, %s)', (dialect, fault, most) => {
  test('the others go on, its row says why, and few requests find it', async () => {
    const all = poisoned(dialect, fault);
    all.start();
    const asks = await all.during(25_000);
    expect(others.filter(id => all.task(id).status !== 'running')).toEqual([]);
    expect(all.task(culprit)).toMatchObject({ status: 'pending' });
    expect(all.task(culprit).error?.message).toMatch(/answers with nothing|400 bad request|500 internal/);
    expect(asks.length).toBeLessThanOrEqual(most);
    expect(all.health().state).toBe('ok');
  });

  test('afterwards: one batch a round for the others, and the culprit alone each minute', async () => {
    const all = poisoned(dialect, fault);
    all.start();
    await all.clock.advance(35_000);
    const healths = all.events.filter(({ type }) => type === 'health').length;
    const asks = await all.during(300_000);
    const batches = asks.filter(({ kind }) => kind === 'batch');
    const singles = asks.filter(({ kind }) => kind === 'single');
    expect(batches.length).toBe(60);
    expect(batches.every(({ ids: asked }) => asked.length === 49)).toBe(true);
    expect(singles.length).toBe(5);
    expect(singles.every(({ ids: asked }) => asked[0] === culprit)).toBe(true);
    // It is one row that is bad, not the source.
    expect(all.events.filter(({ type }) => type === 'health').length).toBe(healths);
  });

  test('a culprit that is well again goes back into the batch', async () => {
    const all = poisoned(dialect, fault);
    all.start();
    await all.clock.advance(35_000);
    all.vendor.fault = () => undefined;
    await all.clock.advance(90_000);
    expect(all.task(culprit)).toMatchObject({ status: 'running', error: null });
    const asks = await all.during(30_000);
    expect(asks.map(({ kind, ids: asked }) => [kind, asked.length])).toEqual(asks.map(() => ['batch', 50]));
  });

  test('found also when it turns bad in the middle of a run', async () => {
    const all = watching({ dialect });
    all.addKnown(ids);
    all.start();
    await all.clock.advance(60_000);
    const bad = poisoned(dialect, fault).vendor.fault;
    all.vendor.fault = bad;
    await all.clock.advance(40_000);
    all.vendor.know(others, { progress: 40 });
    await all.clock.advance(10_000);
    expect(others.filter(id => all.task(id).progress !== 40)).toEqual([]);
    expect(all.task(culprit)).toMatchObject({ status: 'running' });
    expect(all.task(culprit).error).not.toBeNull();
  });

  test.each([
    ['two next to each other', ['task_00030', 'task_00031']],
    ['the first and the last', ['task_00000', 'task_00049']],
    ['one in each eighth', [0, 7, 13, 20, 26, 33, 39, 45].map(index => ids[index] ?? '')],
  ])('%s', async (_, bad) => {
    const all = poisoned(dialect, fault, bad);
    all.start();
    await all.clock.advance(120_000);
    const good = ids.filter(id => !bad.includes(id));
    expect(good.filter(id => all.task(id).status !== 'running')).toEqual([]);
    expect(bad.filter(id => all.task(id).error === null)).toEqual([]);
    expect(all.health().state).toBe('ok');
  });
});

test('an id that answers alone but spoils each batch is given up on after three tries, not asked for less', async () => {
  const all = watching();
  all.addKnown(ids);
  all.vendor.fault = ask => (ask.kind === 'batch' && spoils([culprit])(ask) ? faults.request() : undefined);
  all.start();
  await all.clock.advance(300_000);
  const asks = await all.during(300_000);
  expect(asks.filter(({ kind }) => kind === 'batch').every(ask => !ask.ids.includes(culprit))).toBe(true);
  expect(asks.filter(({ kind }) => kind === 'single')).toHaveLength(5);
  expect(all.task(culprit)).toMatchObject({ status: 'running', error: null });
});

test('and is tried in a batch again after ten minutes, in which it may have been the source that failed', async () => {
  const all = watching();
  all.addKnown(ids);
  all.vendor.fault = ask => (ask.kind === 'batch' && spoils([culprit])(ask) ? faults.request() : undefined);
  all.start();
  await all.clock.advance(300_000);
  all.vendor.fault = () => undefined;
  await all.clock.advance(600_000);
  const asks = (await all.during(61_000)).filter(({ ids: asked }) => asked.includes(culprit));
  expect(asks.map(({ kind }) => kind)).toEqual(['batch', 'batch']);
});

test('a source of which every second request fails: each id is back in a batch ten minutes after that has ended', async () => {
  const all = watching();
  all.addKnown(ids);
  let request = 0;
  all.vendor.fault = () => (request++ % 2 === 0 ? faults.timeout() : undefined);
  all.start();
  await all.clock.advance(300_000);
  all.vendor.fault = () => undefined;
  await all.clock.advance(1_300_000);
  const asks = await all.during(61_000);
  expect(asks.every(({ kind }) => kind === 'batch')).toBe(true);
  expect(new Set(asks.flatMap(({ ids: asked }) => asked)).size).toBe(50);
  expect(ids.every(id => all.task(id).status === 'running' && all.task(id).error === null)).toBe(true);
});

test('a thousand ids with a bad one: the other batches lose no round over it', async () => {
  const all = watching();
  all.addKnown(idsUpTo(1000));
  all.vendor.fault = ask => (spoils([culprit])(ask) ? faults.request() : undefined);
  all.start();
  await all.clock.advance(20_000);
  const running = all.store.getState().tasks.filter(({ status }) => status === 'running');
  expect(running).toHaveLength(999);
});

test('a single 500 is no reason to divide: one id shows that the source is back, and the others follow', async () => {
  const all = watching();
  all.addKnown(ids);
  let left = 1;
  all.vendor.fault = () => (left-- > 0 ? faults.server() : undefined);
  all.start();
  await all.clock.advance(4_000);
  expect(all.vendor.asks.map(ask => ask.ids.length)).toEqual([50, 1, 49]);
});

test('an id watched alone is not blamed for a server that fails', async () => {
  const all = watching();
  all.addKnown(['task_a']);
  all.vendor.fault = () => faults.server();
  all.start();
  await all.clock.advance(60_000);
  expect(all.task('task_a').error).toBeNull();
  expect(all.health()).toMatchObject({ state: 'retrying', message: '500 internal server error' });
});

test('a bad id watched alone does not keep a new one waiting', async () => {
  const all = watching();
  all.vendor.fault = ask => (spoils(['task_bad'])(ask) ? faults.request() : undefined);
  all.addKnown(['task_bad']);
  all.start();
  await all.clock.advance(600_000);
  all.addKnown(['task_good']);
  await all.clock.advance(130_000);
  expect(all.task('task_good').status).toBe('running');
  expect(all.task('task_bad').error?.message).toBe('400 bad request');
});

test('a server that goes down while it is being searched: nobody is asked in a burst', async () => {
  const all = poisoned('fetch', 'request');
  all.start();
  await all.clock.advance(2_500);
  all.vendor.fault = () => faults.server();
  const asks = await all.during(60_000);
  expect(asks.length).toBeLessThanOrEqual(14);
  all.vendor.fault = () => undefined;
  await all.clock.advance(130_000);
  expect(ids.filter(id => all.task(id).status !== 'running')).toEqual([]);
});

test('a confirmation that the API does not take concerns only its id', async () => {
  const all = watching();
  all.addKnown(ids);
  all.add(['task_ghost']);
  all.vendor.fault = ask => (ask.kind === 'single' ? faults.request() : undefined);
  all.start();
  const asks = await all.during(300_000);
  expect(all.task('task_ghost').error?.message).toBe('400 bad request');
  expect(all.events.filter(({ type }) => type === 'health')).toHaveLength(1);
  expect(asks.filter(({ kind }) => kind === 'single').length).toBeLessThanOrEqual(5);
  // It is still part of the batches, where it may turn up.
  all.vendor.know(['task_ghost']);
  await all.clock.advance(61_000);
  expect(all.task('task_ghost').status).toBe('running');
});
