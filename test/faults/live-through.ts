import { expect } from 'vitest';
import { defaultKeymap } from '../../source/keymap.ts';
import type { Dialect } from '../../source/api/providers.ts';
import { healthPhrase } from '../../source/store/health-words.ts';
import { requestGap } from '../../source/poll/schedule.ts';
import type { Row } from './row.ts';
import { interval, World } from './world.ts';

export type Phase = 'first' | 'middle';

/** What a person sees of a fault. */
export type Experience = {
  readonly dialect: Dialect;
  readonly phase: Phase;
  readonly shown: string;
  /** Seconds; null: until a person asks. */
  readonly next: number | null;
};

/** More than all the tasks here could need; a reply that was kept whole would be many times that. */
const memory = 400 * 1024 * 1024;

/** Lets one fault happen to one source, before its first answer or later, and checks what must hold for every fault. */
export async function liveThrough(row: Row, dialect: Dialect, phase: Phase): Promise<Experience> {
  const world = await World.create(dialect, row.address, undefined, row.patience);
  await row.setUp?.(world);
  if (phase === 'middle') {
    world.start();
    await world.idle();
    expect(world.statuses).toEqual(['running', 'running', 'running']);
  }
  const before = world.state.tasks;
  const peak = process.resourceUsage().maxRSS;

  await row.begin(world);
  if (phase === 'first') world.start();
  else await world.clock.advance(interval);
  if (row.name.startsWith('the machine sleeps')) await sleep(world);
  await world.idle();

  const { state, next } = phase === 'first' && row.first !== undefined ? row.first : row;
  const { health } = world.source;
  expect(health.state).toBe(state);
  expect(health.retryAt === null ? null : (health.retryAt - world.clock.wall()) / 1000).toBe(
    state === 'ok' ? null : next,
  );
  if (state !== 'ok') expect(world.state.tasks).toBe(before);
  row.check?.(world);
  expect((process.resourceUsage().maxRSS - peak) * 1024).toBeLessThan(memory);
  const shown = healthPhrase(world.source, { keymap: defaultKeymap });
  expect(shown).not.toContain(world.simulator.token);

  await recovers(world, row, { dialect, state, next });
  return { dialect, phase, shown, next };
}

type Expected = Pick<Row, 'state' | 'next'> & { readonly dialect: Dialect };

/** Nothing is asked before its time; then it is, and all is well without anybody's help, but for a refused token. */
async function recovers(world: World, row: Row, { dialect, state, next }: Expected): Promise<void> {
  const asked = world.asked;
  const wait = (next ?? 3600) * 1000;
  await world.advance(wait - 1);
  expect(world.asked).toBe(asked);
  await row.end(world);
  if (next === null) {
    await world.advance(1);
    expect(world.asked).toBe(asked);
    world.poller.refreshAll();
    await world.idle();
  } else {
    // The host's own limit may be a little longer.
    await world.advance(Math.max(1, requestGap(dialect) - wait + 1));
  }
  expect(world.asked).toBe(asked + 1);
  // Where a part of the batch was asked first, the others follow at once.
  for (let step = 0; step < 3; step++) await world.advance(1_500);
  expect(world.source.health).toEqual({ state: 'ok', message: null, retryAt: null, since: null });
  expect(world.statuses).toEqual(['running', 'running', 'running']);
  if (state !== 'ok') expect(world.events.filter(({ type }) => type === 'task-error')).toEqual([]);
}

/** An hour, during a request that never comes back. */
async function sleep(world: World): Promise<void> {
  await world.clock.advance(10);
  world.clock.sleep(3_600_000, { counted: false });
  await world.clock.advance(4_990);
}
