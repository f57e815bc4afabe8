import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../source/api/providers.ts';
import { faults } from './vendor.ts';
import { idsUpTo, watching } from './watching.ts';

const ids = idsUpTo(50);

/** Watches for a minute in peace, then for ten with the fault. */
async function outage(dialect: Dialect, fault: () => ReturnType<(typeof faults)[keyof typeof faults]>, count = 50) {
  const all = watching({ dialect });
  all.addKnown(ids.slice(0, count));
  all.start();
  await all.clock.advance(60_000);
  all.vendor.fault = fault;
  const firstMinute = await all.during(60_000);
  const later = await all.during(540_000);
  return { all, firstMinute, later };
}

describe.each(['fetch', 'tasks'] as const)('an outage in the %s dialect', dialect => {
  test.each([
    ['500', () => faults.server(), 9, 54],
    ['502', () => faults.server(502), 9, 54],
    ['504', () => faults.server(504), 9, 54],
    ['connections that break', () => faults.reset(), 9, 54],
    ['no answer', () => faults.timeout(), 9, 54],
    ['replies that are too large', () => faults.tooLarge(), 8, 54],
    ['data without rows and without a message', () => faults.lost(), 9, 54],
    ['400', () => faults.request(), 7, 10],
    ['no connection', () => faults.network(), 9, 54],
    ['429', () => faults.busy(), 7, 10],
  ] as const)('%s for everything: slower, and nobody is blamed', async (name, fault, most, mostLater) => {
    const { all, firstMinute, later } = await outage(dialect, fault);
    expect(firstMinute.length).toBeLessThanOrEqual(most);
    expect(later.length).toBeLessThanOrEqual(mostLater);
    // A batch that could not be the cause is asked again as it is; else one id finds out whether the source is back.
    const size = name === 'no connection' || name === '429' ? 50 : 1;
    expect([...firstMinute, ...later].slice(1).every(ask => ask.ids.length === size)).toBe(true);
    expect(all.health().state).not.toBe('ok');
    expect(all.events.filter(({ type }) => type === 'task-error')).toEqual([]);
    expect(ids.map(id => all.task(id).status)).toEqual(ids.map(() => 'running'));

    all.vendor.fault = () => undefined;
    const recovery = await all.during(62_000);
    expect(all.health()).toMatchObject({ state: 'ok', message: null, retryAt: null, since: null });
    const late = recovery.filter(({ at }) => at > (recovery[0]?.at ?? 0) + 1_500);
    expect(recovery.length - late.length).toBeLessThanOrEqual(3);
    expect(late.every(ask => ask.ids.length === 50)).toBe(true);
  });

  test('replies without a row for tasks it knew: no burst, and the tasks stay as they were', async () => {
    const { all, firstMinute, later } = await outage(dialect, faults.nothing);
    expect(firstMinute.length).toBeLessThanOrEqual(20);
    expect(later.length).toBeLessThanOrEqual(220);
    expect(all.health()).toMatchObject({
      state: 'retrying',
      message: 'the API answers with nothing about tasks it knew',
    });
    expect(all.events.filter(({ type }) => type === 'task-error')).toEqual([]);
  });
});
