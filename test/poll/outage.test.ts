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
    ['500 for everything', () => faults.server()],
    ['400 for everything', () => faults.request()],
    ['data without rows and without a message', () => faults.lost()],
    ['502 for everything', () => faults.server(502)],
    ['no connection', () => faults.network()],
  ])('%s: slower and slower, and nobody is blamed', async (_, fault) => {
    const { all, firstMinute, later } = await outage(dialect, fault);
    expect(firstMinute.length).toBeLessThanOrEqual(7);
    expect(later.length).toBeLessThanOrEqual(10);
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
