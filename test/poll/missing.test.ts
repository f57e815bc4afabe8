import { describe, expect, test } from 'vitest';
import { gaps, idsUpTo, watching } from './watching.ts';

const ghost = 'task_ghost';

function withGhost() {
  const all = watching();
  all.addKnown(idsUpTo(3));
  all.add([ghost]);
  all.start();
  return all;
}

describe('an id that is absent from the reply', () => {
  test('is pending for half a minute, for a new task is not visible at once', async () => {
    const all = withGhost();
    const asks = await all.during(29_000);
    expect(asks.every(({ kind }) => kind === 'batch')).toBe(true);
    expect(all.task(ghost)).toMatchObject({ status: 'pending', error: { code: 'not_found_yet' } });
  });

  test('is then asked for alone, once, and missing when that says so too', async () => {
    const all = withGhost();
    await all.clock.advance(29_000);
    const asks = await all.during(10_000);
    expect(asks.filter(({ kind }) => kind === 'single').map(({ ids }) => ids)).toEqual([[ghost]]);
    expect(all.task(ghost)).toMatchObject({ status: 'missing', error: { code: 'not_found' } });
  });

  test.each([
    ['fetch', 'the API does not know this id so far', /^the API does not know this id, or/],
    [
      'tasks',
      'not found at producer so far: a Suno id is added as xhuo/suno:ID',
      /^not found at producer: a Suno id is added as xhuo\/suno:ID, or/,
    ],
  ] as const)('is told the way to another service where that can help: %s', async (dialect, soFar, inTheEnd) => {
    const all = watching({ dialect });
    all.add([ghost]);
    all.start();
    await all.clock.advance(10_000);
    expect(all.task(ghost).error?.message).toBe(soFar);
    await all.clock.advance(40_000);
    expect(all.task(ghost)).toMatchObject({ status: 'missing' });
    expect(all.task(ghost).error?.message).toMatch(inTheEnd);
  });

  test('is found when only the batch does not have it', async () => {
    const all = withGhost();
    all.vendor.know([ghost]);
    all.vendor.fault = ask =>
      ask.kind === 'single' ? undefined : { snapshots: idsUpTo(3).flatMap(id => all.vendor.tasks.get(id) ?? []) };
    await all.clock.advance(40_000);
    expect(all.task(ghost)).toMatchObject({ status: 'running', error: null });
  });

  test('keeps what is known about it, and is missing only after half a minute', async () => {
    const all = watching();
    all.addKnown(idsUpTo(3));
    all.vendor.know([ghost], { progress: 40 });
    all.add([ghost]);
    all.start();
    await all.clock.advance(20_000);
    all.vendor.tasks.delete(ghost);
    await all.clock.advance(28_000);
    expect(all.task(ghost)).toMatchObject({ status: 'running', progress: 40, error: null });
    await all.clock.advance(12_000);
    expect(all.task(ghost)).toMatchObject({
      status: 'missing',
      error: { message: 'the API no longer knows this id' },
    });
  });

  test('from a list saved long ago is not given half a minute again', async () => {
    const all = watching();
    all.add([ghost], { addedAt: all.clock.wall() - 86_400_000 });
    all.start();
    await all.clock.advance(1_000);
    expect(all.vendor.asks.map(({ kind }) => kind)).toEqual(['batch', 'single']);
    expect(all.task(ghost).status).toBe('missing');
  });

  test('is given its half a minute also when somebody sets the clock meanwhile', async () => {
    const all = withGhost();
    await all.clock.advance(3_000);
    all.clock.set(86_400_000);
    await all.clock.advance(20_000);
    expect(all.task(ghost).status).toBe('pending');
  });
});

describe('a missing task', () => {
  test('is asked about each minute, later each quarter of an hour, along with the others', async () => {
    const all = withGhost();
    await all.clock.advance(60_000);
    const first = (await all.during(240_000)).filter(({ ids }) => ids.includes(ghost));
    expect(first.length).toBeGreaterThanOrEqual(2);
    expect(first.length).toBeLessThanOrEqual(4);
    expect(first.every(({ kind, ids }) => kind === 'batch' && ids.length === 4)).toBe(true);
    await all.clock.advance(3_600_000);
    const later = (await all.during(3_600_000)).filter(({ ids }) => ids.includes(ghost));
    expect(gaps(later).every(gap => gap === 900_000)).toBe(true);
    expect(later.length).toBe(4);
  });

  test('comes back when it is found', async () => {
    const all = withGhost();
    await all.clock.advance(60_000);
    all.vendor.know([ghost], { progress: 10 });
    await all.clock.advance(61_000);
    expect(all.task(ghost)).toMatchObject({ status: 'running', progress: 10, error: null });
    expect((await all.during(10_000)).filter(({ ids }) => ids.includes(ghost))).toHaveLength(2);
  });

  test('comes back with a row that is older than the last one seen', async () => {
    const all = watching();
    all.addKnown(idsUpTo(3));
    all.vendor.know([ghost], { progress: 40, updatedAt: 2_000 });
    all.add([ghost]);
    all.start();
    await all.clock.advance(10_000);
    all.vendor.tasks.delete(ghost);
    await all.clock.advance(60_000);
    expect(all.task(ghost).status).toBe('missing');
    all.vendor.know([ghost], { progress: 20, updatedAt: 1_000 });
    await all.clock.advance(61_000);
    expect(all.task(ghost).status).toBe('running');
  });

  test('is asked for alone when a person asks again', async () => {
    const all = withGhost();
    await all.clock.advance(62_000);
    all.vendor.know([ghost]);
    all.refresh([ghost]);
    const asks = await all.during(500);
    expect(asks.map(({ kind, ids }) => [kind, ids])).toEqual([['single', [ghost]]]);
    expect(all.task(ghost).status).toBe('running');
  });
});

test('several tasks that vanish at once: the source is in doubt, and they are confirmed one at a time', async () => {
  const all = watching();
  const ids = idsUpTo(3);
  all.addKnown(ids);
  all.start();
  await all.clock.advance(20_000);
  all.vendor.tasks.clear();
  await all.clock.advance(20_000);
  expect(ids.map(id => all.task(id).status)).toEqual(['running', 'running', 'running']);
  expect(all.health()).toMatchObject({
    state: 'retrying',
    message: 'the API answers with nothing about tasks it knew',
  });
  await all.clock.advance(240_000);
  expect(ids.map(id => all.task(id).status)).toEqual(['missing', 'missing', 'missing']);
  expect(all.health().state).toBe('ok');
});
