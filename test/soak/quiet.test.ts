import { afterEach, describe, expect, it } from 'vitest';
import { movingScenario } from '../../bench/scenes.ts';
import { createWorld, type World } from './world.ts';

const second = 1000;
const interval = 10 * second;

let world: World;
let round = 0;
afterEach(() => world.close());

const open = async (running: number, ended: number): Promise<World> => {
  world = createWorld(
    movingScenario(running, ended, () => round),
    interval,
  );
  world.poller.start();
  await world.pass(2 * interval);
  return world;
};

describe('the screen', () => {
  it('is sent nothing between two polls', async () => {
    const { screen, count, pass } = await open(30, 6);
    for (let poll = 0; poll < 10; poll++) {
      round++;
      await pass(interval - second);
      const before = { bytes: screen.bytes, renders: count.renders, requests: count.requests };
      await pass(second - 1);
      expect({ bytes: screen.bytes, renders: count.renders, requests: count.requests }).toEqual(before);
      await pass(1);
    }
    expect(count.requests).toBeGreaterThanOrEqual(10);
  });

  it('is not even drawn for a poll that changes nothing visible', async () => {
    const { screen, count, store, pass } = await open(30, 6);
    // A pane too small for the table shows one line of text, which never changes.
    store.dispatch({ type: 'resize', columns: 20, rows: 5 });
    await pass(interval);
    const before = { bytes: screen.bytes, renders: count.renders };
    const requestsBefore = count.requests;
    const state = store.getState();
    for (let poll = 0; poll < 20; poll++) {
      round++;
      await pass(interval);
    }
    expect(count.requests - requestsBefore).toBe(20);
    expect(store.getState()).not.toBe(state);
    expect({ bytes: screen.bytes, renders: count.renders }).toEqual(before);
  });

  it('gets a frame and a few bytes for a poll that moves one row of many', async () => {
    const { screen, count, pass } = await open(1, 34);
    const before = { bytes: screen.bytes, renders: count.renders };
    round++;
    await pass(interval);
    expect(count.renders - before.renders).toBe(1);
    // A frame of this size in full is 4,700 bytes.
    expect(screen.bytes - before.bytes).toBeLessThan(200);
  });

  it('costs one request for 50 open tasks, and none for ended ones', async () => {
    const { count, pass } = await open(100, 50);
    const before = count.requests;
    await pass(10 * interval);
    expect(count.requests - before).toBe(20);
    expect(count.mostInFlight).toBe(1);
  });
});
