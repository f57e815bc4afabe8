import { expect } from 'vitest';
import type { Dialect } from '../../source/api/providers.ts';
import type { Treatment } from '../helpers/hostile-proxy.ts';
import { shortTimeout, World } from './world.ts';

/** A fault of some batches and not of others. */
export type BatchRow = {
  readonly name: string;
  readonly treatment: Exclude<Treatment, 'pass'>;
  /** `large`: batches of more than 20 of 60 ids. `one`: every batch that holds one id of ten. */
  readonly of: 'large' | 'one';
};

export const batchRows: readonly BatchRow[] = (['large', 'one'] as const).flatMap(of =>
  (
    [
      ['400', 400],
      ['413', 413],
      ['422', 422],
      ['500', 500],
      ['502', 502],
      ['504', 504],
      ['the connection breaks', 'reset'],
      ['no reply', 'hang'],
      ['a reply of more than 16 MB', 'large'],
    ] as const
  ).map(([name, treatment]) => ({
    name: `${name} ${of === 'large' ? 'for more than 20 of 60 ids' : 'for one id of ten'}`,
    treatment,
    of,
  })),
);

/** How it went: requests and seconds until all tasks were shown that can be. */
export type Division = { readonly dialect: Dialect; readonly requests: number; readonly seconds: number };

/** Lets some batches fail, and checks that nobody who is not at fault has to wait for long. */
export async function liveThroughBatch({ treatment, of }: BatchRow, dialect: Dialect): Promise<Division> {
  const count = of === 'large' ? 60 : 10;
  const bad = { id: '' };
  const isHit = (ids: readonly string[]) => (of === 'large' ? ids.length > 20 : ids.includes(bad.id));
  const world = await World.create(
    dialect,
    undefined,
    count,
    treatment === 'hang' ? shortTimeout : undefined,
    ({ ids }) => (isHit(ids) ? treatment : 'pass'),
  );
  if (of === 'one') bad.id = world.ids[3] ?? '';
  const innocent = world.ids.filter(id => id !== bad.id);
  const shown = () => {
    const running = new Set(world.state.tasks.filter(({ status }) => status === 'running').map(({ id }) => id));
    return innocent.every(id => running.has(id));
  };

  const start = world.clock.monotonic();
  world.start();
  await world.idle();
  while (!shown() && world.clock.monotonic() - start < 60_000) await world.advance(100);
  expect(shown()).toBe(true);
  const division = { dialect, requests: world.asked, seconds: (world.clock.monotonic() - start) / 1000 };

  // Then all is quiet: one is blamed, or batches are smaller.
  for (let step = 0; step < 100; step++) await world.advance(100);
  expect(world.source.health.state).toBe('ok');
  if (of === 'one') expect(world.state.tasks.find(({ id }) => id === bad.id)?.error).not.toBeNull();
  const blamed = world.events.flatMap(event => (event.type === 'task-error' ? [event.id] : []));
  expect(new Set(blamed)).toEqual(new Set(of === 'one' ? [bad.id] : []));
  const before = world.simulator.requests.length;
  const asked = world.asked;
  for (let step = 0; step < 100; step++) await world.advance(100);
  // Two rounds, of which nothing fails.
  expect(world.asked - asked).toBe(world.simulator.requests.length - before);
  expect(world.asked - asked).toBe(of === 'large' ? 6 : 2);
  return division;
}
