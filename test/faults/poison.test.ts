import { expect, test } from 'vitest';
import { World } from './world.ts';

test.each(['fetch', 'tasks'] as const)(
  'one row that the vendor cannot write, among 50 (%s dialect): the others go on and its own row says why',
  async dialect => {
    const world = await World.create(dialect, undefined, 50);
    const bad = world.ids[30] ?? '';
    world.simulator.fault({ kind: 'poison', id: bad });
    world.start();
    await world.idle();
    for (let step = 0; step < 60; step++) await world.advance(500);

    const others = world.state.tasks.filter(({ id }) => id !== bad);
    expect(others.filter(({ status }) => status !== 'running')).toEqual([]);
    const culprit = world.state.tasks.find(({ id }) => id === bad);
    expect(culprit).toMatchObject({ status: 'pending' });
    expect(culprit?.error?.message).toMatch(/^the API answers with nothing|^500 Internal server error/);
    expect(world.source.health.state).toBe('ok');
    // Six rounds, the search, and the culprit alone.
    expect(world.asked).toBeLessThanOrEqual(24);

    world.simulator.fault(null);
    for (let step = 0; step < 130; step++) await world.advance(500);
    expect(world.state.tasks.filter(({ status }) => status !== 'running')).toEqual([]);
    const asked = world.asked;
    await world.advance(5_000);
    expect(world.asked).toBe(asked + 1);
    expect(world.simulator.requests.at(-1)?.ids).toHaveLength(50);
  },
);
